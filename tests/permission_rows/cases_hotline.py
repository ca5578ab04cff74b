"""Orders of the hotline: for who takes them in, in their own street; a table that was sent in is its sender's alone."""

from django.core.files.uploadedfile import SimpleUploadedFile

from shequtong.cases import usecases
from shequtong.cases.tests.usecases.test_hotline import LINE, table
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING

WHO, DONE = only(Kind.STAFF, Kind.NEIGHBOUR), only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302)


def sent_in(scene: Scene) -> Values:
    """A table this acceptor sent in."""
    kept = usecases.prepare_orders(content=table(LINE), name="工单.xlsx", by=scene.town.shen, now=MORNING)
    return {"upload": kept.pk}


ROWS = [
    Row("cases:desk-hotline", WHO, staff="shen"),
    Row("cases:desk-hotline-export", DONE, staff="shen", method="POST"),
    Row("cases:desk-hotline-sample", WHO, staff="shen"),
    Row("cases:desk-hotline-import", WHO, staff="shen"),
    Row(
        "cases:desk-hotline-import",
        DONE,
        staff="shen",
        method="POST",
        data=lambda _scene: {"file": SimpleUploadedFile("工单.xlsx", table(LINE))},
    ),
    Row("cases:desk-hotline-upload", only(Kind.STAFF), staff="shen", kwargs=sent_in),
    Row(
        "cases:desk-hotline-upload",
        only(Kind.STAFF, outcome=302),
        staff="shen",
        method="POST",
        kwargs=sent_in,
        data=lambda _scene: {"class_0": "L01"},
    ),
]
