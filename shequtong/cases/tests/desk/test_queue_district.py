"""The queue over several territories: in one order through all its pages, however many streets there are; and what it offers to choose."""

from datetime import timedelta
from typing import Any, cast

import pytest
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import permissions
from shequtong.cases.forms.filters import FilterForm
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.models import NEVER, Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.locality.ids import new_id
from shequtong.organizations.models import Station
from shequtong.testing.statements import count_statements
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
    assert seen.total == 2
    assert seen.statements[0].sql.count("UNION ALL") == 1  # it, and what is the district's own
    assert queue(district, Filters(under="320999/"), timezone.now(), permissions.VIEW_HEADER).rows == []


def test_two_statements_for_all_of_them(town: Town, district: Actor) -> None:
    filled(town)
    with count_statements() as seen:
        assert queue(district, Filters(), timezone.now(), permissions.VIEW_HEADER).rows
    assert seen.total == 2


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
