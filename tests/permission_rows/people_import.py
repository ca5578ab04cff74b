"""A table of people: who may import them sends it in; it is its sender's alone, whatever post a neighbour holds."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shequtong.files.usecases import store_document
from shequtong.interchange.models import PeopleTable
from shequtong.interchange.people_in.kept import sealed
from shequtong.interchange.people_in.received import received
from shequtong.interchange.usecases import keep_people_table, map_people_table, note_trial
from shequtong.people.testing import make_room
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

BOTH, SENT = only(Kind.STAFF, Kind.NEIGHBOUR), only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302)
MINE, DONE = only(Kind.STAFF), only(Kind.STAFF, outcome=302)
CSV = "姓名,性别,现住址\n张三,男,枫桥路12号3幢1单元501室\n".encode()


def kept(scene: Scene) -> PeopleTable:
    """A table Hu sent in, with its columns chosen."""
    make_room(scene.town.building)
    now = timezone.now()
    hu = scene.town.hu
    blob = store_document(content=sealed(CSV), subdistrict_id=hu.home, by=hu, now=now)
    table = keep_people_table(read=received(CSV, "人口.csv"), by=hu, now=now, blob_id=blob.pk)
    return map_people_table(table_id=table.pk, targets=["name", "sex", "address"], source="import", by=hu, now=now)


def sent_in(scene: Scene) -> Values:
    """That table."""
    return {"table_id": kept(scene).pk}


def looked(scene: Scene) -> Values:
    """The table after its trial."""
    table = kept(scene)
    note_trial(table_id=table.pk, tried={"created": 1}, total=1, by=scene.town.hu, now=timezone.now())
    return {"table_id": table.pk}


ROWS = [
    Row("interchange:desk-people-import", BOTH, staff="hu"),
    Row(
        "interchange:desk-people-import",
        SENT,
        staff="hu",
        method="POST",
        data=lambda _scene: {"file": SimpleUploadedFile("人口.csv", CSV)},
    ),
    Row("interchange:desk-people-columns", MINE, staff="hu", kwargs=sent_in),
    Row(
        "interchange:desk-people-columns",
        DONE,
        staff="hu",
        method="POST",
        kwargs=sent_in,
        data=lambda _scene: {"source": "import", "column_0": "name", "column_1": "sex", "column_2": "address"},
    ),
    Row("interchange:desk-people-table", MINE, staff="hu", kwargs=looked),
    Row("interchange:desk-people-table", DONE, staff="hu", method="POST", kwargs=looked),
]
