"""Distances and areas at the scale of a city (距离与面积): metres between points, boxes around them, square metres of small shapes."""

from math import asin, cos, radians, sin, sqrt

_EARTH = 6371008.8  # metres, the mean radius (IUGG)
METRES_A_DEGREE = _EARTH * radians(1.0)

Box = tuple[float, float, float, float]  # west, south, east, north in degrees


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two points on the sphere (haversine); within 0.5 % of the ellipsoid."""
    here, there = radians(lat), radians(other_lat)
    half_lat, half_lon = (there - here) / 2.0, radians(other_lon - lon) / 2.0
    return 2.0 * _EARTH * asin(min(1.0, sqrt(sin(half_lat) ** 2 + cos(here) * cos(there) * sin(half_lon) ** 2)))


def box_around(lon: float, lat: float, metres: float) -> Box:
    """The box that holds every point within `metres` of (lon, lat)."""
    north = metres / METRES_A_DEGREE
    edge = min(89.0, abs(lat) + north)  # the widest degrees are at the edge towards the pole
    east = north / cos(radians(edge))
    return max(-180.0, lon - east), max(-90.0, lat - north), min(180.0, lon + east), min(90.0, lat + north)


def square_metres(square_degrees: float, lat: float) -> float:
    """An area in square degrees near `lat` as square metres (equirectangular: exact enough for a district)."""
    return square_degrees * METRES_A_DEGREE**2 * cos(radians(lat))
