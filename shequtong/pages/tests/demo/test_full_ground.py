"""The ground of the full demo, against what domain/README.md 2 says of 狮山街道."""

from collections import Counter
from itertools import combinations

from shapely import Polygon, unary_union
from shapely.geometry import shape

from shequtong.pages.demo.full import ground
from shequtong.pages.demo.full.texts import person
from shequtong.pages.demo.layout import degrees
from shequtong.pages.demo.place import district_outline

SQUARE = 95_015 * 111_195  # m² of a square degree there
COMMUNITIES = range(8)


def grids(community: int) -> list[Polygon]:
    return [Polygon([degrees(corner) for corner in cell.corners]) for cell in ground.cells(community)]


def test_it_measures_what_it_says_and_lies_inside_the_district() -> None:
    street, district = shape(ground.street()), shape(district_outline()["geometry"])
    assert abs(street.area * SQUARE / 1e6 - 18.6) < 0.01
    assert district.contains(street)
    assert street.disjoint(shape(ground.next_community()))


def test_grids_share_out_their_community_and_communities_the_street() -> None:
    for number in COMMUNITIES:
        own, whole = grids(number), shape(ground.community(number))
        assert all(one.is_valid for one in own)
        assert unary_union(own).symmetric_difference(whole).area * SQUARE < 1
        assert all(one.intersection(other).area * SQUARE < 1 for one, other in combinations(own, 2))
    together = unary_union([shape(ground.community(number)) for number in COMMUNITIES])
    assert together.symmetric_difference(shape(ground.street())).area * SQUARE < 1


def test_compounds_buildings_and_rooms_are_as_many_as_on_record() -> None:
    found = [(one, ground.buildings(one, 1)) for number in COMMUNITIES for one in ground.compounds(number)]
    assert len(found) == ground.COMPOUNDS == len({one.estate.name for one, _buildings in found})
    assert sum(len(buildings) for _one, buildings in found) == ground.BUILDINGS
    addresses = [one.address for _compound, buildings in found for one in buildings]
    assert len(set(addresses)) == len(addresses)
    rooms: Counter[tuple[int, int]] = Counter()
    for one, buildings in found:
        cell = Polygon([degrees(corner) for corner in one.cell.corners])
        assert all(cell.contains(shape(building.footprint or {})) for building in buildings)
        rooms[one.cell.column, one.cell.row] += sum(each.floors * each.entrances * each.rooms_per_floor for each in buildings)
    assert len(rooms) == ground.COLUMNS * ground.ROWS
    assert all(300 <= n <= 500 for n in rooms.values())
    assert abs(rooms.total() - 39_000) < 500


def test_names_are_made_up_and_differ() -> None:
    assert len({person(number) for number in range(400)}) > 380
