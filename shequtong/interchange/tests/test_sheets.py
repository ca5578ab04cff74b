"""Monthly sheets by the pages offices use: a template uploaded, filled as a task, read with openpyxl; the next month only what changed is marked."""

import pytest
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry, SecurityEvent
from shequtong.interchange.models import Sheet
from shequtong.interchange.sheets_out.compare import Comparison, Snapshot
from shequtong.interchange.sheets_out.examples import EXAMPLES, workbook
from shequtong.interchange.tests.sheets import (
    AT,
    BEFORE,
    THIS,
    colour,
    elder,
    fetched,
    fill_address,
    fills,
    sends,
    sends_to,
    uploaded,
)
from shequtong.people.models import ExportRequest, Person
from shequtong.people.usecases import change_person, record_death
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_template_to_the_first_sheet(town: Town) -> None:
    elder(town, "501", "王德发", 21, "16100000001")
    elder(town, "502", "李四", 23)
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


def test_the_next_month_marks_only_what_changed(town: Town) -> None:
    first = elder(town, "501", "王德发", 21, "16100000001")
    gone = elder(town, "502", "李四", 23)
    elder(town, "503", "赵六", 25)
    template = uploaded(town)
    fills(town, template, BEFORE)
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
    assert "死亡" in str(lost[4])
    made = Sheet.objects.latest("id")
    assert (made.rows, made.new_rows, made.changed_rows, made.gone_rows, made.against) == (3, 1, 1, 1, BEFORE)
    page = signed_in(town.accounts["hu"]).get(f"{AT}?month={THIS:%Y-%m}").content.decode()
    assert "新增 1，变更 1，减少 1" in page

    again = fills(town, template)["老年人"]  # made again, it is compared with the month before still
    assert again["F4"].value == "变更: 手机"
    assert {"interchange.sheet_template_kept", "interchange.sheet_asked", "interchange.sheet_made"} <= set(
        Entry.objects.values_list("what", flat=True)
    )
    assert Entry.objects.filter(what="tasks.fetched").count() == 3


def test_nothing_of_a_person_stands_beside_the_sheet(town: Town) -> None:
    elder(town, "501", "王德发", 21, "16100000009")
    template = uploaded(town)
    fills(town, template)
    made = Sheet.objects.get()
    assert not any("德发" in str(task.params) + task.summary for task in Task.objects.all())
    assert "16100000009" not in made.snapshot.reveal()
    assert "王" not in made.snapshot.reveal()


def test_the_form_of_the_workbook_stays(town: Town) -> None:
    for n, room in enumerate(("501", "502", "503")):
        elder(town, room, "王德发", 21 + 2 * n)
    sheet = fills(town, uploaded(town))["老年人"]
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["B6"].border.left.style) == ("黑体", 18, "thin")
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[6].height, sheet.row_dimensions[7].height) == (31, 22, 40)
    assert sorted(str(one) for one in sheet.merged_cells.ranges) == ["A1:E1", "C7:E7"]
    assert sheet.print_area.endswith("$A$1:$E$7")


def test_nobody_on_the_list_is_said_and_is_no_fault(town: Town) -> None:
    sheet = fills(town, uploaded(town))["老年人"]
    assert (sheet["A4"].value, sheet["B4"].value, sheet["B2"].value) == ("（无）", None, 0)


def test_in_clear_waits_for_a_second_person(town: Town) -> None:
    elder(town, "501", "王德发", 21, "16100000001")
    template = uploaded(town)
    answer = sends(town, "hu", fill_address(town, template), {"in_clear": "on"})
    export = ExportRequest.objects.get()
    assert answer["Location"] == f"/desk/registry/exports/{export.pk}/"
    assert (export.state, Task.objects.count()) == ("waiting", 0)
    assert "待第二人审批" in signed_in(town.accounts["hu"]).get(f"{AT}?month={THIS:%Y-%m}").content.decode()
    assert sends(town, "supervisor", answer["Location"], {"done": "yes"}).status_code == 302
    assert sends_to(town, answer["Location"], f"{answer['Location']}make/", "hu").status_code == 302
    assert turn() == 1
    sheet = fetched(town, Task.objects.get())["老年人"]
    assert [sheet.cell(4, n).value for n in (2, 3)] == ["王德发", "16100000001"]
    look = SecurityEvent.objects.get(what="people.export")
    assert (look.facts["count"], "王" in str(look.facts)) == (1, False)
    assert signed_in(town.accounts["supervisor"]).get(f"/desk/tasks/{Task.objects.get().pk}/download/").status_code == 404


def test_more_than_five_hundred_wait_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys.modules["shequtong.people.usecases.ask_export"], "ALONE", 0)
    elder(town, "501", "王德发", 21)
    template = uploaded(town)
    assert "/exports/" in sends(town, "hu", fill_address(town, template))["Location"]
    assert Task.objects.count() == 0


@pytest.mark.parametrize("leaves", [False, True])
def test_a_list_with_others_on_it_than_were_approved_makes_no_sheet(town: Town, leaves: bool) -> None:
    """Neither one more, nor as many others."""
    elder(town, "501", "王德发", 21, "16100000001")
    where = sends(town, "hu", fill_address(town, uploaded(town)), {"in_clear": "on"})["Location"]
    assert sends(town, "supervisor", where, {"done": "yes"}).status_code == 302
    if leaves:
        Person.objects.update(ended_on=timezone.localdate())
    elder(town, "502", "李四", 23)
    assert sends_to(town, where, f"{where}make/", "hu").status_code == 302
    assert turn() == 1
    task, why = Task.objects.get(), "名单上的人员" if leaves else "名单在审批后"
    assert (task.state, why in task.error, Sheet.objects.get().made_at) == ("failed", True, None), task.error


def test_a_sheet_of_nobody_else_may_grow_no_further_than_nobody_is_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    elder(town, "501", "王德发", 21)
    sends(town, "hu", fill_address(town, uploaded(town)))
    elder(town, "502", "李四", 23)
    monkeypatch.setattr("shequtong.people.usecases._exports.ALONE", 1)
    assert turn() == 1
    task = Task.objects.get()
    assert (task.state, "审批" in task.error) == ("failed", True), task.error


def test_the_street_counts_its_communities(town: Town) -> None:
    elder(town, "501", "王德发", 21)
    template = uploaded(town, workbook(EXAMPLES["changes"]), level="subdistrict", name="人口变动")
    answer = sends(town, "supervisor", f"{AT}{template.pk}/fill/{town.street.code}/{THIS:%Y-%m}/")
    assert turn() == 1
    sheet = fetched(town, Task.objects.latest("id"), "supervisor").worksheets[0]
    assert answer.status_code == 302
    assert [cell.value for cell in sheet[5]][:4] == [1, "馨泰社区", 1, 1]
    assert sheet["A1"].value == "狮山街道人口变动月报表"
    assert "实有人口 1 人、1 户" in str(sheet["A3"].value)
    assert signed_in(town.accounts["hu"]).get(f"{AT}{template.pk}/fill/{town.street.code}/{THIS:%Y-%m}/").status_code == 404


def test_a_month_ahead_and_a_unit_that_does_not_send_it_are_not_there(town: Town) -> None:
    template = uploaded(town)
    hu = signed_in(town.accounts["hu"])
    for end in (
        f"{town.grid.code}/{THIS:%Y-%m}/",
        f"{town.community.code}/2999-01/",
        f"{town.community.code}/2026-13/",
        "x/2026-01/",
    ):
        assert hu.get(f"{AT}{template.pk}/fill/{end}").status_code == 404, end


def test_the_page_of_the_month_costs_the_same_and_tells_what_is_late(town: Town) -> None:
    hu = signed_in(town.accounts["hu"])
    assert "还没有要报送的报表" in hu.get(AT).content.decode()
    template = uploaded(town, due_day="1")
    fills(town, template, BEFORE)
    page = hu.get(f"{AT}?month={BEFORE:%Y-%m}").content.decode()
    assert "逾期" in page
    assert "首次制表" in page
    with count_statements() as few:
        hu.get(f"{AT}?month={BEFORE:%Y-%m}")
    for n in range(3):
        fills(town, uploaded(town, name=f"另一份{n}"), BEFORE)
    with count_statements() as many:
        hu.get(f"{AT}?month={BEFORE:%Y-%m}")
    assert many.warm.total == few.warm.total <= 6, many.listing


def test_what_is_compared_is_bound_to_row_and_column_and_a_key_that_is_gone_says_nothing() -> None:
    first = Comparison(None)
    first.row("表", "1", {"name": "王德发", "phone": "1", "extra:年龄": "80"})
    kept = first.now.as_json()
    assert "王德发" not in str(kept)
    again = Comparison(Snapshot.of(kept))
    assert again.row("表", "1", {"name": "王德发", "phone": "2", "extra:年龄": "81"}) == ("changed", ["phone"])
    assert again.row("表", "2", {"name": "王德发", "phone": "1"}) == ("new", [])
    assert Comparison(Snapshot.of(kept)).gone("表") == ["1"]
    assert Comparison(Snapshot.of({**kept, "key": "k9-gone"})).before is None
