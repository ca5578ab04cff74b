"""A clerk's way over the pages: the table sent, its columns looked at, tried, imported, the refused rows fetched; masked all along."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from shequtong.accounts.testing import signed_in
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.interchange.models import PeopleMapping, PeopleTable
from shequtong.interchange.people_in.testing import HEADINGS, Messy, messy_workbook
from shequtong.people.models import Person
from shequtong.people.testing import make_room
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import run_tasks
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)
START = "/desk/registry/import/"
Send = Callable[..., Any]


@pytest.fixture
def messy(town: Town) -> Messy:
    for name in ("501", "502", "601"):
        make_room(town.building, name=name)
    return messy_workbook("枫桥路12号3幢1单元", ["501", "502", "601"])


@pytest.fixture
def send(town: Town) -> Send:
    def sent(address: str, data: dict[str, Any] | None = None, who: str = "hu") -> Any:
        client = signed_in(town.accounts[who])
        page = client.get(address).content.decode()
        key = re.findall(r'name="submit_key" value="([^"]+)"', page)[-1]
        return client.post(address, {**(data or {}), "submit_key": key})

    return sent


def file(content: bytes, name: str = "人口.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def columns(table: PeopleTable) -> dict[str, str]:
    return {"source": "import", **{f"column_{at}": target for at, target in enumerate(table.targets)}}


def page(town: Town, address: str, who: str = "hu") -> str:
    found: str = signed_in(town.accounts[who]).get(address).content.decode()
    return found


def work() -> Task:
    assert run_tasks(worker="t", clock=timezone.now)
    task = Task.objects.latest("id")
    assert task.state == "done", task.error
    return task


def test_from_the_upload_to_the_refused_rows(town: Town, messy: Messy, send: Send) -> None:
    to = send(START, file(messy.content))["Location"]
    table = PeopleTable.objects.get()
    assert to == f"{START}{table.pk}/columns/"
    stored = b"".join(storage.read(blob.key, storage.DOCUMENT) for blob in Blob.objects.within(STREET))
    assert stored
    assert messy.content[:64] not in stored

    mapping = page(town, to)
    assert "证件信息·公民身份号码" in mapping
    assert "3205**********" in mapping
    private = ("张建国", "买买提·吐尔逊", "16100000001", messy.good[5]["id_number"])
    assert not any(each in mapping for each in private)

    assert send(to, columns(table)).status_code == 302
    tried = work()
    assert (tried.kind, tried.left_out) == ("interchange.try_people", True)
    assert not Person.objects.exists()
    look = page(town, tried.link)
    assert not any(each in look for each in private)
    assert "张*" in look
    table.refresh_from_db()
    assert (table.tried["created"], table.tried["refused"]) == (len(messy.good), len(messy.bad))

    assert send(tried.link).status_code == 302
    done = work()
    assert done.kind == "interchange.import_people"
    assert Person.objects.count() == len(messy.good)
    assert not any(each in f"{done.summary}{done.params}" for each in private)
    (blob,) = Blob.objects.of(done)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(storage.read(blob.key, storage.DOCUMENT))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][0] == "原行号"
    assert rows[0][-1] == "原因"
    assert [int(float(str(row[0]))) for row in rows[1:]] == sorted(messy.bad)
    assert all(row[-1] for row in rows[1:])
    assert str(len(messy.bad)) in page(town, f"{START}{table.pk}/")


def test_an_import_that_was_broken_off_says_how_far_it_came(town: Town, messy: Messy, send: Send) -> None:
    send(START, file(messy.content))
    PeopleTable.objects.update(state="running", position=9, refused=2)  # as a cancelled import leaves it
    broken_off = page(town, f"{START}{PeopleTable.objects.get().pk}/")
    assert "文件第 9 行及以前" in broken_off
    assert "继续导入" in broken_off
    assert "改好着色的单元格" not in broken_off  # its workbook is made at the end


def test_the_mapping_is_remembered_for_the_office(town: Town, messy: Messy, send: Send) -> None:
    to = send(START, file(messy.content))["Location"]
    chosen = columns(PeopleTable.objects.get())
    at = HEADINGS.index("工作单位")
    chosen[f"column_{at}"] = ""
    send(to, chosen)
    assert PeopleMapping.objects.get().office == town.community.path
    send(START, file(messy.content))
    assert PeopleTable.objects.latest("id").targets[at] == ""


@pytest.mark.parametrize(
    ("change", "status"),
    [({"column_1": ""}, 422), ({"column_0": "name"}, 422), ({"column_8": ""}, 422), ({"source": "rumour"}, 422)],
)
def test_columns_that_cannot_be(messy: Messy, send: Send, change: dict[str, str], status: int) -> None:
    """No name, two names, no address, a word that is no source: said, and no task begun."""
    to = send(START, file(messy.content))["Location"]
    assert send(to, {**columns(PeopleTable.objects.get()), **change}).status_code == status
    assert not Task.objects.exists()


def test_a_table_is_its_senders_alone(town: Town, messy: Messy, send: Send) -> None:
    to = send(START, file(messy.content))["Location"]
    for who in ("gao", "chen", "he"):
        assert signed_in(town.accounts[who]).get(to).status_code == 404
    assert signed_in(town.accounts["he"]).get(START).status_code == 404, "who walks the grid imports nothing"


def test_statements_are_few_and_the_same(town: Town, messy: Messy, send: Send) -> None:
    def statements(address: str) -> int:
        client = signed_in(town.accounts["hu"])
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    statements(START)  # what is held in memory is read once
    none = statements(START)
    to = send(START, file(messy.content))["Location"]
    for _again in range(3):
        send(START, file(messy.content))
    assert statements(START) <= none
    send(to, columns(PeopleTable.objects.earliest("id")))
    link = work().link
    assert statements(to) <= none + 4
    assert statements(link) <= none + 12
