"""A photo is seen by who sees what it is attached to; before it is attached, by the form that has its key."""

from shequtong.cases.photos import AFTER, BEFORE
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.files.testing import CAMERA, NOON, make_blob
from shequtong.files.usecases import attach_files
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone
from shequtong.testing.town import STREET


def _photo(scene: Scene, label: str) -> Values:
    case = make_case(scene.town, stage=Stage.HANDLING, account_id=scene.resident.pk)
    blob = make_blob(STREET)
    attach_files(ids=[blob.pk], claim="form-1", owner=case, by=CAMERA, now=NOON, label=label)
    return {"blob_id": blob.pk, "variant": "thumb"}


def _before(scene: Scene) -> Values:
    return _photo(scene, BEFORE)


def _after(scene: Scene) -> Values:
    return _photo(scene, AFTER)


def _not_attached(scene: Scene) -> Values:
    return {"blob_id": make_blob(STREET).pk, "variant": "shown"}


ROWS = [
    Row("files:serve", {Kind.STAFF: 200, Kind.RESIDENT: 200}, kwargs=_before, label="before"),
    Row("files:serve", {Kind.STAFF: 200}, kwargs=_after, label="after"),
    Row("files:serve", anyone(404), kwargs=_not_attached, label="without the key of its form"),
    Row(
        "files:serve",
        anyone(200),
        kwargs=_not_attached,
        data=lambda _scene: {"claim": "form-1"},
        label="with the key of its form",
    ),
]
