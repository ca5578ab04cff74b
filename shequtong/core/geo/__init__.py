"""Geometry without a GIS server (空间计算): coordinate systems, tiles, distances, GeoJSON. Pure: no database, no setting.

Everything stored is lon, lat in CGCS2000, which at the scale of a street is WGS-84; other systems are converted at the edge.
"""

from shequtong.core.geo.coordinates import (
    Crs,
    bd_to_gcj,
    bd_to_wgs,
    from_wgs,
    gcj_to_bd,
    gcj_to_wgs,
    to_wgs,
    wgs_to_bd,
    wgs_to_gcj,
)
from shequtong.core.geo.distance import Box, box_around, distance_m, square_metres
from shequtong.core.geo.geojson import BadGeometry, point, polygonal
from shequtong.core.geo.tiles import TILE_ZOOM, tile_of, tiles_around, tiles_of_viewport

__all__ = [
    "TILE_ZOOM",
    "BadGeometry",
    "Box",
    "Crs",
    "bd_to_gcj",
    "bd_to_wgs",
    "box_around",
    "distance_m",
    "from_wgs",
    "gcj_to_bd",
    "gcj_to_wgs",
    "point",
    "polygonal",
    "square_metres",
    "tile_of",
    "tiles_around",
    "tiles_of_viewport",
    "to_wgs",
    "wgs_to_bd",
    "wgs_to_gcj",
]
