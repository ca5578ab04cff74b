"""The queue over several territories: in one order through all its pages, however many streets there are; and what it offers to choose."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import connection
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import permissions
from shequtong.cases.forms.filters import FilterForm
from shequtong.cases.lookups import Filters, counted_by_stage, parts, queue, workload
from shequtong.cases.lookups.by_ground import reads_by_ground
from shequtong.cases.models import NEVER, Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.locality.ids import new_id
from shequtong.organizations.models import Station
from shequtong.testing.statements import count_statements, watch_statements
from shequtong.testing.town import MORNING, NEXT_STREET, STREET, Town

pytestmark = pytest.mark.django_db
EACH = 7  # cases of a street
ASKED = ("under", "station")


@pytest.fixture
def district(town: Town) -> Actor:
    """Who reads the headers of both streets."""
    town.accounts["yue"] = make_account("岳平", staff=True)
    make_appointment(town.accounts["yue"], "district_viewer", town.district)
    return town.actor("yue")


def next_door(town: Town) -> str:
    """Where the next street's cases lie."""
    return str(Station.objects.get(subdistrict=NEXT_STREET).unit.path)


def filled(town: Town) -> list[Case]:
    """Cases of both streets, due in turns, some at one time, every third one ended; in the order of a list."""
    case, path = make_case(town, stage=Stage.REGISTERED), next_door(town)
    found = []
    for n in range(2 * EACH):
        street = (STREET, NEXT_STREET)[n % 2]
        if n:  # the first is the played one
            case.pk, case.subdistrict_id, case.serial = new_id(street), street, 100 + n
        case.place_path = town.grid.path if street == STREET else path
        case.is_open, case.stage = n % 3 > 0, Stage.REGISTERED if n % 3 else Stage.CLOSED
        case.due_at = MORNING + timedelta(hours=n // 4) if case.is_open else NEVER
        case.lead_station_id = case.building_id = case.reporter_id = None
        case.save(force_insert=n > 0)
        found.append((case.due_at, case.pk))
    by_id = Case.objects.within(STREET, NEXT_STREET).in_bulk()
    return [by_id[pk] for _due, pk in sorted(found)]


@pytest.mark.parametrize("filters", [Filters(), Filters(stage="all"), Filters(stage="closed"), Filters(light="red")])
@pytest.mark.parametrize("page", [1, 3, 2 * EACH])
@pytest.mark.parametrize("who", ["yue", "supervisor"])
def test_all_streets_in_one_order_there_and_back(who: str, filters: Filters, page: int, town: Town, district: Actor) -> None:
    actor, streets = town.actor(who), (STREET, NEXT_STREET) if who == "yue" else (STREET,)
    seen_here = [case for case in filled(town) if case.subdistrict_id in streets]
    expected = [case.pk for case in seen_here if case.is_open or filters.stage in ("all", "closed")]
    if filters.stage == "closed":
        expected = [pk for pk in expected if not Case.objects.get(pk=pk).is_open]
    now, seen, back = MORNING + timedelta(days=9), list[int](), list[int]()
    here = queue(actor, filters, now, permissions.VIEW_HEADER, page)
    while True:
        seen += [case.pk for case in here.rows]
        if here.next is None:
            break
        last = here
        here = queue(actor, Filters(**{**vars(filters), "after": here.next}), now, permissions.VIEW_HEADER, page)
        assert here.rows, last.next
    assert seen == expected
    while here.previous is not None:
        here = queue(actor, Filters(**{**vars(filters), "before": here.previous}), now, permissions.VIEW_HEADER, page)
        back = [case.pk for case in here.rows] + back
    assert back == expected[: len(back)]
    assert len(back) >= len(expected) - page


def test_a_street_that_is_asked_for_is_the_only_one_read(town: Town, district: Actor) -> None:
    there = {case.pk for case in filled(town) if case.subdistrict_id == NEXT_STREET and case.is_open}
    path = next_door(town)
    with count_statements() as seen:
        rows = queue(district, Filters(under=path), timezone.now(), permissions.VIEW_HEADER).rows
    assert {case.pk for case in rows} == there
    assert seen.warm.total == 2
    # It, and what is the district's own.
    assert seen.statements[0].sql.count("(%s, %s, %s)" if reads_by_ground() else "SELECT * FROM") == 2, seen.listing
    assert queue(district, Filters(under="320999/"), timezone.now(), permissions.VIEW_HEADER).rows == []


def test_two_statements_for_all_of_them(town: Town, district: Actor) -> None:
    filled(town)
    with count_statements() as seen:
        assert queue(district, Filters(), timezone.now(), permissions.VIEW_HEADER).rows
    assert seen.warm.total == 2


@pytest.mark.parametrize("by_ground", [True, False])
@pytest.mark.parametrize("filters", [Filters(), Filters(light="red"), Filters(class_code="L01")])
def test_its_numbers_are_those_of_its_streets_in_either_way_of_reading(
    filters: Filters, by_ground: bool, town: Town, district: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted by the engine's own way and by conditions: what one looks at case by case."""
    if not by_ground:
        monkeypatch.setattr(workload, "reads_by_ground", lambda: False)
    now = MORNING + timedelta(hours=1, minutes=30)
    open_here = [case for case in filled(town) if case.is_open and (not filters.light or case.due_at < now)]
    late = sum(case.due_at < now for case in open_here)
    soon = sum(case.amber_at < now <= case.due_at for case in open_here)
    with count_statements() as seen:
        counted = counted_by_stage(district, filters, now, permissions.VIEW_HEADER)
    assert counted[Stage.REGISTERED] == (len(open_here), late, soon)
    assert sum(one.n for one in counted.values()) == len(open_here)
    assert late
    assert seen.warm.total == 1
    one_street = counted_by_stage(district, replace(filters, under=next_door(town)), now, permissions.VIEW_HEADER)
    assert one_street[Stage.REGISTERED].n == sum(case.subdistrict_id == NEXT_STREET for case in open_here)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite reads each territory by a read of its own")
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(stage="all"), Filters(light="red"), Filters(light="amber"), Filters(stage="closed")]
)
def test_one_read_for_all_streets_finds_what_a_read_a_street_finds(
    filters: Filters, town: Town, district: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(town)
    now = MORNING + timedelta(hours=1)

    def found() -> tuple[list[list[int]], str]:
        pages, asked = list[list[int]](), filters
        with watch_statements() as seen:
            while (page := queue(district, asked, now, permissions.VIEW_HEADER, 3)).rows:
                pages.append([case.pk for case in page.rows])
                if page.next is None:
                    break
                asked = replace(filters, after=page.next)
        return pages, seen.statements[0].sql

    (one, sql), _ = found(), monkeypatch.setattr(parts, "reads_by_ground", lambda: False)
    each, other_sql = found()
    assert one == each
    assert ("LATERAL" in sql, "LATERAL" in other_sql) == (True, False)


def test_what_may_be_rare_in_a_street_is_read_street_by_street(town: Town, district: Actor) -> None:
    """One plan for all streets would go through a large one in order, for the one case it has of a class."""
    filled(town)
    for filters in (Filters(class_code="L01"), Filters(class_code="L01", stage="all"), Filters(station=town.police.pk)):
        with count_statements() as seen:
            queue(district, filters, timezone.now(), permissions.VIEW_HEADER)
        assert "LATERAL" not in seen.listing


def test_streets_are_offered_and_what_lies_in_the_one_that_is_chosen(town: Town, district: Actor) -> None:
    reach = district.reach(permissions.VIEW_HEADER)

    def offered(**typed: str) -> tuple[list[str], list[str]]:
        form = FilterForm(typed, reach=reach)
        names = {
            name: [label for _value, label in cast(Any, field).choices] for name, field in form.fields.items() if name in ASKED
        }
        return names["under"][1:], names.get("station", [""])[1:]

    assert offered() == (["狮山街道", "枫桥街道"], [])
    places, stations = offered(under="320505004")
    assert places[:2] == ["狮山街道", "枫桥街道"]
    assert len(places) > 2
    assert stations == ["枫桥公安"]
    assert offered(station=str(town.police.pk))[1]
    page = signed_in(town.accounts["yue"]).get(f"/desk/cases/?station={town.police.pk}").content.decode()
    assert f'<option value="{town.police.pk}" selected>' in page
