"""Set columns of an office's table: guessed by heading, each cell by its rule, refused at the cell; special care stays out, whoever asks."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from shequtong.interchange.people_in.mapping import guessed
from shequtong.interchange.people_in.received import received
from shequtong.interchange.usecases import keep_people_table, map_people_table
from shequtong.interchange.usecases.map_people_table import CannotMap
from shequtong.people.models import Disability, Elderly, Hardship, LeftBehind, Migrant, PartyMember, Person, PersonMark
from shequtong.people.testing import make_id, make_room
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
Run = Callable[..., dict[str, Any]]
HOME = "枫桥路12号3幢1单元501室"
OLD = date(1949, 5, 6)
CARD = make_id(OLD)
HEADINGS = (
    *("姓名", "身份证号", "现住址", "残疾证号", "残疾类别", "残疾等级", "是否低保", "低保证号", "保障人数", "月保障金额（元）"),
    *(
        "享受低保时间",
        "入党时间",
        "所属支部",
        "是否流动党员",
        "居住证号",
        "来苏日期",
        "居住证有效期至",
        "老年人类别",
        "高龄津贴",
        "老年证编号",
    ),
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def run(town: Town, tmp_path: Path) -> Run:
    make_room(town.building, name="501")

    def command(content: bytes, *more: str) -> dict[str, Any]:
        path, out = tmp_path / "表.xlsx", io.StringIO()
        path.write_bytes(content)
        call_command("import_people", str(path), "--json", "--subdistrict", "SS", *more, stdout=out)
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    return command


def book(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"strings_to_numbers": False})
    sheet, day = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
    for at, cells in enumerate((headings, *rows)):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, cell, day)
            elif cell != "":
                sheet.write(at, column, cell)
    made.close()
    return out.getvalue()


def line(number: str = CARD, name: str = "张三", **told: Any) -> tuple[Any, ...]:
    values = {"姓名": name, "身份证号": number, "现住址": HOME, **told}
    return tuple(values.get(heading.partition("（")[0], "") for heading in HEADINGS)


FULL: dict[str, Any] = {
    "残疾证号": f"{CARD[:6]} {CARD[6:]}42",
    "残疾类别": "肢体",
    "残疾等级": "Ⅱ级",
    "是否低保": "是",
    "低保证号": "DB-0077",
    "保障人数": "2人",
    "月保障金额": "1,360.50元",
    "享受低保时间": "2023年5月",
    "入党时间": "2001.7.1",
    "所属支部": "枫桥社区第一支部",
    "是否流动党员": "否",
    "居住证号": "320500A1",
    "来苏日期": date(2019, 3, 4),
    "居住证有效期至": "2031/3/4",
    "老年人类别": "独居",
    "高龄津贴": "享受",
    "老年证编号": "/",
}


def test_a_full_row_is_on_record_fact_by_fact(run: Run) -> None:
    told = run(book(line(**FULL)))
    assert (told["created"], told["refused"]) == (1, [])
    disability, hardship, party = Disability.objects.get(), Hardship.objects.get(), PartyMember.objects.get()
    assert (disability.certificate.reveal(), disability.kind, disability.grade) == (f"{CARD}42", "4", "2")
    assert (hardship.kind, hardship.certificate.reveal(), hardship.persons) == ("minimum", "DB-0077", 2)
    assert (hardship.amount, hardship.since_month) == (136_050, date(2023, 5, 1))
    assert (party.joined_on, party.branch, party.floating) == (date(2001, 7, 1), "枫桥社区第一支部", False)
    migrant, elderly = Migrant.objects.get(), Elderly.objects.get()
    assert migrant.permit_number.reveal() == "320500A1"
    assert (migrant.came_on, migrant.permit_until) == (date(2019, 3, 4), date(2031, 3, 4))
    assert (elderly.living, elderly.allowance, bool(elderly.card_number)) == ("alone", "advanced_age", False)
    marks = set(PersonMark.objects.values_list("mark", flat=True))
    assert marks == {"disability", "hardship", "party", "migrant", "elderly", "alone", "care"}


def test_empty_cells_and_no_make_nothing_and_a_second_run_is_none(run: Run) -> None:
    nobody = {"是否低保": "否", "残疾证号": "无", "是否流动党员": "否", "高龄津贴": "无", "老年证编号": "—"}
    content = book(line(**FULL), line(make_id(date(1991, 1, 1)), "李四", **nobody), line(make_id(date(1992, 1, 1)), "王五"))
    assert run(content)["created"] == 3
    assert {one.person.name.reveal() for one in PersonMark.objects.select_related("person")} == {"张三"}
    again = run(content)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)
    assert Disability.objects.count() == Hardship.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "column", "said"),
    [
        ({"残疾证号": "12345"}, "残疾证号", "20 places"),
        ({"残疾证号": CARD}, "残疾证号", "20 places"),
        ({"残疾证号": f"{make_id(date(1980, 2, 2))}42"}, "残疾证号", "somebody else"),
        ({"残疾证号": f"{CARD[:-1]}{'0' if CARD[-1] != '0' else '1'}42"}, "残疾证号", "check digit"),
        ({"残疾证号": float(CARD[:17] + "042")}, "残疾证号", "15 of them"),
        ({"残疾证号": f"{CARD}42", "残疾等级": "三级"}, "残疾等级", "another grade"),
        ({"残疾证号": f"{CARD}42", "残疾类别": "视力残疾"}, "残疾类别", "another kind"),
        ({"残疾类别": "腿脚不便"}, "残疾类别", "肢体残疾"),
        ({"是否低保": "可能"}, "是否低保", "最低生活保障"),
        ({"保障人数": "一家三口"}, "保障人数", "whole number"),
        ({"月保障金额": "约七百"}, "月保障金额（元）", "yuan"),
        ({"享受低保时间": "2023年13月"}, "享受低保时间", "calendar"),
        ({"入党时间": "2099-07-01"}, "入党时间", "future"),
        ({"入党时间": "2001年7月"}, "入党时间", "day of the month"),
        ({"来苏日期": "去年"}, "来苏日期", "no day"),
        ({"低保证号": "DB***7"}, "低保证号", "stars"),
        ({"所属支部": "长" * 61}, "所属支部", "60 characters"),
        ({"是否流动党员": "不清楚"}, "是否流动党员", "yes or no"),
    ],
)
def test_refused_at_the_cell_and_the_next_row_comes(run: Run, told: dict[str, Any], column: str, said: str) -> None:
    found = run(book(line(**told), line(make_id(date(1991, 1, 1)), "李四")))
    (one,) = found["refused"]
    assert (one["row"], one["column"], found["created"]) == (2, column, 1)
    assert said in one["why"]
    assert not PersonMark.objects.exists()


def test_no_beside_facts_is_a_contradiction(run: Run) -> None:
    headings = ("姓名", "现住址", "是否残疾", "残疾等级", "是否党员")
    content = book(("张三", HOME, "否", "二级", "是"), ("李四", HOME, "是", "二级", "否"), headings=headings)
    found = run(content)
    assert [(one["row"], one["column"]) for one in found["refused"]] == [(2, "是否残疾")]
    assert set(PersonMark.objects.values_list("mark", flat=True)) == {"disability", "care"}


def test_words_of_headings_that_stand_in_cells(run: Run) -> None:
    """党员 below 党员 means yes, and a row of such words is none of headings."""
    headings = ("姓名", "现住址", "残疾", "党员", "低保", "独生子女", "独居")
    content = book(("张三", HOME, "残疾", "党员", "低保", "独生子女", "独居"), ("李四", HOME, "", "党员"), headings=headings)
    assert run(content)["created"] == 2
    assert set(PersonMark.objects.values_list("mark", flat=True)) == {
        *("disability", "party", "hardship", "family", "elderly"),
        *("alone", "care"),
    }
    assert PartyMember.objects.count() == 2
    assert Hardship.objects.get().kind == "minimum"


def test_the_file_of_refused_rows_mended_comes_in(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "refused.xlsx"
    run(book(line(残疾类别="腿脚不便", 入党时间="2001-07-01")), "--refused", str(out))
    assert run(out.read_bytes())["refused"][0]["column"] == "残疾类别"


@pytest.mark.parametrize(
    ("headings", "targets"),
    [
        (
            ("姓名", "住址", "残疾证号", "类别", "等级"),
            ["name", "address", "disability.certificate", "disability.kind", "disability.grade"],
        ),
        (("姓名", "住址", "残疾信息·等级", "党员信息·类别"), ["name", "address", "disability.grade", "party.kind"]),
        (("姓名", "住址", "类别", "等级"), ["name", "address", "", ""]),
        (
            ("姓名", "住址", "留守类型", "家属姓名", "家属电话"),
            ["name", "address", "left_behind.kind", "left_behind.relative_name", "left_behind.relative_phone"],
        ),
        (("姓名", "住址", "就业状态", "政治面貌", "工种"), ["name", "address", "employment.state", "political", "occupation"]),
    ],
)
def test_guessed_by_heading_and_by_those_beside_it(headings: tuple[str, ...], targets: list[str]) -> None:
    assert [one.target for one in guessed(headings, ())] == targets


@pytest.mark.parametrize(
    "heading",
    ["刑满释放日期", "罪名", "是否社区矫正", "诊断类型", "吸毒史", "HIV", "信访次数", "重点人员类别", "精神障碍·危险等级"],
)
def test_special_care_is_known_and_stays_out(heading: str) -> None:
    (_name, _home, care) = guessed(("姓名", "住址", heading), ())
    assert (care.target, care.barred) == ("", True)
    assert "store" in care.why
    (_name, _home, care) = guessed(("姓名", "住址", heading), (), ["name", "address", "remarks"])
    assert care.target == "", "an older choice does not open the door"


def test_special_care_is_known_by_what_stands_below_too() -> None:
    rows = [["张三", HOME, "刑满释放人员"], ["李四", HOME, "社区矫正对象"], ["王五", HOME, ""]]
    assert guessed(("姓名", "住址", "人员类别"), rows)[2].barred
    assert not guessed(("姓名", "住址", "备注"), [["张三", HOME, "精神残疾"], ["李四", HOME, "社区志愿者"]])[2].barred
    assert not guessed(("姓名", "住址", "残疾类别"), [["张三", HOME, "精神残疾"]])[2].barred


def test_who_maps_special_care_is_refused_whatever_the_door(town: Town, run: Run, tmp_path: Path) -> None:
    content = "姓名,现住址,罪名\n张三,枫桥路12号,盗窃\n".encode()
    table = keep_people_table(read=received(content, "a.csv"), by=town.hu, now=timezone.now())
    assert table.targets == ["name", "address", ""]
    with pytest.raises(CannotMap, match="罪名"):
        map_people_table(
            table_id=table.pk, targets=["name", "address", "remarks"], source="import", by=town.hu, now=timezone.now()
        )
    columns = tmp_path / "map.json"
    columns.write_text(json.dumps({"姓名": "name", "现住址": "address", "罪名": "remarks"}))
    with pytest.raises(CommandError, match="罪名"):
        run(content, "--columns", str(columns))
    assert not Person.objects.exists()
    assert not LeftBehind.objects.exists()


def test_a_certificate_is_known_by_what_stands_in_it() -> None:
    rows = [["张三", HOME, f"{CARD}42", CARD], ["李四", HOME, "", ""]]
    targets = [one.target for one in guessed(("姓名", "住址", "证", "号"), rows)]
    assert targets == ["name", "address", "disability.certificate", "id_number"]
