"""The tree of units on the desk: counts that open their lists, one unit's boundary, past and buildings; only one's own reach."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.access.testing import browser_of, make_actor
from shequtong.accounts.testing import signed_in
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.testing import make_case
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.lookups import Dwellings, buildings_of, dwellings_under
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.territory.usecases.redraw_units import redraw_units
from shequtong.territory.usecases.rename_unit import rename_unit
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db
BUILDER = SystemActor("Town hall")


def build(town: Town, n: int, *, east: float = 1.5) -> None:
    """`n` buildings of two entrances, three floors and four doors each, in the second grid."""
    places = [point(east, 0.1 + 0.8 * serial / max(n, 1)) for serial in range(n)]
    new = [NewBuilding("枫桥路", "20号", f"{serial + 1}幢", lon, lat, 3, 2, 4) for serial, (lon, lat) in enumerate(places)]
    add_buildings(new=new, by=BUILDER, now=timezone.now())


def text(browser: Client, path: str) -> str:
    return " ".join(browser.get(path).content.decode().split())


def test_the_tree_counts_what_stands_and_waits_in_each_unit(town: Town) -> None:
    build(town, 3)
    make_case(town)
    page = text(signed_in(town.accounts["chen"]), "/desk/units/")
    for unit, buildings, rooms in (
        (town.street, 4, 72),
        (town.precinct, 4, 72),
        (town.community, 4, 72),
        (town.other_grid, 3, 72),
    ):
        link = f'<a href="/desk/units/{unit.pk}/buildings/">'
        assert f"{link}{buildings}</a>" in page
        assert f"{link}{rooms}</a>" in page
    assert f'<a href="/desk/cases/?under={town.community.code}&amp;reach=all">1</a>' in page
    assert f"under={town.other_grid.code}&amp;" not in page
    assert town.next_street.name not in page


@pytest.mark.parametrize("unit", ["street", "precinct", "community", "grid"])
def test_a_count_of_cases_opens_the_cases_it_counts(town: Town, unit: str) -> None:
    number, code = make_case(town).number, getattr(town, unit).code
    browser = signed_in(town.accounts["supervisor"])
    page = text(browser, f"/desk/cases/?under={code}&reach=all")
    assert number in page
    assert f'value="{code}" selected' in page
    assert number not in text(browser, f"/desk/cases/?under={town.other_grid.code}&reach=all")
    assert len(queue(town.supervisor, Filters(under=getattr(town, unit).path), timezone.now()).rows) == 1


def test_what_moves_with_a_border_is_counted_where_it_is_now(town: Town) -> None:
    build(town, 2, east=1.2)
    assert dwellings_under(town.other_grid.path, (2,)) == {town.other_grid.path: Dwellings(2, 48)}

    def box(west: float, east: float) -> dict[str, object]:
        corners = [point(west, 0), point(east, 0), point(east, 1), point(west, 1), point(west, 0)]
        return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}

    drawn = {town.grid.pk: box(0, 1.4), town.other_grid.pk: box(1.4, 2)}
    redraw_units(boundaries_by_unit=drawn, day=date(2026, 1, 1), by=BUILDER, now=timezone.now())
    assert dwellings_under(town.community.path, (2,)) == {town.grid.path: Dwellings(3, 48)}
    page = text(signed_in(town.accounts["chen"]), f"/desk/units/{town.grid.pk}/")
    assert gettext("Boundary redrawn") in page
    assert "2026-01-01" in page


def test_a_unit_shows_its_boundary_and_its_past(town: Town) -> None:
    rename_unit(unit_id=town.grid.pk, name="梅园网格", day=date(2026, 2, 1), by=BUILDER, now=timezone.now())
    page = text(signed_in(town.accounts["chen"]), f"/desk/units/{town.grid.pk}/")
    assert 'id="unit-outline"' in page
    assert '"type": "Polygon"' in page
    assert gettext("Renamed from “%(before)s” to “%(name)s”") % {"before": "第一网格", "name": "梅园网格"} in page
    assert gettext("No boundary has been drawn for this unit.") in text(
        signed_in(town.accounts["chen"]), f"/desk/units/{town.precinct.pk}/"
    )


def test_the_next_streets_units_are_absent(town: Town) -> None:
    gao = signed_in(town.accounts["gao"])
    assert town.street.name not in text(gao, "/desk/units/")
    for unit in (town.street, town.grid, town.district):
        assert gao.get(f"/desk/units/{unit.pk}/").status_code == 404
        assert gao.get(f"/desk/units/{unit.pk}/buildings/").status_code == 404
    assert gao.get("/desk/units/99999999999999999999/").status_code == 404


def test_who_reaches_every_street_sees_streets_first(town: Town) -> None:
    browser = browser_of(make_actor("system_admin"))
    page = text(browser, "/desk/units/")
    assert town.next_street.name in page
    assert town.community.name not in page
    assert "/desk/cases/" not in page  # no administrator sees a case
    assert town.community.name in text(browser, f"/desk/units/{town.street.pk}/")
    assert browser.get(f"/desk/units/{town.district.pk}/").status_code == 200
    assert browser.get(f"/desk/units/{town.district.pk}/buildings/").status_code == 404


def test_buildings_are_read_page_by_page_and_found_by_address(town: Town) -> None:
    build(town, 9)
    seen, after = list[int](), None
    while True:
        page = buildings_of(town.community.path, 2, after=after, page=4)
        seen += [row.pk for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == 10
    assert [row.pk for row in buildings_of(town.community.path, 2, before=page.previous, page=4).rows] == seen[4:8]

    browser, path = signed_in(town.accounts["chen"]), f"/desk/units/{town.community.pk}/buildings/"
    assert "枫桥路20号9幢" in text(browser, path)
    found = text(browser, f"{path}?q=枫桥路20号7幢")
    assert "枫桥路20号7幢" in found
    assert "枫桥路20号8幢" not in found
    assert gettext("No building here fits this address") in text(browser, f"{path}?q=康佳路8号")
    for nonsense in ("after=x", "after=_1_2", "before=%00_1_1", "after=a_99999999999999999999_1"):
        assert browser.get(f"{path}?{nonsense}").status_code == 200


def test_the_pages_cost_the_same_however_much_there_is(town: Town) -> None:
    browser = signed_in(town.accounts["chen"])
    paths = ("/desk/units/", f"/desk/units/{town.street.pk}/", f"/desk/units/{town.street.pk}/buildings/")
    costs = []
    for n in (0, 60):
        build(town, n)
        make_case(town)
        held.drop_all()
        for path in paths:
            browser.get(path)
        for path in paths:
            with count_statements() as seen:
                browser.get(path)
            costs.append(seen.total)
    assert costs[:3] == costs[3:] == [4, 5, 3], costs
