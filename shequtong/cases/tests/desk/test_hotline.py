"""The hotline's pages: a table is looked at, then imported as a task; the case page says which due time holds and who may know the caller."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.hotline.replies import DONE, NAMES, SEND_BACK, reply_rows
from shequtong.cases.models import Case, WorkOrder
from shequtong.cases.paper import case_file
from shequtong.cases.sheets import case_sheet
from shequtong.cases.tests.usecases.test_hotline import LIGHT, LINE, ORDER, table
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import run_tasks
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)
IN_A_GRID = (*LINE[:4], "馨泰社区第一网格门口", *LINE[5:])


def sent(town: Town, address: str, data: dict[str, object]) -> str:
    """Where the form led."""
    client = signed_in(town.accounts["shen"])
    page = client.get(address).content.decode()
    key = re.findall(r'name="submit_key" value="([^"]+)"', page)[-1]
    answer = client.post(address, {**data, "submit_key": key})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def rows_of(task: Task) -> list[list[object]]:
    """The table a task made."""
    (blob,) = Blob.objects.of(task)
    book = CalamineWorkbook.from_filelike(io.BytesIO(storage.read(blob.key, storage.DOCUMENT)))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def test_from_the_table_to_the_case_and_back(town: Town) -> None:
    content = table(
        IN_A_GRID, ("SZ2", *IN_A_GRID[1:5], "", *IN_A_GRID[6:]), ("SZ3", *IN_A_GRID[1:4], "无名路1号", *IN_A_GRID[5:])
    )
    upload = sent(town, "/desk/hotline/import/", {"file": SimpleUploadedFile("工单.xlsx", content)})
    page = signed_in(town.accounts["shen"]).get(upload).content.decode()
    assert "SZ2" in page
    assert "13912345678" not in page
    assert "李建国" not in page
    assert b"13912345678" not in b"".join(storage.read(blob.key, storage.DOCUMENT) for blob in Blob.objects.within(STREET))
    assert not Case.objects.exists()

    left_open = signed_in(town.accounts["shen"]).post(
        upload, {"submit_key": re.findall(r'name="submit_key" value="([^"]+)"', page)[-1], "class_0": ""}
    )
    assert left_open.status_code == 422  # nothing stays out without being told to
    sent(town, upload, {"class_0": "L01"})
    assert run_tasks(worker="t", clock=timezone.now)
    task = Task.objects.get(kind="cases.import_orders")
    assert task.state == "done", task.error
    assert task.left_out
    assert task.summary.count("\n") == 2  # why two were not imported
    assert [(row[1], bool(row[2]), bool(row[4])) for row in rows_of(task)[3:]] == [
        *(("SZ1", True, False), ("SZ2", False, True), ("SZ3", False, True)),
    ]

    WorkOrder.objects.filter(subdistrict=STREET).update(received_at=timezone.now() - timedelta(hours=1))
    assert "SZ1" in signed_in(town.accounts["shen"]).get("/desk/hotline/").content.decode()
    client = signed_in(town.accounts["shen"])
    key = re.findall(r'name="submit_key" value="([^"]+)"', client.get("/desk/hotline/").content.decode())[0]
    assert client.post("/desk/hotline/export/", {"submit_key": key}).status_code == 302
    assert run_tasks(worker="t", clock=timezone.now)
    export = Task.objects.get(kind="cases.export_orders")
    assert export.state == "done", export.error
    assert rows_of(export)[3][0] == "SZ1"
    assert WorkOrder.objects.get(subdistrict=STREET).exported_at is not None


@pytest.mark.parametrize(("who", "knows"), [("shen", True), ("hu", True), ("chen", True), ("lin", False), ("wang", False)])
def test_the_case_page_and_file_name_a_confidential_caller_to_few(town: Town, who: str, knows: bool) -> None:
    told = replace(ORDER, confidential=True, address="馨泰社区第一网格")
    now = timezone.now()
    (done,) = usecases.import_orders(
        orders=[told], classes={LIGHT: "L01"}, subdistrict=STREET, source="工单.xlsx", by=town.shen, now=now
    )
    usecases.register_case(number=done.case_number, by=town.shen, now=now)
    usecases.dispatch_case(number=done.case_number, to=town.police.pk, by=town.lin, now=now)
    client = signed_in(town.accounts[who])
    page = client.get(f"/desk/cases/{done.case_number}/").content.decode()
    assert ORDER.number in page
    # Not even masked, to anybody: what stands on a page is looked at without a log, and paper is passed on.
    assert ("/contact/" in page) is knows
    assert (client.get(f"/desk/cases/{done.case_number}/contact/").status_code == 200) is knows
    case = Case.objects.select_related("reporter").get(subdistrict=STREET)
    paper = str(case_file(case_sheet(case), by=town.actor(who), now=now).data)
    correcting = client.get(f"/desk/cases/{done.case_number}/correct/").content.decode()
    for shown in (page, paper, correcting):
        assert not any(told in shown for told in ("5678", "李建国", "李*"))


def test_a_second_sending_is_told_before_and_after(town: Town) -> None:
    once, again = IN_A_GRID, (*IN_A_GRID[:5], "楼道灯不亮，第二次来电", *IN_A_GRID[6:10], "2026-04-20")
    for line in (once, again):
        upload = sent(town, "/desk/hotline/import/", {"file": SimpleUploadedFile("工单.xlsx", table(line))})
        page = signed_in(town.accounts["shen"]).get(upload).content.decode()
        sent(town, upload, {"class_0": "L01"})
        assert run_tasks(worker="t", clock=timezone.now)
    assert "2026-04-15 23:59 → 2026-04-20 23:59" in page
    row = rows_of(Task.objects.filter(kind="cases.import_orders").latest("pk"))[3]
    assert "2026-04-15 23:59 → 2026-04-20 23:59" in str(row[4])
    case = Case.objects.get(subdistrict=STREET)
    assert case.text == IN_A_GRID[5]
    assert (
        "2026-04-15 23:59 → 2026-04-20 23:59"
        in signed_in(town.accounts["shen"]).get(f"/desk/cases/{case.number}/").content.decode()
    )


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken", "工单编号,接收时间,问题描述\n".encode("gbk")])
def test_a_file_that_is_no_workbook_comes_back_with_why(town: Town, content: bytes) -> None:
    client = signed_in(town.accounts["shen"])
    page = client.get("/desk/hotline/import/").content.decode()
    key = re.findall(r'name="submit_key" value="([^"]+)"', page)[-1]
    answer = client.post("/desk/hotline/import/", {"file": SimpleUploadedFile("工单.xlsx", content), "submit_key": key})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode() or 'role="alert"' in answer.content.decode()


def test_the_reply_says_why_and_by_whom(town: Town) -> None:
    """办结 with the answer, who wrote and who approved it; 回退 with the reason; a merged one as the case it was merged into."""
    now = timezone.now()
    numbers = [
        done.case_number
        for done in usecases.import_orders(
            orders=[
                replace(ORDER, number=f"SZ{n}", address="馨泰社区第一网格", received_at=now - timedelta(hours=1), due_at=None)
                for n in range(3)
            ],
            classes={LIGHT: "L01"},
            subdistrict=STREET,
            source="t",
            by=town.shen,
            now=now,
        )
    ]
    usecases.not_accept_case(number=numbers[0], why="not_ours", words="不属本街道管辖", by=town.shen, now=now)
    usecases.merge_case(number=numbers[1], into=numbers[2], reason="同一盏灯", by=town.shen, now=now)
    rows = [row[:7] for row in reply_rows(list(WorkOrder.objects.filter(subdistrict=STREET).order_by("id")))]
    assert [(row[1], row[3], row[5]) for row in rows] == [
        (numbers[0], str(NAMES[SEND_BACK]), "不属本街道管辖"),
        (numbers[2], "", ""),  # open, as the other is
        (numbers[2], "", ""),
    ]
    usecases.register_case(number=numbers[2], by=town.shen, now=now)
    usecases.dispatch_case(number=numbers[2], to=town.police.pk, by=town.lin, now=now)
    usecases.accept_case(number=numbers[2], by=town.wang, now=now)
    usecases.handle_case(number=numbers[2], result="已更换", by=town.wang, now=now)
    usecases.verify_case(number=numbers[2], by=town.sun, now=now)
    usecases.answer_case(number=numbers[2], text="您好，已修复。", publish=False, by=town.lin, now=now)
    usecases.close_case(number=numbers[2], by=town.shen, now=now)
    orders = list(WorkOrder.objects.filter(subdistrict=STREET).order_by("id"))
    assert [(row[3], row[5], row[6]) for row in list(reply_rows(orders))[1:]] == 2 * [
        (str(NAMES[DONE]), "您好，已修复。", town.lin.name)
    ]
    assert all(order.responded_at == now for order in orders[1:])
