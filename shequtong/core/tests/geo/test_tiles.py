"""A viewport is few ranges, and no point of it is outside them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shequtong.core.geo import box_around, distance_m, tile_of, tiles_around, tiles_of_viewport
from shequtong.core.geo.tiles import tile_corner

lons, lats = st.floats(-180.0, 180.0), st.floats(-85.0, 85.0)
part = st.floats(0.0, 1.0)


def slow_quadkey(lon: float, lat: float) -> int:
    """The tile by halving the map twenty times, as the definition says; latitude through the mercator corner."""
    left, top, side, number = 0.0, 0.0, 1.0, 0
    from math import asinh, pi, radians, tan

    x, y = (lon + 180.0) / 360.0, 0.5 - asinh(tan(radians(lat))) / (2 * pi)
    for _ in range(20):
        side /= 2
        right, below = x >= left + side, y >= top + side
        number = number * 4 + right + 2 * below
        left, top = left + side * right, top + side * below
    return number


@given(st.floats(-179.9, 179.9), lats)
def test_is_the_quadkey_of_the_definition(lon: float, lat: float) -> None:
    # a point within a hair of a tile's edge may fall to either side by rounding
    near = {slow_quadkey(lon + d_lon, lat + d_lat) for d_lon in (-1e-9, 0, 1e-9) for d_lat in (-1e-9, 0, 1e-9)}
    assert tile_of(lon, lat) in near


def test_of_suzhou_by_hand() -> None:
    lon, lat = tile_corner(tile_of(120.557, 31.297))
    assert 0 <= 120.557 - lon < 360 / 2**20
    assert 0 <= lat - 31.297 < 0.0003


@given(lons, lons, lats, lats, part, part, st.integers(1, 20))
def test_no_point_of_the_viewport_is_left_out(
    lon: float, other_lon: float, lat: float, other_lat: float, across: float, up: float, most: int
) -> None:
    west, east, south, north = min(lon, other_lon), max(lon, other_lon), min(lat, other_lat), max(lat, other_lat)
    ranges = tiles_of_viewport((west, south, east, north), most)

    tile = tile_of(min(east, west + (east - west) * across), min(north, south + (north - south) * up))
    assert len(ranges) <= most
    assert any(first <= tile <= last for first, last in ranges)
    assert all(one[1] < other[0] for one, other in pairwise(ranges))


def test_a_screen_reads_less_than_three_times_what_it_shows() -> None:
    west, south, east, north = 120.550, 31.290, 120.560, 31.300
    shown = 31 * 36  # tiles of 0.000343 by 0.000293 degrees, edges included
    assert sum(last - first + 1 for first, last in tiles_of_viewport((west, south, east, north))) < 3 * shown


@pytest.mark.parametrize("bad", [(float("nan"), 31.0), (181.0, 31.0), (120.0, 91.0), (float("inf"), 0.0)])
def test_refuses_what_is_no_place(bad: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no place"):
        tile_of(*bad)


def test_refuses_a_box_turned_inside_out() -> None:
    with pytest.raises(ValueError, match="inside out"):
        tiles_of_viewport((121.0, 31.0, 120.0, 32.0))


@given(st.floats(-170, 170), st.floats(-80, 80), part, part, st.floats(1, 5000))
def test_the_box_holds_all_within_the_distance(lon: float, lat: float, across: float, up: float, metres: float) -> None:
    west, south, east, north = box_around(lon, lat, metres * 1.01)
    other = (lon + (across - 0.5) * 0.3, lat + (up - 0.5) * 0.3)
    if distance_m(lon, lat, *other) <= metres:
        assert west <= other[0] <= east
        assert south <= other[1] <= north
    tile = tile_of(lon, lat)
    assert any(first <= tile <= last for first, last in tiles_around(lon, lat, metres))


def test_distance_by_hand() -> None:
    # a degree of latitude on the mean sphere is 111 195 m; of longitude at 60° half of it
    assert distance_m(120.0, 31.0, 120.0, 32.0) == pytest.approx(111_195, abs=1)
    assert distance_m(10.0, 60.0, 11.0, 60.0) == pytest.approx(55_597, abs=5)
