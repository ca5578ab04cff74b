"""The tree of units: whoever works in a place sees it, and the system administrator every place."""

import json
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from shequtong.core.actors import SystemActor
from shequtong.territory.division import as_sent, standing
from shequtong.territory.division_steps import named
from shequtong.territory.models import Unit, UnitVersion
from shequtong.territory.usecases.ask_regridding import ask_regridding
from shequtong.territory.usecases.regrid_community import regrid_community
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


def a_renamed_grid(scene: Scene) -> Values:
    """The grids as they stand, the first under another name."""
    stands = standing(Unit.objects.select_related("parent__parent").get(pk=scene.town.community.pk))
    first = stands.division().pieces[0].key
    return {"drawing": json.dumps(as_sent(stands.division())), f"name-{first}": "塔园网格", "op": "look"}


def asked(scene: Scene) -> Values:
    """The same, to be carried out."""
    return {**a_renamed_grid(scene), "op": "ask", "reason": "社区会议"}


def a_change(scene: Scene) -> Values:
    """A change that was carried out."""
    stands = standing(Unit.objects.select_related("parent__parent").get(pk=scene.town.community.pk))
    division = named(stands.division(), {stands.division().pieces[0].key: "塔园网格"}, {})
    by, now = SystemActor("row"), datetime.now(UTC)
    task = ask_regridding(
        division=division, by=by, now=now, community_id=stands.community.pk, reason="社区会议", submit_key="row"
    )
    row = regrid_community(regridding_id=task.params["regridding"], by=by, now=now)
    return {**community(scene), "regridding_id": row.pk}


ROWS = [
    Row("pages:units", SEES),
    Row("pages:unit", HERE, kwargs=community),
    Row("pages:unit-buildings", HERE, kwargs=community),
    Row("pages:unit-import", only(Kind.SYSTEM_ADMIN), kwargs=community),
    Row("pages:unit-import", only(Kind.SYSTEM_ADMIN), method="POST", kwargs=community, data=a_file),
    Row("pages:grids", only(Kind.SYSTEM_ADMIN), kwargs=community),
    Row("pages:grids", only(Kind.SYSTEM_ADMIN), method="POST", kwargs=community, data=a_renamed_grid, label="a step"),
    Row("pages:grids", only(Kind.SYSTEM_ADMIN, outcome=302), method="POST", kwargs=community, data=asked, label="carried out"),
    Row("pages:grids-history", HERE, kwargs=community),
    Row("pages:grids-change", HERE, kwargs=a_change),
]
