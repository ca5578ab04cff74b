"""Standards are shared by all streets: whoever works with cases looks at them, who may publish them writes, in the next street too."""

from django.core.files.uploadedfile import SimpleUploadedFile

from shequtong.cases.forms.stage_limits import STAGES
from shequtong.cases.models import StandardBatch
from shequtong.cases.standards.trees import example_lines
from shequtong.cases.standards.writing import write_table
from shequtong.cases.standings import preview_of
from shequtong.cases.usecases.prepare_standards import prepare_standards
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING, TOWN_HALL

SEES = only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK)
WHO, DONE = only(Kind.STAFF, Kind.NEIGHBOUR), only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302)
LINES = example_lines()[:3]


def a_class(_scene: Scene) -> Values:
    """One of the ten."""
    return {"code": "0101"}


def a_batch(_scene: Scene) -> Values:
    """Three lines to look at."""
    return {"batch": prepare_standards(source="表.xlsx", lines=LINES, by=TOWN_HALL, now=MORNING).pk}


def its_fingerprint(_scene: Scene) -> Values:
    """What the page of the batch made last sends back."""
    return {"fingerprint": preview_of(StandardBatch.objects.order_by("-id")[:1].get()).fingerprint}


def a_file(_scene: Scene) -> Values:
    """A workbook with the same three lines."""
    return {"file": SimpleUploadedFile("表.xlsx", write_table(LINES, footer=""))}


def typed(code: str = "") -> Values:
    """A class with one condition, as the page posts it."""
    return {
        **({"code": code} if code else {}),
        "name": "井盖缺损",
        "kind": "component",
        "tree": "city_management",
        "lead": "housing",
        "lead_basis": "办法",
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "0" if code else "1",
        "rows-0-row": "" if code else "1",
        "rows-0-register_condition": "缺失",
        "rows-0-limit": "3紧急工作时",
        "rows-0-close_condition": "恢复",
    }


def stage_limits(_scene: Scene) -> Values:
    """A quarter of an hour for each."""
    return {stage.value: "15分钟" for stage in STAGES}


ROWS = [
    Row("cases:desk-standards", SEES, staff="supervisor"),
    Row("cases:desk-standard", SEES, staff="supervisor", kwargs=a_class),
    Row("cases:desk-standard-compare", SEES, staff="supervisor", kwargs=a_class),
    Row("cases:desk-standard-edit", WHO, staff="supervisor", kwargs=a_class),
    Row("cases:desk-standard-edit", DONE, staff="supervisor", kwargs=a_class, method="POST", data=lambda _scene: typed()),
    Row("cases:desk-stage-limits", SEES, staff="supervisor"),
    Row("cases:desk-stage-limits", DONE, staff="supervisor", method="POST", data=stage_limits),
    Row("cases:desk-standards-new", WHO, staff="supervisor"),
    Row("cases:desk-standards-new", DONE, staff="supervisor", method="POST", data=lambda _scene: typed("C0101")),
    Row("cases:desk-standards-export", WHO, staff="supervisor", method="POST"),
    Row("cases:desk-standards-import", WHO, staff="supervisor"),
    Row("cases:desk-standards-import", DONE, staff="supervisor", method="POST", data=a_file),
    Row("cases:desk-standards-examples", DONE, staff="supervisor", method="POST"),
    Row("cases:desk-standards-batch", WHO, staff="supervisor", kwargs=a_batch),
    Row("cases:desk-standards-publish", DONE, staff="supervisor", kwargs=a_batch, method="POST", data=its_fingerprint),
]
