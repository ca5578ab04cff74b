"""The coordinate systems of Chinese maps (坐标系): WGS-84/CGCS2000, GCJ-02 (高德, 腾讯), BD-09 (百度). All in degrees, (lon, lat).

The formulas are those everyone uses (the obfuscation is unpublished); tests hold them to the figures of two independent packages.
"""

from enum import StrEnum
from math import atan2, cos, hypot, pi, sin, sqrt

_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323  # of the Krasovsky ellipsoid, which GCJ-02 is computed on
_BD_TURN = pi * 3000.0 / 180.0
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271  # outside this box nothing is shifted
_ROUNDS, _ENOUGH = 12, 1e-10  # turning GCJ-02 back: each round gains two digits; 1e-10 degrees is a hundredth of a millimetre

LonLat = tuple[float, float]


class Crs(StrEnum):
    """Where a pair of coordinates came from, as kept beside every point."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def wgs_to_gcj(lon: float, lat: float) -> LonLat:
    """WGS-84 to GCJ-02; a point outside the box around China stays as it is."""
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return lon, lat
    east, north = _shift(lon - 105.0, lat - 35.0)
    radians = lat / 180.0 * pi
    magic = 1 - _ECCENTRICITY * sin(radians) ** 2
    d_lat = north * 180.0 / ((_AXIS * (1 - _ECCENTRICITY)) / (magic * sqrt(magic)) * pi)
    d_lon = east * 180.0 / (_AXIS / sqrt(magic) * cos(radians) * pi)
    return lon + d_lon, lat + d_lat


def gcj_to_wgs(lon: float, lat: float) -> LonLat:
    """GCJ-02 to WGS-84 by going there again until it agrees; off by less than a millimetre."""
    found_lon, found_lat = lon, lat
    for _ in range(_ROUNDS):
        there_lon, there_lat = wgs_to_gcj(found_lon, found_lat)
        d_lon, d_lat = lon - there_lon, lat - there_lat
        found_lon, found_lat = found_lon + d_lon, found_lat + d_lat
        if abs(d_lon) < _ENOUGH and abs(d_lat) < _ENOUGH:
            break
    return found_lon, found_lat


def gcj_to_bd(lon: float, lat: float) -> LonLat:
    """GCJ-02 to BD-09."""
    radius = hypot(lon, lat) + 0.00002 * sin(lat * _BD_TURN)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD_TURN)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006


def bd_to_gcj(lon: float, lat: float) -> LonLat:
    """BD-09 to GCJ-02 by going there again until it agrees: the usual one-step formula is up to a metre off."""
    found_lon, found_lat = lon - 0.0065, lat - 0.006
    for _ in range(_ROUNDS):
        there_lon, there_lat = gcj_to_bd(found_lon, found_lat)
        d_lon, d_lat = lon - there_lon, lat - there_lat
        found_lon, found_lat = found_lon + d_lon, found_lat + d_lat
        if abs(d_lon) < _ENOUGH and abs(d_lat) < _ENOUGH:
            break
    return found_lon, found_lat


def wgs_to_bd(lon: float, lat: float) -> LonLat:
    """WGS-84 to BD-09."""
    return gcj_to_bd(*wgs_to_gcj(lon, lat))


def bd_to_wgs(lon: float, lat: float) -> LonLat:
    """BD-09 to WGS-84."""
    return gcj_to_wgs(*bd_to_gcj(lon, lat))


def to_wgs(lon: float, lat: float, crs: Crs | str) -> LonLat:
    """Coordinates of any known system as they are stored; ValueError for a system nobody knows."""
    match Crs(crs):
        case Crs.GCJ02:
            return gcj_to_wgs(lon, lat)
        case Crs.BD09:
            return bd_to_wgs(lon, lat)
        case _:
            return lon, lat


def from_wgs(lon: float, lat: float, crs: Crs | str) -> LonLat:
    """Stored coordinates for a map of another system (a link to 高德 or 百度)."""
    match Crs(crs):
        case Crs.GCJ02:
            return wgs_to_gcj(lon, lat)
        case Crs.BD09:
            return wgs_to_bd(lon, lat)
        case _:
            return lon, lat


def _shift(x: float, y: float) -> LonLat:
    """Metres east and north that GCJ-02 moves a point `x`, `y` degrees away from (105, 35)."""
    common = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y / 30.0 * pi)) * 2.0 / 3.0
    return east, north
