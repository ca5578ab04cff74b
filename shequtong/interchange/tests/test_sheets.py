"""Monthly sheets by the pages offices use: a template uploaded, filled as a task, read with openpyxl; the next month only what changed is marked."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.interchange.models import Sheet, SheetTemplate
from shequtong.interchange.sheets_out.testing import template_workbook
from shequtong.people.models import ExportRequest, Person
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.usecases import change_person, record_death, write_set
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/desk/registry/sheets/"
NEW_TEMPLATE = f"{AT}templates/new/"
SETTINGS = {"name": "老年人月报", "level": "community", "due_day": "25", "due_next": ""}
THIS = timezone.localdate().replace(day=1)
BEFORE = THIS.replace(year=THIS.year - 1, month=12) if THIS.month == 1 else THIS.replace(month=THIS.month - 1)
Send = Callable[..., Any]


def sends(town: Town, who: str, address: str, data: dict[str, Any] | None = None) -> Any:
    client = signed_in(town.accounts[who])
    page = client.get(address).content.decode()
    key = re.findall(r'name="submit_key" value="([^"]+)"', page)
    return client.post(address, {**(data or {}), "submit_key": key[0] if key else ""})


def file(content: bytes, name: str = "老年人.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def uploaded(town: Town, content: bytes | None = None, **told: str) -> SheetTemplate:
    answer = sends(town, "supervisor", NEW_TEMPLATE, {**SETTINGS, **told, **file(content or template_workbook())})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return SheetTemplate.objects.latest("id")


def elder(town: Town, room: str, name: str, serial: int, phone: str = "") -> Person:
    now = timezone.now()
    more = {"phone": phone} if phone else {}
    made = make_person(
        make_room(town.building, name=room),
        name,
        now=now,
        id_number=make_id(date(1941, 5, 6), serial),
        born_on=date(1941, 5, 6),
        sex="1",
        **more,
    )
    write_set(person_id=made.pk, name="elderly", values={"living": "alone"}, source="visit", by=town.hu, now=now)
    return made


def fill_address(town: Town, template: SheetTemplate, month: date = THIS) -> str:
    return f"{AT}{template.pk}/fill/{town.community.code}/{month:%Y-%m}/"


def fills(town: Town, template: SheetTemplate, month: date = THIS, who: str = "hu", **told: str) -> openpyxl.Workbook:
    answer = sends(town, who, fill_address(town, template, month), dict(told))
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert turn() == 1
    task = Task.objects.latest("id")
    assert task.state == "done", task.error
    return fetched(town, task, who)


def fetched(town: Town, task: Task, who: str = "hu") -> openpyxl.Workbook:
    answer = signed_in(town.accounts[who]).get(f"/desk/tasks/{task.pk}/download/")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:] if cell.fill.fill_type else ""


def test_from_the_template_to_the_sheet_and_only_what_changed_is_marked(town: Town) -> None:
    first = elder(town, "501", "王德发", 21, "16100000001")
    gone = elder(town, "502", "李四", 23)
    elder(town, "503", "赵六", 25)
    template = uploaded(town)
    sheet = fills(town, template, BEFORE)["老年人"]
    assert sheet["A1"].value == f"馨泰社区老年人月报 {BEFORE.year}年{BEFORE.month}月"
    assert (sheet["B2"].value, sheet["D2"].value) == (3, 3)
    assert [sheet.cell(4, n).value for n in range(1, 6)] == [1, "王*", "161****0001", "独居", "独居老人"]
    assert sheet["A7"].value == "合计"  # what stood below the row stands below the rows
    assert sheet["B7"].value == "=COUNTA(B4:B6)"
    assert not any(colour(sheet.cell(row, column)) for row in range(4, 7) for column in range(1, 7))
    assert Sheet.objects.get().against is None

    now = timezone.now()
    change_person(person_id=first.pk, changes={"phone": "16100000009"}, source="visit", by=town.hu, now=now)
    record_death(person_id=gone.pk, on=timezone.localdate(), source="visit", by=town.hu, now=now)
    elder(town, "504", "=1+1", 27)
    book = fills(town, template)
    sheet = book["老年人"]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == ["王*", "赵*", "=*"]
    assert sheet["B6"].data_type == "s"
    assert sheet["F3"].value == "变动"
    assert [sheet.cell(row, 6).value for row in (4, 5, 6)] == ["变更: 手机", None, "新增"]
    assert (colour(sheet["C4"]), colour(sheet["B4"]), colour(sheet["B6"]), colour(sheet["B5"])) == ("FFF2CC", "", "E2F0D9", "")
    told = [[cell.value for cell in row] for row in book["变动情况"].iter_rows(min_row=5)]
    assert sorted(str(row[0]) for row in told) == ["减少", "变更", "新增"]
    lost = next(row for row in told if row[0] == "减少")
    assert lost[2] == "李*"
    assert "死亡" in lost[4]
    made = Sheet.objects.latest("id")
    assert (made.rows, made.new_rows, made.changed_rows, made.gone_rows, made.against) == (3, 1, 1, 1, BEFORE)
    page = signed_in(town.accounts["hu"]).get(AT).content.decode()
    assert "新增 1，变更 1，减少 1" in page

    again = fills(town, template)["老年人"]  # made again, it is compared with the month before still
    assert again["F4"].value == "变更: 手机"
    assert {"interchange.sheet_template_kept", "interchange.sheet_asked", "interchange.sheet_made"} <= set(
        Entry.objects.values_list("what", flat=True)
    )
    assert Entry.objects.filter(what="tasks.fetched").count() == 3
    assert not any("德发" in str(task.params) + task.summary for task in Task.objects.all())
    assert "16100000009" not in made.snapshot.reveal()
    assert "王" not in made.snapshot.reveal()
