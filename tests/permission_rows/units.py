"""The tree of units: whoever works in a place sees it, and the system administrator every place."""

from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

SEES = only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK, Kind.SYSTEM_ADMIN)
HERE = only(Kind.STAFF, Kind.FOREIGN_STATION, Kind.CLERK, Kind.SYSTEM_ADMIN)


def community(scene: Scene) -> Values:
    """One unit."""
    return {"unit_id": scene.town.community.pk}


ROWS = [
    Row("pages:units", SEES),
    Row("pages:unit", HERE, kwargs=community),
    Row("pages:unit-buildings", HERE, kwargs=community),
]
