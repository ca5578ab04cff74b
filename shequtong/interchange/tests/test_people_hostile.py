"""Wicked input at each form of an import: files that are none, ids that are another's or nobody's, columns that cannot be, steps sent again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from shequtong.accounts.testing import signed_in
from shequtong.interchange.forms.people_tables import ColumnsForm
from shequtong.interchange.models import PeopleMapping, PeopleTable
from shequtong.interchange.people_in.fields import TARGETS
from shequtong.interchange.people_in.mapping import guessed
from shequtong.people.models import Disability, Person
from shequtong.people.testing import make_room
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import run_tasks
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
START = "/desk/registry/import/"
CSV = "姓名,现住址,残疾等级,罪名,备用\n张三,枫桥路12号3幢1单元501室,二级,盗窃,值\n".encode()
GOOD = {"source": "import", "column_0": "name", "column_1": "address", "column_2": "disability.grade"}
Send = Callable[..., Any]


@pytest.fixture
def send(town: Town) -> Send:
    make_room(town.building)

    def sent(address: str, data: dict[str, Any] | None = None, who: str = "hu", key: str = "") -> Any:
        client = signed_in(town.accounts[who])
        key = key or key_of(client.get(START).content.decode())
        return client.post(address, {**(data or {}), "submit_key": key})

    return sent


def key_of(page: str) -> str:
    return str(re.findall(r'name="submit_key" value="([^"]+)"', page)[-1])


@pytest.fixture
def kept(send: Send) -> PeopleTable:
    assert send(START, {"file": SimpleUploadedFile("残疾人.csv", CSV)}).status_code == 302
    return PeopleTable.objects.get()


def words(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "人口.xlsx", "空"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 40, "人口.xlsx", "不是表格"),
        (b"\x7fELF" + bytes(500), "人口.csv", "不是表格"),
        (b"%PDF-1.7\n" + b"\xff\xfe" * 300, "人口.xls", "不是表格"),
        (b"0" * (40 << 20), "人口.xlsx", "30"),
    ],
)
def test_files_that_are_no_table(send: Send, content: bytes, name: str, said: str) -> None:
    answer = send(START, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in words(answer)
    assert not PeopleTable.objects.exists()


def test_no_file_at_all_and_wicked_names(send: Send) -> None:
    assert send(START).status_code == 422
    name = "../../" + "长" * 300 + "<script>alert(1)</script>.csv"
    assert send(START, {"file": SimpleUploadedFile(name, CSV)}).status_code == 302
    table = PeopleTable.objects.get()
    assert "/" not in table.file_name.removesuffix("script>.csv")
    assert len(table.file_name) <= 120
    assert "<script>alert" not in words(send(f"{START}{table.pk}/columns/", {"source": "x"}))


@pytest.mark.parametrize("number", ["0", "1", "99999999999999999999999999", "-1", "1 or 1=1"])
@pytest.mark.parametrize("page", ["columns/", ""])
def test_tables_that_are_not_there(send: Send, number: str, page: str) -> None:
    assert send(f"{START}{number}/{page}", GOOD).status_code == 404


@pytest.mark.parametrize("who", ["gao", "chen", "he"])
def test_a_table_of_somebody_else(town: Town, kept: PeopleTable, who: str) -> None:
    client, own = signed_in(town.accounts[who]), signed_in(town.accounts["hu"])
    key = key_of(own.get(START).content.decode())
    for page in (f"{START}{kept.pk}/columns/", f"{START}{kept.pk}/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {**GOOD, "submit_key": key}).status_code == 404
    kept.refresh_from_db()
    assert kept.state == PeopleTable.State.SENT
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"column_4": "disability.grade"},
        {"column_2": "name"},
        {"column_2": "care.kind"},
        {"column_2": "released.offence"},
        {"column_2": "disability.person"},
        {"column_2": "id_hash"},
        {"column_2": "disability"},
        {"column_2": "disability.grade\x00"},
        {"column_2": "长" * 10_000},
        {"column_3": "remarks"},
        {"column_3": "disability.note"},
        {"source": "visit"},
    ],
)
def test_columns_that_cannot_be(kept: PeopleTable, send: Send, change: dict[str, str]) -> None:
    """Twice the same, none of ours, special care under another name, a source that no table has."""
    answer = send(f"{START}{kept.pk}/columns/", {**GOOD, **change})
    assert answer.status_code == 422
    assert 'role="alert"' in words(answer)
    assert not Task.objects.exists()
    assert not PeopleMapping.objects.exists()


def test_columns_that_are_not_there_are_passed_over(kept: PeopleTable, send: Send) -> None:
    more = {"column_-1": "phone", "column_99": "phone", "targets": "phone", "subdistrict_id": "7"}
    assert send(f"{START}{kept.pk}/columns/", {**GOOD, **more}).status_code == 302
    kept.refresh_from_db()
    assert kept.targets == ["name", "address", "disability.grade", "", ""]


def test_each_step_sent_again_is_done_once(town: Town, kept: PeopleTable, send: Send) -> None:
    client = signed_in(town.accounts["hu"])
    key = key_of(client.get(f"{START}{kept.pk}/columns/").content.decode())
    places = {send(f"{START}{kept.pk}/columns/", GOOD, key=key)["Location"] for _again in range(3)}
    assert len(places) == 1
    assert Task.objects.count() == 1
    run_tasks(worker="t", clock=timezone.now)
    key = key_of(client.get(f"{START}{kept.pk}/").content.decode())
    for _again in range(3):
        assert send(f"{START}{kept.pk}/", key=key).status_code == 302
    assert send(f"{START}{kept.pk}/").status_code == 302, "pressed in a second window"
    while run_tasks(worker="t", clock=timezone.now):
        pass
    kept.refresh_from_db()
    assert (kept.state, kept.created) == (PeopleTable.State.DONE, 1)
    assert (Person.objects.count(), Disability.objects.get().grade) == (1, "2")
    assert {one.state for one in Task.objects.all()} == {Task.State.DONE}
    assert send(f"{START}{kept.pk}/").status_code == 200, "what is done is shown"
    assert send(f"{START}{kept.pk}/columns/", GOOD).status_code == 200


def test_confirming_what_was_not_tried_imports_nothing(kept: PeopleTable, send: Send) -> None:
    assert send(f"{START}{kept.pk}/").status_code == 200
    assert not Task.objects.exists()


def test_columns_changed_behind_an_import_that_waits(town: Town, kept: PeopleTable, send: Send) -> None:
    """What comes in is what was tried: the import that was asked for before is refused and says why."""
    send(f"{START}{kept.pk}/columns/", GOOD)
    run_tasks(worker="t", clock=timezone.now)
    send(f"{START}{kept.pk}/")
    waits = Task.objects.latest("id")
    send(f"{START}{kept.pk}/columns/", {**GOOD, "column_2": "", "column_4": "remarks"})
    run_tasks(worker="t", clock=timezone.now)
    waits.refresh_from_db()
    assert waits.state == Task.State.FAILED
    assert not Person.objects.exists()


def test_each_target_has_words_of_its_own() -> None:
    """Of hundreds of columns they are typed by these words."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            labels = [str(label) for _name, label in TARGETS]
            assert sorted(labels) == sorted(set(labels)), language


def test_a_page_of_300_columns_is_light_and_says_what_is_typed() -> None:
    names = ["姓名", "现住址", "罪名", *(f"字段{at}" for at in range(297))]
    guesses = guessed(names, ())
    with translation.override("zh-hans"):
        form = ColumnsForm(None, names=names, guesses=guesses)
        page = "".join(str(field) for field in form.column_fields)
        assert len(page) < 80_000
        told = {"source": "import", "column_0": "name", "column_1": "address", "column_9": "残疾人：残疾等级"}
        form = ColumnsForm(told, names=names, guesses=guesses)
        assert form.is_valid(), form.errors
        assert form.targets[9] == "disability.grade"
        assert not ColumnsForm({**told, "column_2": "备注"}, names=names, guesses=guesses).is_valid()
