"""The tree of units: whoever works in a place sees it, and the system administrator every place."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from shequtong.territory.models import UnitVersion
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

SEES = only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK, Kind.SYSTEM_ADMIN)
HERE = only(Kind.STAFF, Kind.FOREIGN_STATION, Kind.CLERK, Kind.SYSTEM_ADMIN)


def community(scene: Scene) -> Values:
    """One unit."""
    return {"unit_id": scene.town.community.pk}


def a_file(scene: Scene) -> Values:
    """The two grids as they stand."""
    drawn = UnitVersion.objects.filter(unit__in=[scene.town.grid, scene.town.other_grid]).select_related("unit")
    features = [{"type": "Feature", "geometry": row.boundary, "properties": {"code": row.unit.code}} for row in drawn]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return {"file": SimpleUploadedFile("g.geojson", content), "source_crs": "cgcs2000", "day": "2026-01-01"}


ROWS = [
    Row("pages:units", SEES),
    Row("pages:unit", HERE, kwargs=community),
    Row("pages:unit-buildings", HERE, kwargs=community),
    Row("pages:unit-import", only(Kind.SYSTEM_ADMIN), kwargs=community),
    Row("pages:unit-import", only(Kind.SYSTEM_ADMIN), method="POST", kwargs=community, data=a_file),
]
