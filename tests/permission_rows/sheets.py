"""Monthly sheets: the street uploads templates, who exports persons fills them for the own unit; nobody else knows that they are there."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.sheets_out.received import received
from shequtong.interchange.sheets_out.testing import template_workbook
from shequtong.interchange.usecases import SheetSettings, keep_sheet_template
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

BOTH, SENT = only(Kind.STAFF, Kind.NEIGHBOUR), only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302)
MINE, DONE = only(Kind.STAFF), only(Kind.STAFF, outcome=302)
BOSS = "supervisor"


def kept(scene: Scene) -> SheetTemplate:
    """A template of the street."""
    boss, now = scene.town.supervisor, timezone.now()
    file = received(template_workbook(), "老年人.xlsx", place=boss.home, by=boss, now=now, faults=[])
    return keep_sheet_template(told=SheetSettings("老年人月报", "community", 25), file=file, by=boss, now=now)


def template(scene: Scene) -> Values:
    """That template."""
    return {"template_id": kept(scene).pk}


def filling(scene: Scene) -> Values:
    """It, for the community, this month."""
    return {**template(scene), "code": scene.town.community.code, "month": f"{timezone.localdate():%Y-%m}"}


def settings(_scene: Scene) -> Values:
    """What a street says of it."""
    return {"name": "老年人月报", "level": "community", "due_day": "20", "due_next": "next"}


def uploaded(scene: Scene) -> Values:
    """The same with a workbook."""
    return {**settings(scene), "file": SimpleUploadedFile("老年人.xlsx", template_workbook())}


ROWS = [
    Row("interchange:desk-sheets", BOTH, staff="hu"),
    Row("interchange:desk-sheet-fill", MINE, staff="hu", kwargs=filling),
    Row("interchange:desk-sheet-fill", DONE, staff="hu", method="POST", kwargs=filling),
    Row("interchange:desk-sheet-templates", BOTH, staff=BOSS),
    Row("interchange:desk-sheet-template-new", BOTH, staff=BOSS),
    Row("interchange:desk-sheet-template-new", SENT, staff=BOSS, method="POST", data=uploaded),
    Row("interchange:desk-sheet-template", MINE, staff=BOSS, kwargs=template),
    Row("interchange:desk-sheet-template", DONE, staff=BOSS, method="POST", kwargs=template, data=settings),
    Row("interchange:desk-sheet-template-file", MINE, staff=BOSS, kwargs=template),
    Row("interchange:desk-sheet-template-retire", DONE, staff=BOSS, method="POST", kwargs=template),
    Row("interchange:desk-sheet-example", BOTH, staff=BOSS, kwargs=lambda _scene: {"name": "elderly"}),
]
