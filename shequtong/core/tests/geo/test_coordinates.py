"""Coordinates agree with the figures of two independent packages (dependencies.md §7), and come back where they started."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shequtong.core.geo import Crs, bd_to_wgs, distance_m, from_wgs, gcj_to_wgs, to_wgs, wgs_to_bd, wgs_to_gcj

SUZHOU = (120.5853, 31.2989)
GCJ = (120.589477, 31.296715)
BD = (120.595879, 31.303019)
chinese_lon, chinese_lat = st.floats(73.0, 135.0), st.floats(4.0, 53.0)


def test_agrees_with_eviltransform_and_coord_convert() -> None:
    assert wgs_to_gcj(*SUZHOU) == pytest.approx(GCJ, abs=1e-6)
    assert wgs_to_bd(*SUZHOU) == pytest.approx(BD, abs=1e-6)


@given(chinese_lon, chinese_lat)
def test_comes_back_within_a_millimetre(lon: float, lat: float) -> None:
    assert distance_m(lon, lat, *gcj_to_wgs(*wgs_to_gcj(lon, lat))) < 0.001
    assert distance_m(lon, lat, *bd_to_wgs(*wgs_to_bd(lon, lat))) < 0.001


@pytest.mark.parametrize("crs", list(Crs))
def test_every_system_has_a_way_in_and_out(crs: Crs) -> None:
    assert to_wgs(*from_wgs(*SUZHOU, crs), crs) == pytest.approx(SUZHOU, abs=1e-8)


def test_leaves_helsinki_alone() -> None:
    assert wgs_to_gcj(24.94, 60.17) == (24.94, 60.17)


def test_refuses_a_system_nobody_knows() -> None:
    with pytest.raises(ValueError, match="beijing54"):
        to_wgs(*SUZHOU, "beijing54")
