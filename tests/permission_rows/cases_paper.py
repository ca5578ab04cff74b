"""What is printed of cases: for the parties of a post, the slip also for who told it; a sheet for the station's own people."""

from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only


def registered(scene: Scene) -> Values:
    """A case of the resident that no station has yet."""
    return {"number": make_case(scene.town, stage=Stage.REGISTERED, account_id=scene.resident.pk).number}


def police(scene: Scene) -> Values:
    """The station of who asks."""
    return {"station": scene.town.police.pk}


ROWS = [
    Row("cases:desk-print", only(Kind.STAFF), kwargs=registered),
    Row("cases:desk-print", only(Kind.STAFF, outcome=302), method="POST", kwargs=registered),
    Row("cases:desk-slip", only(Kind.STAFF), kwargs=registered),
    Row("cases:report-slip", {Kind.RESIDENT: 200}, kwargs=registered),
    Row("cases:desk-daily-sheet", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION), staff="wang"),
    Row("cases:desk-daily-sheet", only(Kind.STAFF, outcome=302), method="POST", staff="wang", data=police),
]
