"""Many cases at once: who may make the move may ask for it of many; what becomes of each is each case's own matter, and the list is one's own."""

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.ask_bulk import Line
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only


def given(scene: Scene) -> Values:
    """One that waits for the police station."""
    return {"case": make_case(scene.town, stage=Stage.DISPATCHED).number}


def new(scene: Scene) -> Values:
    """One that waits to be dispatched, and where it goes."""
    number = make_case(scene.town, stage=Stage.REGISTERED).number
    return {"case": number, f"to-{number}": scene.town.police.pk}


def asked(scene: Scene) -> Values:
    """A list of the head of the police station that waits."""
    line = Line(make_case(scene.town, stage=Stage.DISPATCHED).number)
    return {"bulk_id": usecases.ask_bulk(verb="accept", lines=[line], by=scene.town.wang, now=timezone.now()).pk}


def verified(scene: Scene) -> Values:
    """One that waits to be closed."""
    return {"case": make_case(scene.town, stage=Stage.CLOSING).number}


def late(scene: Scene) -> Values:
    """One that is overdue, and what is demanded."""
    return {"case": make_case(scene.town, stage=Stage.REGISTERED).number, "note": "请尽快办理"}


ACCEPTS = (Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION)
DISPATCHES = (Kind.STAFF, Kind.NEIGHBOUR)
ROWS = [
    Row("cases:desk-bulk-accept", only(*ACCEPTS), staff="wang", data=given),
    Row("cases:desk-bulk-accept", only(*ACCEPTS, outcome=302), method="POST", staff="wang", data=given),
    Row("cases:desk-bulk-dispatch", only(*DISPATCHES), staff="lin", data=new),
    Row("cases:desk-bulk-dispatch", only(*DISPATCHES, outcome=302), method="POST", staff="lin", data=new),
    Row("cases:desk-bulk-close", only(*DISPATCHES), staff="shen", data=verified),
    Row("cases:desk-bulk-close", only(*DISPATCHES, outcome=302), method="POST", staff="shen", data=verified),
    Row("cases:desk-bulk-urge", only(*DISPATCHES), staff="lin", data=late),
    Row("cases:desk-bulk-urge", only(*DISPATCHES, outcome=302), method="POST", staff="lin", data=late),
    Row("cases:desk-bulk-done", only(Kind.STAFF), staff="wang", kwargs=asked),
    Row("cases:desk-bulk-done", only(Kind.STAFF, outcome=302), method="POST", staff="wang", kwargs=asked),
]
