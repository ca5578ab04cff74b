"""Tables as offices really keep them: titles, sections, repeated headings, blanks that mean "as above", and faults named by cell."""

import io
import zipfile

import pytest

from shequtong.cases.standards.findings import Why
from shequtong.cases.standards.lines import Kind
from shequtong.cases.standards.reading import Table, read_table
from shequtong.cases.standards.workbook import MAX_BYTES, column_letters
from shequtong.cases.tests.standards.books import book
from shequtong.core.workbooks import CannotRead

HEAD = ("大类代码", "大类名称", "小类代码", "小类名称", "立案条件", "处置时限", "结案条件")
COVER = ("01", "公用设施", "01", "上水井盖", "缺失", "2紧急工作时(制止)", "恢复")


def read(*lines: tuple[object, ...], sheet: str = "部件", kind: Kind | None = None) -> Table:
    return read_table(book((sheet, [HEAD, *lines])), kind=kind)


def faults(table: Table) -> list[tuple[int, str, Why, str]]:
    return [(each.row, each.column, each.why, each.value) for each in table.faults]


def test_headings_are_found_by_their_words_below_titles() -> None:
    content = book(
        (
            "表一",
            [
                ("某市部件立案标准", "", "", "", "", "", ""),
                ("单位：某局", "", "", "", "", "", ""),
                (" 处 置 时 限 ", "结案条件", "小类", "大类", "立案条件（情形）", "责任主体", "备注"),
                ("4工作时", "修复", "01上水井盖", "（01）公用设施", "破损", "某公司", "看情况"),
            ],
        ),
        merged=[("表一", "A1:G1"), ("表一", "A2:G2")],
    )
    (line,) = read_table(content).lines
    assert (line.code, line.group_code, line.group_name, line.name) == ("C0101", "01", "公用设施", "上水井盖")
    assert (line.limit_amount, line.limit_kind, line.handling_unit) == (4, "work_hours", "某公司")
    assert "legal_basis" in line.unsaid
    assert "handling_unit" not in line.unsaid


def test_headings_of_two_lines_are_put_together() -> None:
    content = book(
        (
            "事件",
            [
                ("大类", "", "小类", "", "立案条件", "处置时限", "结案条件"),
                ("代码", "名称", "代码", "名称", "", "", ""),
                (1, "市容环境", 10, "暴露生活垃圾", "未入桶", "4小时", "清运"),
            ],
        ),
        merged=[("事件", area) for area in ("A1:B1", "C1:D1", "E1:E2", "F1:F2", "G1:G2")],
    )
    table = read_table(content)
    assert table.findings == []
    assert [(line.code, line.group_name, line.name) for line in table.lines] == [("E0110", "市容环境", "暴露生活垃圾")]


def test_blank_and_merged_cells_repeat_the_class_above() -> None:
    blank = read(COVER, ("", "", "", "", "破损", "1天", "修复"), ("", "", "02", "污水井盖", "缺失", "1天", "补齐"))
    assert [(line.code, line.name, line.group_name) for line in blank.lines] == [
        ("C0101", "上水井盖", "公用设施"),
        ("C0101", "上水井盖", "公用设施"),
        ("C0102", "污水井盖", "公用设施"),
    ]
    cells = [HEAD, COVER, ("", "", "", "", "破损", "", "修复"), ("", "", "02", "污水井盖", "缺失", "1天", "补齐")]
    merged = [("部件", area) for area in ("A2:A4", "B2:B4", "C2:C3", "D2:D3", "F2:F3")]
    table = read_table(book(("部件", cells), merged=merged))
    assert [(line.code, line.limit_amount, line.limit_note) for line in table.lines] == [
        ("C0101", 2, "制止"),
        ("C0101", 2, "制止"),
        ("C0102", 1, ""),
    ]


def test_a_new_group_does_not_inherit_the_class_of_the_one_above() -> None:
    table = read(COVER, ("02", "道路交通", "", "", "破损", "1天", "修复"))
    assert faults(table) == [(3, "C 小类代码", Why.MISSING, "")]


def test_each_fault_names_its_cell_and_the_others_are_read() -> None:
    table = read(
        COVER,
        ("01", "公用设施", "02", "污水井盖", "缺失", "尽快", "恢复"),
        ("01", "公用设施", "03", "雨水井盖", "", "1天", "恢复"),
        ("01", "公用设施", "A4", "路灯井盖", "缺失", "1天", "恢复"),
        ("01", "公用设施", "01", "上水井盖", "缺失", "1天", "恢复"),
        ("01", "公用设施", "01", "自来水井盖", "破损", "1天", "恢复"),
        ("01", "公用设施", "05", "热力井盖", "缺失", "30分钟", "恢复"),
        ("01", "公用设施", "06", "井" * 41, "缺失", "1天", "恢复"),
        ("01", "公用设施", "07", "燃气井盖", "缺失", "#REF!", "恢复"),
        ("01", "公用设施", "08", "园林井盖", "缺失", "1天", "恢复"),
    )
    assert faults(table) == [
        (3, "F 处置时限", Why.LIMIT, "尽快"),
        (4, "E 立案条件", Why.MISSING, ""),
        (5, "C 小类代码", Why.BAD_CODE, "A4"),
        (6, "E 立案条件", Why.TWICE, "缺失"),
        (7, "D 小类名称", Why.TWO_NAMES, "自来水井盖"),
        (8, "F 处置时限", Why.LIMIT_MINUTES, "30分钟"),
        (9, "D 小类名称", Why.TOO_LONG, ("井" * 41)),
        (10, "F 处置时限", Why.FORMULA_ERROR, "#REF!"),
    ]
    assert all(each.text for each in table.findings)
    assert [each.code for each in table.faults][:2] == ["C0102", "C0103"]
    assert [line.code for line in table.lines] == ["C0101", "C0108"]
    assert table.rows == 10


def test_sections_notes_and_repeated_headings_are_no_lines() -> None:
    cells = [
        HEAD,
        ("一、公用设施类", *[""] * 6),
        COVER,
        HEAD,
        ("01", "公用设施", "02", "污水井盖", "缺失", "1天", "恢复"),
        ("注：以上为试行", *[""] * 6),
    ]
    table = read_table(book(("部件", cells), merged=[("部件", "A2:G2")]))
    assert [line.code for line in table.lines] == ["C0101", "C0102"]
    assert [(each.why, each.row) for each in table.findings] == [(Why.HEADING, 2), (Why.HEADING, 6)]


def test_a_line_needs_a_kind_from_somewhere() -> None:
    assert [each.why for each in read(COVER, sheet="Sheet1").faults] == [Why.NO_KIND]
    assert [line.code for line in read(COVER, sheet="Sheet1", kind=Kind.EVENT).lines] == ["E0101"]
    own = book(("Sheet1", [("类型", *HEAD), ("事件", *COVER), ("部件", *COVER)]))
    assert [line.code for line in read_table(own).lines] == ["E0101", "C0101"]


def test_whole_codes_and_other_trees_stand_as_they_are_written() -> None:
    cells = [
        ("类别代码", "所属目录", "类型", "小类", "立案条件", "处置时限", "结案条件"),
        ("G0101", "governance", "事件", "打架斗殴", "正在发生", "1紧急工作时", "制止"),
    ]
    (line,) = read_table(book(("综治", cells))).lines
    assert (line.code, line.tree, line.kind) == ("G0101", "governance", "event")


def test_a_sheet_without_headings_says_so() -> None:
    table = read_table(book(("说明", [("填表说明", "请看"), ("一", "二")]), ("部件", [HEAD, COVER])))
    assert [(each.sheet, each.why) for each in table.findings] == [("说明", Why.NO_HEADER)]
    assert len(table.lines) == 1


def test_what_is_no_workbook_is_refused_with_words() -> None:
    far = zip_of(
        {"xl/worksheets/sheet1.xml": b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'}
    )
    bomb = zip_of({"xl/worksheets/sheet1.xml": b" " * (49 * 1024 * 1024)})
    for content in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"a,b,c",
        book(("部件", [HEAD, COVER]))[:-200],
        far,
        bomb,
        b"0" * (MAX_BYTES + 1),
    ):
        with pytest.raises(CannotRead) as refused:
            read_table(content)
        assert str(refused.value)


def test_columns_are_named_as_the_spreadsheet_does() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def zip_of(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()


WITH_TREE = ("类别代码", "所属目录", "类型", "大类代码", "大类名称", "小类名称", "条目号", "立案条件", "处置时限", "结案条件")


@pytest.mark.parametrize(
    ("told", "tree"), [("综治", "governance"), ("综治平安", "governance"), ("", "governance"), ("own_tree", "own_tree")]
)
def test_a_tree_is_named_by_its_word_or_its_code(told: str, tree: str) -> None:
    line = ("G0101", told, "诉求", "01", "治安隐患", "路灯不亮", "1", "不亮", "2天", "恢复")
    table = read_table(book(("表", [WITH_TREE, line])))
    assert [one.tree for one in table.lines] == [tree]


def test_what_the_tables_have_no_room_for_is_named_and_not_cut() -> None:
    good = ["G0101", "综治", "诉求", "01", "治安隐患", "路灯不亮", "1", "不亮", "2天", "恢复"]
    lines = [[*good] for _time in range(3)]
    lines[0][1] = "没有这个目录"
    lines[1][6], lines[1][7] = "²", "时亮时不亮"  # a digit to Python, to nobody else
    lines[2][3], lines[2][7] = "1" * 30, "常亮"
    table = read_table(book(("表", [WITH_TREE, *lines])))
    assert [(each.row, each.why) for each in table.faults] == [(2, Why.NO_TREE)]
    assert [line.row for line in table.lines] == [0, 1]
    assert all(len(line.group_code) <= 10 for line in table.lines)


def test_a_class_has_as_many_conditions_as_a_page_can_show() -> None:
    lines = [("G0101", "综治", "诉求", "01", "治安隐患", "路灯不亮", "", f"第{n}种", "2天", "恢复") for n in range(45)]
    table = read_table(book(("表", [WITH_TREE, *lines])))
    assert {each.why for each in table.faults} == {Why.TOO_MANY}
    assert (len(table.lines), len(table.faults)) == (40, 5)
