"""What tests of sheets share: to upload, fill and fetch by the pages offices use, and people who are old."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.sheets_out.testing import template_workbook
from shequtong.people.models import Person
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.usecases import write_set
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.testing.town import Town

AT = "/desk/registry/sheets/"
NEW_TEMPLATE = f"{AT}templates/new/"
SETTINGS = {"name": "老年人月报", "level": "community", "due_day": "25", "due_next": "same"}
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
    answer: Any = signed_in(town.accounts[who]).get(f"/desk/tasks/{task.pk}/download/")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:] if cell.fill.fill_type else ""


def sends_to(town: Town, page: str, address: str, who: str = "supervisor") -> Any:
    client = signed_in(town.accounts[who])
    key = re.findall(r'name="submit_key" value="([^"]+)"', client.get(page).content.decode())[-1]
    return client.post(address, {"submit_key": key})
