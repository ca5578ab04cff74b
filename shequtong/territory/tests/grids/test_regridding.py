"""A change of grids carried out: what holds today, what stays of yesterday, and that it happens once and whole."""

from datetime import date, timedelta
from typing import Any

import pytest

from shequtong.audit.models import Entry
from shequtong.core import events
from shequtong.core.actors import Grant, SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.tasks.models import Task
from shequtong.territory import households, units
from shequtong.territory.division import Division, Standing, standing
from shequtong.territory.division_judged import judge
from shequtong.territory.division_steps import merge_grids, named, split_grid
from shequtong.territory.events import GridsRedrawn
from shequtong.territory.history import version_as_of
from shequtong.territory.locate import locate
from shequtong.territory.models import Building, Regridding, Unit, UnitVersion
from shequtong.territory.testing import NOON, SYSTEM, Clerk, Ground, cell, make_unit
from shequtong.territory.tests.grids.test_steps import at, build
from shequtong.territory.usecases import regrid_community as carrying_out
from shequtong.territory.usecases.ask_regridding import CannotRegrid, ask_regridding
from shequtong.territory.usecases.redraw_units import redraw_units
from shequtong.territory.usecases.regrid_community import regrid_community

TODAY = date(2026, 4, 13)
ACROSS = [at(0.6, 0), at(0.6, 1)]


@pytest.fixture
def stands(ground: Ground) -> Standing:
    """The four cells with eight buildings each."""
    return build(ground, [(0.125 + n % 8 / 4, 0.25 + n // 8 / 2) for n in range(32)])


def ask(division: Division, stands: Standing, key: str = "k", **more: Any) -> Regridding:
    """Ask for it; the row that waits."""
    words = {"reason": "社区会议2026-3", "by": SYSTEM, "now": NOON, "submit_key": key, **more}
    task = ask_regridding(community_id=stands.community.pk, division=division, **words)
    return Regridding.objects.get(pk=task.params["regridding"])


def apply(division: Division, stands: Standing, key: str = "k") -> Regridding:
    """Ask for it and carry it out."""
    return regrid_community(regridding_id=ask(division, stands, key).pk, by=SYSTEM, now=NOON)


def test_a_split_forms_a_grid_and_moves_its_buildings(stands: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[GridsRedrawn] = []
    monkeypatch.setitem(events._handlers, GridsRedrawn, [told.append])
    row = apply(split_grid(stands.division(), stands, ACROSS), stands)

    new = Unit.objects.get(code="320505002015005")
    here = Building.objects.within(2).filter(grid=new)
    assert (new.name, new.kind, here.count(), {home.grid_path for home in here}) == ("第5网格", "grid", 4, {new.path})
    assert row.counts == {"added": 1, "ended": 0, "renamed": 0, "redrawn": 1, "buildings": 4, "rooms": 48}
    one = stands.community.children.get(code="320505002015001")
    assert told[0].moved == tuple((home.pk, one.path, new.path) for home in here.order_by("number", "id"))
    found = locate(*at(0.7, 0.5))
    assert found is not None
    assert found.id == new.pk
    entry = Entry.objects.get(what="territory.grids_redrawn")
    assert entry.facts["added"] == [new.code]
    assert entry.facts["moved"] == [{"from": one.code, "to": new.code, "buildings": 4}]
    assert [one.code for one in units.under(stands.community.path, "grid")][-1] == new.code


def test_yesterday_keeps_its_borders(stands: Standing) -> None:
    one = stands.community.children.get(code="320505002015001")
    before = version_as_of(one.pk, TODAY - timedelta(days=1))
    row = apply(split_grid(stands.division(), stands, ACROSS), stands)
    assert before is not None
    past, present = version_as_of(one.pk, TODAY - timedelta(days=1)), version_as_of(one.pk, TODAY)
    assert past is not None
    assert present is not None
    assert past.boundary == before.boundary != present.boundary
    assert version_as_of(Unit.objects.get(code="320505002015005").pk, TODAY - timedelta(days=1)) is None
    assert row.before[0]["boundary"] == before.boundary
    assert [line["boundary"] for line in row.after if line["id"] == one.pk] == [present.boundary]


def test_merged_back_on_the_same_day_all_stands_as_it_did(stands: Standing) -> None:
    where = dict(Building.objects.within(2).values_list("id", "grid_path"))
    apply(split_grid(stands.division(), stands, ACROSS), stands)
    now = standing(stands.community)
    new = Unit.objects.get(code="320505002015005")
    keys = [piece.key for piece in now.division().pieces]
    apply(merge_grids(now.division(), now, [keys[0], str(new.pk)]), now, "again")
    assert dict(Building.objects.within(2).values_list("id", "grid_path")) == where
    new.refresh_from_db()
    assert new.ended_at is not None
    assert list(new.versions.values_list("valid_from", "valid_to")) == [(TODAY, TODAY)]
    assert {unit.code for unit, _shape in standing(stands.community).grids.values()} == {
        one.code for one, _ in stands.grids.values()
    }
    third = standing(stands.community)
    assert split_grid(third.division(), third, ACROSS).pieces[-1].code == "320505002015006"  # a code is never used again


def test_renamed_alone_moves_nobody(stands: Standing) -> None:
    key = stands.division().pieces[0].key
    row = apply(named(stands.division(), {key: " 塔园 网格 "}, {}), stands)
    assert (units.unit(int(key)).name, row.counts["renamed"], row.counts["buildings"]) == ("塔园 网格", 1, 0)
    assert UnitVersion.objects.filter(unit=int(key)).count() == 2


def test_done_twice_is_done_once(stands: Standing) -> None:
    row = apply(split_grid(stands.division(), stands, ACROSS), stands)
    again = regrid_community(regridding_id=row.pk, by=SYSTEM, now=NOON + timedelta(hours=1))
    assert again.applied_at == NOON
    assert Unit.objects.filter(parent=stands.community, ended_at=None).count() == 5
    assert Entry.objects.filter(what="territory.grids_redrawn").count() == 1


@pytest.mark.parametrize("killed_at", ["add_unit", "begin_version", "_move", "end_unit", "publish"])
def test_killed_at_any_step_leaves_nothing_and_can_be_done_again(stands: Standing, killed_at: str) -> None:
    three, four = [piece.key for piece in stands.division().pieces][2:]
    row = ask(merge_grids(split_grid(stands.division(), stands, ACROSS), stands, [three, four]), stands)
    where = dict(Building.objects.within(2).values_list("id", "grid_path"))

    def killed(*args: object, **told: object) -> None:
        raise SystemExit

    patch = pytest.MonkeyPatch()
    patch.setattr(carrying_out, killed_at, killed)
    with pytest.raises(SystemExit):
        regrid_community(regridding_id=row.pk, by=SYSTEM, now=NOON)
    patch.undo()
    assert standing(stands.community).base == stands.base
    assert dict(Building.objects.within(2).values_list("id", "grid_path")) == where
    done = regrid_community(regridding_id=row.pk, by=SYSTEM, now=NOON)
    assert (done.counts["added"], done.counts["ended"], done.counts["buildings"]) == (1, 1, 12)


def test_of_two_drawings_of_the_same_grids_the_second_is_refused(stands: Standing) -> None:
    first, second = (ask(split_grid(stands.division(), stands, ACROSS), stands, key) for key in ("a", "b"))
    regrid_community(regridding_id=first.pk, by=SYSTEM, now=NOON)
    with pytest.raises(CannotRegrid):
        regrid_community(regridding_id=second.pk, by=SYSTEM, now=NOON)


def test_what_cannot_be_is_refused_before_it_is_kept(stands: Standing) -> None:
    division = stands.division()
    split = split_grid(division, stands, ACROSS)
    with pytest.raises(CannotRegrid):
        ask(division, stands)  # nothing changed
    with pytest.raises(CannotRegrid):
        ask(split, stands, reason=" ")
    with pytest.raises(CannotRegrid):
        ask(Division(division.base, division.pieces[1:]), stands)  # ground without a grid
    with pytest.raises(CannotRegrid):
        ask(named(split, {}, {"n1": "320505002015001"}), stands)  # a code that was ever used
    with pytest.raises(CannotRegrid):
        ask(named(split, {"n1": "第1网格"}, {}), stands)
    with pytest.raises(Forbidden):
        ask(split, stands, by=Clerk("gao", grant=Grant(3)))
    assert (Regridding.objects.count(), Task.objects.count()) == (0, 0)
    ask(Division(division.base, division.pieces[1:]), stands, leave_gaps=True)
    row = Regridding.objects.get()
    with pytest.raises(Forbidden):
        regrid_community(regridding_id=row.pk, by=Clerk("gao", grant=Grant(3)), now=NOON)
    assert regrid_community(regridding_id=row.pk, by=SystemActor("x"), now=NOON).counts["ended"] == 1


def test_boundaries_redrawn_one_by_one_tell_who_moved_too(stands: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[GridsRedrawn] = []
    monkeypatch.setitem(events._handlers, GridsRedrawn, [told.append])
    one, two = (stands.grids[piece.key][0] for piece in stands.division().pieces[:2])
    redraw_units(boundaries_by_unit={one.id: cell(0, 0, 2, 1), two.id: None}, day=TODAY, by=SYSTEM, now=NOON)
    assert {(before, to) for _home, before, to in told[0].moved} == {(two.path, one.path)}
    assert len(told[0].moved) == 8


def test_a_grid_with_micro_grids_keeps_them_whole(stands: Standing) -> None:
    one, two = (stands.grids[piece.key][0] for piece in stands.division().pieces[:2])
    make_unit("micro_grid", "320505002015001-1", "1号微网格", Unit.objects.get(pk=one.id), boundary=cell(0, 0), day=TODAY)
    now = standing(stands.community)
    assert not judge(split_grid(now.division(), now, ACROSS), now).fits  # the line runs through it
    assert not judge(Division(now.base, now.division().pieces[1:]), now).fits  # a grid ends under it
    judged = judge(merge_grids(now.division(), now, [str(one.id), str(two.id)]), now)
    assert (judged.fits, [unit.id for unit in judged.ended]) == (True, [two.id])


def test_households_are_counted_by_who_knows_them(stands: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = judge(stands.division(), stands)
    assert ([one.households for one in judged.grids], judged.by_households) == ([96] * 4, False)  # rooms
    monkeypatch.setattr(households, "_registered", lambda: lambda _place, homes: dict.fromkeys(homes[:8], 50))
    judged = judge(stands.division(), stands)
    assert [(one.households, one.few, one.many) for one in judged.grids] == [(400, False, False)] + [(0, True, False)] * 3
    assert apply(split_grid(stands.division(), stands, ACROSS), stands).counts["households"] == 200
