"""The list of persons as a table: masked alone up to 500, else with a second person who is not who asked; made once, logged, never reckoned by Excel."""

import sys
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from django.urls import reverse
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account
from shequtong.audit.models import Entry, SecurityEvent
from shequtong.core.refusals import Forbidden
from shequtong.core.submissions import new_submit_key
from shequtong.files import storage
from shequtong.messaging.models import Message
from shequtong.people.lookups.listed import Wanted
from shequtong.people.models import ExportRequest
from shequtong.people.tests.test_registry import PHONE, old_wang, post, signed_in
from shequtong.people.usecases import CannotExport, NewExport, ask_export, change_person, decide_export, make_export, write_set
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.tasks.usecases import fetch_result
from shequtong.tasks.xlsx import HEAD
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
NEW = reverse("people:desk-export-new")
FORM = {"columns": ["name", "phone", "occupation", "home"], "reason": "走访分工"}
State = ExportRequest.State


def asked(town: Town, *, clear: bool = True, now: Any = None) -> ExportRequest:
    new = NewExport(Wanted(), ("name", "phone"), "全部", "核对高龄津贴", in_clear=clear)
    return ask_export(new=new, by=town.hu, now=now or timezone.now())


def content(town: Town, task: Task) -> bytes:
    assert turn() == 1
    task.refresh_from_db()
    assert task.state == "done", task.error
    _task, blob = fetch_result(task_id=task.pk, by=town.hu, now=timezone.now())
    return storage.read(blob.key, storage.DOCUMENT)


def rows_of(made: bytes) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(made))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_a_small_masked_table_needs_nobody_else(town: Town) -> None:
    person = old_wang(town)
    told = {"occupation": "=HYPERLINK(1)"}
    change_person(person_id=person.pk, changes=told, source="visit", by=town.hu, now=timezone.now())
    answer = post(signed_in(town, "hu"), NEW, **FORM)
    assert answer.status_code == 302
    made = content(town, Task.objects.get())
    rows = rows_of(made)
    assert rows[HEAD][:3] == ["王*", "=HYPERLINK(1)", "161****0001"]
    assert "501" in rows[HEAD][3]
    assert "胡敏" in str(rows[1][0])
    assert str(timezone.localdate()) in str(rows[1][0])
    with zipfile.ZipFile(BytesIO(made)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    entry = Entry.objects.get(what="people.exported")
    assert '"rows":1' in str(entry.facts).replace(" ", "").replace("'", '"')
    task = Task.objects.get()
    assert (PHONE in str(task.params), "德发" in str(task.params), "德发" in task.summary) == (False, False, False)
    assert not SecurityEvent.objects.filter(what="people.export").exists()


def test_more_than_five_hundred_wait_for_a_second_person(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    old_wang(town)
    monkeypatch.setattr(sys.modules["shequtong.people.usecases.ask_export"], "ALONE", 0)
    answer = post(signed_in(town, "hu"), NEW, **FORM)
    export = ExportRequest.objects.get()
    assert answer["Location"] == reverse("people:desk-export", args=[export.pk])
    assert (export.state, Task.objects.count()) == (State.WAITING, 0)
    told = Message.objects.get(template="people.export")
    assert told.account_id == town.accounts["supervisor"].pk
    boss = signed_in(town, "supervisor")
    page = boss.get(reverse("people:desk-export", args=[export.pk])).content.decode()
    assert "走访分工" in page
    assert "胡敏" in page
    assert "姓名" in page
    assert ("馨泰社区" in export.filters, "本人管辖范围" in page) == (True, False), "whose reach it was is said by name"
    assert boss.get(reverse("people:desk-exports")).content.decode().count("等待您审批") == 1


def test_in_clear_after_approval_once(town: Town) -> None:
    old_wang(town)
    hu, boss = signed_in(town, "hu"), signed_in(town, "supervisor")
    assert post(hu, NEW, **FORM, in_clear="on").status_code == 302
    export = ExportRequest.objects.get()
    url, make = reverse("people:desk-export", args=[export.pk]), reverse("people:desk-export-make", args=[export.pk])
    assert "王德发" not in hu.get(url).content.decode()
    with pytest.raises(CannotExport):
        make_export(export_id=export.pk, by=town.hu, now=timezone.now())
    assert post(hu, url, done="yes").status_code in (404, 422)  # not one's own
    assert post(boss, url, done="yes").status_code == 302
    assert post(boss, url, done="no", words="不需要").status_code == 422
    key_page = hu.get(url)
    first = hu.post(make, {"submit_key": new_submit_key(key_page.wsgi_request)})
    assert first.status_code == 302
    assert hu.post(make, {"submit_key": new_submit_key(key_page.wsgi_request)}).status_code == 422
    rows = rows_of(content(town, Task.objects.get()))
    assert (rows[HEAD][0], rows[HEAD][2]) == ("王德发", PHONE)
    look = SecurityEvent.objects.get(what="people.export")
    assert (look.reason, look.facts["count"]) == ("走访分工", 1)
    assert Task.objects.count() == 1


def test_who_asked_is_no_second_person(town: Town) -> None:
    old_wang(town)
    new = NewExport(Wanted(), ("name",), "全部", "核对名单", in_clear=True)
    export = ask_export(new=new, by=town.supervisor, now=timezone.now())
    with pytest.raises(CannotExport):
        decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=timezone.now())
    with pytest.raises(Forbidden):
        decide_export(export_id=export.pk, approve=True, words="", by=town.gao, now=timezone.now())
    with pytest.raises(Forbidden):
        decide_export(export_id=export.pk, approve=True, words="", by=town.hu, now=timezone.now())
    assert signed_in(town, "gao").get(reverse("people:desk-export", args=[export.pk])).status_code == 404


def test_within_a_day_and_no_later(town: Town) -> None:
    old_wang(town)
    now = timezone.now()
    export = asked(town, now=now)
    late = now + timedelta(days=1, seconds=1)
    with pytest.raises(CannotExport):
        decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=late)
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=now + timedelta(hours=23))
    with pytest.raises(CannotExport):
        make_export(export_id=export.pk, by=town.hu, now=now + timedelta(hours=47, seconds=1))
    assert make_export(export_id=export.pk, by=town.hu, now=now + timedelta(hours=46)).pk


def test_of_two_who_decide_at_once_the_first_counts(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    old_wang(town)
    town.accounts["second"] = make_account("第二人", staff=True)
    make_appointment(town.accounts["second"], "subdistrict_supervisor", town.street)
    export, now = asked(town), timezone.now()
    is_late = ExportRequest.is_late
    inside: list[bool] = []

    def between(one: ExportRequest, at: Any) -> bool:
        """The other decides after this one has read the row and before it writes."""
        if not inside:
            inside.append(True)
            decide_export(export_id=export.pk, approve=False, words="范围过大", by=town.supervisor, now=now)
        return is_late(one, at)

    monkeypatch.setattr(ExportRequest, "is_late", between)
    # The outer one reads WAITING, then loses; its transaction takes the inner one's with it only in this one-connection test.
    with pytest.raises(CannotExport):
        decide_export(export_id=export.pk, approve=True, words="", by=town.second, now=now)


def test_the_right_is_asked_again_when_the_file_is_made(town: Town) -> None:
    old_wang(town)
    export = asked(town)
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=timezone.now())
    task = make_export(export_id=export.pk, by=town.hu, now=timezone.now())
    ExportRequest.objects.filter(pk=export.pk).update(account_id=town.accounts["he"].pk)
    assert turn() == 1
    task.refresh_from_db()
    assert task.state == "failed"


def test_the_list_of_exports_costs_the_same(town: Town) -> None:
    old_wang(town)
    boss, url = signed_in(town, "supervisor"), reverse("people:desk-exports")
    boss.get(url)
    asked(town)
    with count_statements() as few:
        boss.get(url)
    for _more in range(5):
        asked(town)
    with count_statements() as many:
        boss.get(url)
    assert many.warm.total == few.warm.total <= 3, many.listing


def test_a_list_of_a_set_carries_the_columns_of_the_set(town: Town) -> None:
    person, now = old_wang(town), timezone.now()
    write_set(
        person_id=person.pk, name="elderly", values={"living": "alone", "health": "高血压"}, source="visit", by=town.hu, now=now
    )
    hu, of_set = signed_in(town, "hu"), f"{NEW}?mark=elderly"
    assert 'value="elderly.living"' in hu.get(of_set).content.decode()
    assert 'value="elderly.living"' not in hu.get(NEW).content.decode()
    told = {"columns": ["name", "elderly.living", "elderly.health"], "reason": "高龄津贴"}
    assert post(hu, of_set, **told).status_code == 302
    rows = rows_of(content(town, Task.objects.get()))
    assert (rows[HEAD - 1][1], rows[HEAD]) == ("老年人 · 居住状况", ["王*", "独居", "****"])
    assert "老年人 · 居住状况" in hu.get(reverse("people:desk-export", args=[ExportRequest.objects.get().pk])).content.decode()
    with pytest.raises(CannotExport):
        ask_export(new=NewExport(Wanted(), ("name", "elderly.living"), "全部", "核对名单"), by=town.hu, now=now)
    page = hu.get(f"{reverse('people:desk-persons')}?mark=elderly").content.decode()
    assert "自理能力" in page
    assert "独居" in page
    assert "自理能力" not in hu.get(reverse("people:desk-persons")).content.decode()
