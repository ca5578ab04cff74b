"""The flow of a street: everyone on staff looks at their own, its supervisor alone writes, publishes and goes back."""

from datetime import UTC, datetime

from shequtong.cases.usecases import publish_flow
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import STREET

SEES = only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK)
# The next street's supervisor gets the same pages of their own street, which published nothing.
WRITES = only(Kind.STAFF, Kind.NEIGHBOUR)


def first_version(scene: Scene) -> Values:
    """Two versions of the street; the first is named."""
    for days in (3, 4):
        document = {"windows": {"close_days": days}}
        publish_flow(subdistrict_id=STREET, document=document, note="", by=scene.town.supervisor, now=datetime.now(UTC))
    return {"version": 1}


def text(_scene: Scene) -> Values:
    """A document as the text page sends it."""
    return {"document": '{"windows": {"close_days": 3}}'}


def looked_at(scene: Scene) -> Values:
    """The same as the preview sends it, over the version of the street."""
    first_version(scene)
    return {"document": '{"windows": {"close_days": 5}}', "seen": "2", "note": "春季调整"}


def pasted(_scene: Scene) -> Values:
    """Reports to be tried out: one whose words name a class, one that says nothing of it."""
    return {"reports": "楼下垃圾堆了三天没人清\t馨泰花苑1幢\n请问怎么办理", "channel": "resident", "nameless": "on"}


ROWS = [
    Row("cases:desk-flow", SEES, staff="supervisor"),
    Row("cases:desk-flow-edit", WRITES, staff="supervisor"),
    # A form with nothing in it comes back; what it writes is only looked at, and published by the row below.
    Row("cases:desk-flow-edit", only(Kind.STAFF, Kind.NEIGHBOUR, outcome=422), method="POST", staff="supervisor"),
    Row("cases:desk-flow-text", WRITES, staff="supervisor"),
    Row("cases:desk-flow-text", WRITES, method="POST", staff="supervisor", data=text),
    Row("cases:desk-flow-trial", WRITES, staff="supervisor"),
    Row("cases:desk-flow-trial", WRITES, method="POST", staff="supervisor", data=pasted),
    Row("cases:desk-flow-version", only(Kind.STAFF), staff="supervisor", kwargs=first_version),
    Row(
        "cases:desk-flow-publish",
        {**only(Kind.STAFF, outcome=302), Kind.NEIGHBOUR: 422},
        method="POST",
        staff="supervisor",
        data=looked_at,
    ),
]
