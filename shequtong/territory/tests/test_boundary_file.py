"""Files of boundaries: good ones are read by code; hostile and wrong ones come back with the fault in plain words."""

import json
from typing import Any

import pytest
from django.utils import translation

from shequtong.core.geo import Crs, wgs_to_gcj
from shequtong.territory.boundary_file import LARGEST, MOST_POINTS, MOST_UNITS, read_boundaries
from shequtong.territory.testing import cell

GOOD = cell(0, 0)


def file(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def feature(geometry: object = GOOD, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties or {"code": "G1"}}


def ring(*positions: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [list(positions)]}


def faults(content: bytes, crs: str = Crs.CGCS2000) -> str:
    with translation.override("en"):
        return "\n".join(read_boundaries(content, crs).faults)


@pytest.mark.parametrize("properties", [{"code": " G1 "}, {"编码": "G1"}, {"name": "x", "CODE": "G1"}])
def test_a_boundary_is_known_by_its_code(properties: dict[str, object]) -> None:
    read = read_boundaries(
        b"\xef\xbb\xbf" + file(feature(**properties), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    )
    assert (read.faults, list(read.shapes), list(read.drawn)) == ([], ["G1"], ["G1"])
    assert read_boundaries(file(feature(code=320505002015001))).faults == []


def test_what_was_drawn_on_a_shifted_map_is_turned_back() -> None:
    shifted = ring(*(list(wgs_to_gcj(lon, lat)) for lon, lat in GOOD["coordinates"][0]))
    read = read_boundaries(file(feature(shifted)), Crs.GCJ02)
    assert read.shapes["G1"].bounds == pytest.approx(read_boundaries(file(feature())).shapes["G1"].bounds, abs=1e-7)


def test_of_a_position_two_numbers_are_kept() -> None:
    long = ring(*([lon, lat, 0.0, *[1.0] * 500] for lon, lat in GOOD["coordinates"][0]))
    assert read_boundaries(file(feature(long))).drawn["G1"] == GOOD


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read as JSON"),
        (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b"PK\x03\x04", "cannot be read as JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"[" * 3000 + b"]" * 3000, "nested too deeply"),
        (b"9" * 100_000, "must be a GeoJSON collection"),
        (b" " * (LARGEST + 1), "larger than 3 MB"),
        (json.dumps(GOOD).encode(), "must be a GeoJSON collection"),
        (b'{"type": "FeatureCollection", "features": {}}', "must be a GeoJSON collection"),
        (file(), "must be a GeoJSON collection"),
        (file(None, 3, "x", []), "Boundary 1 has no code"),
        (file(feature(name="第一网格")), "Boundary 1 has no code"),
        (file(feature(code="")), "Boundary 1 has no code"),
        (file(feature(code=1.5)), "Boundary 1 has no code"),
        (file(feature(), feature()), "G1 stands twice"),
        (file(*[feature()] * (MOST_UNITS + 1)), "more than 600 boundaries"),
        (file(feature(ring(*[[120.55, 31.29]] * (MOST_POINTS + 1)))), "more than 60000 points"),
        (file(feature(), crs={"type": "name", "properties": {"name": "EPSG:4549"}}), "“EPSG:4549”"),
        (file(feature(), crs={"properties": []}), "names the coordinate system"),
    ],
)
def test_what_is_no_file_of_boundaries_is_said(content: bytes, said: str) -> None:
    assert said in faults(content)


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "must be a GeoJSON polygon"),
        ({"type": "Point", "coordinates": [120.55, 31.29]}, "must be a GeoJSON polygon"),
        ({"type": "Polygon"}, "has no coordinates"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, "longitude and a latitude"),
        ({"type": "Polygon", "coordinates": [[[None, None]] * 4]}, "longitude and a latitude"),
        (ring([31.29, 120.55], [31.3, 120.55], [31.3, 120.56], [31.29, 120.55]), "the wrong way round"),
        (
            ring([452310.5, 3464120.1], [452410.5, 3464120.1], [452310.5, 3464220.1], [452310.5, 3464120.1]),
            "metres of a projection",
        ),
        (ring([0, 0], [1, 0], [1, 1], [0, 0]), "does not lie in China"),
        (ring([120.55, 31.29], [120.56, 31.30], [120.56, 31.29], [120.55, 31.30], [120.55, 31.29]), "crosses itself"),
        (ring([120.55, 31.29], [120.56, 31.29], [120.56, 31.30], [120.55, 31.30]), "not closed"),
        (ring([120.55, 31.29], [120.56, 31.29], [120.55, 31.29]), "at least four points"),
        (ring(*[[120.55, 31.29]] * 4), "G1"),
    ],
)
def test_what_is_no_boundary_is_said_with_its_code(geometry: Any, said: str) -> None:
    told = faults(file(feature(geometry)))
    assert said in told
    assert "G1" in told


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "1" + "0" * 5000])
def test_numbers_that_are_none_are_on_no_map(number: str) -> None:
    content = file(feature()).replace(b"120.55,", f"{number},".encode(), 1)
    assert number.encode() in content
    assert "G1" in faults(content)


def test_many_faults_are_cut_short() -> None:
    assert len(read_boundaries(file(*[feature({}, code=f"G{n}") for n in range(200)])).faults) == 51
