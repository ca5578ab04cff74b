"""Boundaries are checked for form before anyone computes with them."""

from typing import Any

import pytest

from shequtong.core.geo import BadGeometry, polygonal

RING: list[list[float]] = [[120.0, 31.0], [120.1, 31.0], [120.1, 31.1], [120.0, 31.0]]


def test_opens_a_feature_and_drops_heights() -> None:
    with_heights = [[*position, 5.0] for position in RING]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [with_heights]}}
    assert polygonal(feature) == {"type": "Polygon", "coordinates": [RING]}


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "POLYGON((0 0))",
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [RING[:3]]},
        {"type": "Polygon", "coordinates": [[*RING[:3], [120.0, 31.05]]]},
        {"type": "Polygon", "coordinates": [[[120.0], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[["120", "31"], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[True, 31.0], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 31.0], *RING[1:]]]},
        {"type": "Polygon", "coordinates": [[[31.0, 120.0], *RING[1:]]]},
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": "Polygon", "coordinates": [RING * 20_000]},
    ],
)
def test_refuses_what_is_no_polygon(bad: Any) -> None:
    with pytest.raises(BadGeometry):
        polygonal(bad)
