"""Stations and seats: offices of the street read them, the system administrator changes them."""

from shequtong.organizations.models import Agency, PrecinctOffice
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

READS = (Kind.STAFF, Kind.CLERK, Kind.NEIGHBOUR, Kind.SYSTEM_ADMIN)
HERE = only(Kind.STAFF, Kind.CLERK, Kind.SYSTEM_ADMIN)
ADMIN, DONE = only(Kind.SYSTEM_ADMIN), only(Kind.SYSTEM_ADMIN, outcome=302)


def health(scene: Scene) -> Values:
    """A station without a seat."""
    return {"station_id": scene.town.stations["health"].pk}


def table(_scene: Scene) -> Values:
    """The precinct office."""
    return {"office_id": PrecinctOffice.objects.get().pk}


def seat_of_urban(scene: Scene) -> Values:
    """The seat of urban management there."""
    return {**table(scene), "station_id": scene.town.urban.pk}


def told(scene: Scene) -> Values:
    """A station as the form has it."""
    return {"name": "狮山社区卫生服务中心", "unit": scene.town.street.pk, "office_phone": "0512-65551234"}


def new(scene: Scene) -> Values:
    """A new one."""
    return {**told(scene), "agency": Agency.objects.get(code="health").pk, "code": "SS-health-2"}


ROWS = [
    Row("pages:stations", only(*READS)),
    Row("pages:station", HERE, kwargs=health),
    Row("pages:office", HERE, kwargs=table),
    Row("pages:office", DONE, method="POST", kwargs=table, data=lambda scene: {"station": scene.town.stations["health"].pk}),
    Row("pages:seat-take", DONE, method="POST", kwargs=seat_of_urban),
    Row("pages:station-change", ADMIN, kwargs=health),
    Row("pages:station-change", DONE, method="POST", kwargs=health, data=told),
    Row("pages:station-end", ADMIN, kwargs=health),
    Row("pages:station-end", DONE, method="POST", kwargs=health, data=lambda _scene: {"reason": "机构改革"}),
    # A row has no query beside its form: without a street it is nobody's (with one: pages/tests/desk/test_stations.py).
    Row("pages:station-new", ADMIN, data=lambda scene: {"street": scene.town.street.code}),
    Row("pages:station-new", {Kind.ANONYMOUS: "sign-in"}, method="POST", data=new),
]
