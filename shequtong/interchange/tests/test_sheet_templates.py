"""Templates of sheets: what is not known is told at its cell, wicked files are refused, the next street is told of nothing."""

import io
import zipfile

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.interchange.models import Sheet, SheetTemplate
from shequtong.interchange.sheets_out.child import CannotReadSheet, looked
from shequtong.interchange.sheets_out.examples import EXAMPLES
from shequtong.interchange.sheets_out.testing import template_workbook
from shequtong.interchange.sheets_out.words import Filter, UnknownWord, understood
from shequtong.interchange.tests.sheets import (
    AT,
    BEFORE,
    NEW_TEMPLATE,
    SETTINGS,
    THIS,
    elder,
    fetched,
    file,
    fill_address,
    fills,
    sends,
    sends_to,
    uploaded,
)
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_not_known_is_told_at_its_cell_and_nothing_is_kept(town: Town) -> None:
    cells = {
        "A8": "{{本月新曾}}",
        "A9": "{{人数:老年}}",
        "A10": "{{姓名}}",
        "A11": "{{行:残疾人}}",
        "A12": "{{月份",
    }
    answer = sends(town, "supervisor", NEW_TEMPLATE, {**SETTINGS, **file(template_workbook(cells))})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not SheetTemplate.objects.exists()
    for told in (
        "老年人!A8",
        "不认识“本月新曾”。是不是要写“本月新增”？",
        "不认识“老年”。是不是要写“老年人”？",
        "这个词只能用在重复行",
        "一张工作表只能有一个重复行",
        "占位词没有写完",
    ):
        assert told in page, told
    empty = sends(
        town, "supervisor", NEW_TEMPLATE, {**SETTINGS, **file(template_workbook({"A1": "x", "B2": 1, "D2": 1}, ("1",) * 5))}
    )
    assert "没有占位词" in empty.content.decode()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_ready_made_template_can_be_uploaded_and_filled(town: Town, name: str) -> None:
    elder(town, "501", "王德发", 21)
    one = EXAMPLES[name]
    content = signed_in(town.accounts["supervisor"]).get(f"{AT}templates/example/{name}/").content
    template = uploaded(town, content, level=one.level, name=one.title, due_day=str(one.due_day))
    unit, who = (town.community, "hu") if one.level == "community" else (town.street, "supervisor")
    assert sends(town, who, f"{AT}{template.pk}/fill/{unit.code}/{THIS:%Y-%m}/").status_code == 302
    assert turn() == 1
    book = fetched(town, Task.objects.latest("id"), who)
    assert not any("{{" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_next_street_is_refused_everywhere(town: Town) -> None:
    template = uploaded(town)
    gao = signed_in(town.accounts["gao"])
    for address in (
        fill_address(town, template),
        AT,
        f"{AT}templates/",
        NEW_TEMPLATE,
        f"{AT}templates/{template.pk}/",
        f"{AT}templates/{template.pk}/file/",
        f"{AT}templates/{template.pk}/retire/",
    ):
        assert gao.get(address).status_code in (404, 405), address
        assert gao.post(address).status_code in (404, 405), address
    assert signed_in(town.accounts["hu"]).get(f"{AT}templates/").status_code == 404


def test_a_template_is_replaced_and_taken_out_of_use(town: Town) -> None:
    elder(town, "501", "王德发", 21)
    template = uploaded(town)
    fills(town, template, BEFORE)
    one = f"{AT}templates/{template.pk}/"
    assert sends(town, "supervisor", one, {**SETTINGS, "name": "老年人名册", "due_next": "next"}).status_code == 302
    row = ("{{行:老年人}}{{序号}}", "{{姓名}}", "{{居住状况}}", "{{年龄}}", "{{变动}}")
    assert sends(town, "supervisor", one, {**SETTINGS, **file(template_workbook(row=row))}).status_code == 302
    template.refresh_from_db()
    assert (template.version, template.due_next) == (2, False)
    sheet = fills(town, template)["老年人"]
    assert [cell.value for cell in sheet[4]][1:3] == ["王*", "独居"]
    assert sheet["E4"].value is None  # what both versions have is the same; what is new in the form is no change
    assert sends(town, "supervisor", one).status_code == 422
    key_page = signed_in(town.accounts["supervisor"])
    assert key_page.get(f"{one}file/").content[:2] == b"PK"
    retired = sends_to(town, one, f"{one}retire/")
    assert retired.status_code == 302
    assert key_page.get(one).status_code == 404
    assert not Sheet.objects.exclude(snapshot="").exists()


def test_a_fact_that_several_sets_have_must_say_whose() -> None:
    with pytest.raises(UnknownWord):
        understood("享受补贴", Filter(marks=("party",)))
    assert understood("残疾人·享受补贴", Filter()).word == "disability.allowance"
    assert understood("享受补贴", Filter(marks=("elderly",))).word == "elderly.allowance"
    assert understood("公民身份号码", Filter()).word == "id_number"


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A workbook with more parts in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, told in parts.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), told)
    return out.getvalue()


def bomb() -> bytes:
    """A worksheet of 700 MB in a file of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template_workbook())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in source.infolist():
            packed.writestr(entry, source.read(entry))
        with packed.open("xl/worksheets/bomb.xml", "w", force_zip64=True) as part:
            for _piece in range(100):
                part.write(b" " * (1 << 20))
    return out.getvalue()


WICKED = {
    "empty": (b" ", "是空的"),
    "text": ("姓名,性别".encode(), "不是 .xlsx"),
    "cut": (template_workbook()[:2000], "损坏"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是 .xlsx"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "macro": (repacked(template_workbook(), xl__vbaProject_dot_bin=b"x"), "宏"),
    "linked": (repacked(template_workbook(), xl__externalLinks__externalLink1_dot_xml=b"<x/>"), "引用或内嵌"),
    "chart": (repacked(template_workbook(), xl__charts__chart1_dot_xml=b"<x/>"), "图表"),
    "formula": (template_workbook({"A9": "=cmd|'/c calc'!A0"}), "公式"),
    "bomb": (bomb(), "太大"),
}


@pytest.mark.parametrize("name", WICKED)
def test_a_wicked_file_ends_in_a_sentence(name: str) -> None:
    content, said = WICKED[name]
    with pytest.raises(CannotReadSheet) as refused:
        looked(content)
    assert said in str(refused.value)


def test_only_a_workbook_is_taken_by_its_name(town: Town) -> None:
    answer = sends(town, "supervisor", NEW_TEMPLATE, {**SETTINGS, **file(template_workbook(), "老年人.xlsm")})
    assert answer.status_code == 422
    assert not SheetTemplate.objects.exists()
