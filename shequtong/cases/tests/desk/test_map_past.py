"""The map of what has ended, too: few are read as ever, of many the figures say how many lie in a grid."""

import pytest
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases.lookups import on_map
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.tests.desk.test_map import SEEN, VIEW, seen
from shequtong.cases.workflow import Stage
from shequtong.core.geo import tile_of
from shequtong.testing.crowd import copy_cases
from shequtong.testing.plans import plans
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "more"), [("chen", ""), ("supervisor", ""), ("wang", ""), ("xu", "&reach=all")])
def test_a_long_history_is_counted_by_grid_and_not_read(who: str, more: str, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_cases([make_case(town, stage=stage) for stage in (Stage.CLOSED, Stage.HANDLING)], 40)
    ask = f"{SEEN}&stage=all{more}"
    few = seen(town, who, ask)
    monkeypatch.setattr(on_map, "MOST_READ", 5)
    with plans("cases_case") as read:
        many = seen(town, who, ask)
    assert (many["n"], many["said"].startswith(few["said"])) == (few["n"], True)
    assert _("Too many for single signs: they are counted by grid.") in many["said"]
    assert [sign["n"] for sign in many["signs"]] == [42]
    grouped = [sql for sql, _plan in read if "GROUP BY" in sql]
    assert all('"is_open"' in sql for sql in grouped), "the ended ones are in the figures"
    assert seen(town, who, f"{ask}&stage=closed")["n"] == 21
    client = signed_in(town.accounts[who])
    client.get(f"{VIEW}?{ask}")
    with count_statements() as counted:
        client.get(f"{VIEW}?{ask}")
    assert counted.warm.total <= (9 if who == "wang" else 5), counted.listing
    assert seen(town, "gao", ask)["n"] == 0


def test_a_near_view_of_a_full_grid_shows_its_corner_and_never_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    copy_cases([case], 40)
    monkeypatch.setattr(on_map, "MOST_READ", 5)
    assert case.lon is not None
    assert case.lat is not None
    near = f"bbox={case.lon - 1e-4},{case.lat - 1e-4},{case.lon + 1e-4},{case.lat + 1e-4}&zoom=19&stage=all"
    for who in ("chen", "wang"):
        (sign,) = seen(town, who, near)["signs"]
        assert (sign["n"], abs(sign["lon"] - case.lon) < 1e-4, abs(sign["lat"] - case.lat) < 1e-4) == (41, True, True)
    # Where few of a full grid's cases lie, each is shown by itself, though the figures say that the grid is full.
    Case.objects.exclude(pk=case.pk).update(lon=case.lon + 2e-3, tile=tile_of(case.lon + 2e-3, case.lat))
    found = seen(town, "chen", near)
    assert [[card["number"] for card in sign["cases"]] for sign in found["signs"]] == [[case.number]]
