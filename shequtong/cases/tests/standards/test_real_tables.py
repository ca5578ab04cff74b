"""Both real tables of 运城, whole: every row counted, every row that is not read or wants a second look named, every cell read twice."""

from collections import Counter

from shequtong.cases.standards.findings import Why
from shequtong.cases.standards.lines import Line
from shequtong.cases.standards.reading import Table, read_table
from shequtong.cases.tests.standards.books import (
    FIRST,
    FIRST_COLUMNS,
    OF_CLASS,
    SECOND,
    SECOND_COLUMNS,
    plain_cells,
    real_tables,
    rows_of,
    table_book,
)
from shequtong.core.clock.spoken import Spoken, spoken

pytestmark = real_tables
# Sheet, row and class of each row that could not be read, with the reason. Both tables can be read whole.
UNREADABLE_FIRST: list[tuple[str, int, str, Why]] = []
UNREADABLE_SECOND: list[tuple[str, int, str, Why]] = []


def first_book() -> bytes:
    rows = rows_of(FIRST)
    sheets = [(f"{kind}类", [row for row in rows if row["kind"] == kind]) for kind in ("部件", "事件")]
    return table_book(sheets, FIRST_COLUMNS, (*OF_CLASS, "handling_unit", "supervising_dept"))


def second_book() -> bytes:
    merged = (*OF_CLASS, "supervising_body", "responsible_body", "law", "law_article", "collection_rule")
    return table_book([("部件", rows_of(SECOND))], SECOND_COLUMNS, merged)


def named(table: Table) -> list[tuple[str, int, str, Why]]:
    return [(each.sheet, each.row, each.code, each.why) for each in table.faults]


def test_the_first_edition_is_read_whole() -> None:
    table = read_table(first_book())

    assert named(table) == UNREADABLE_FIRST
    assert (table.rows, len(table.lines)) == (519, 519 - len(UNREADABLE_FIRST))
    assert table.findings == []
    assert Counter(line.kind for line in table.lines) == {"component": 375, "event": 144}
    assert {kind: len({line.code for line in table.lines if line.kind == kind}) for kind in ("component", "event")} == {
        "component": 92,
        "event": 98,
    }


def test_the_second_edition_is_read_whole() -> None:
    table = read_table(second_book())

    assert named(table) == UNREADABLE_SECOND
    assert (table.rows, len(table.lines)) == (279, 279 - len(UNREADABLE_SECOND))
    assert len({line.code for line in table.lines}) == 66
    # Read, but to be looked at: a group named twice, and a limit that holds in one season only.
    assert [(each.row, each.code, each.why, each.value) for each in table.findings] == [
        (127, "C0206", Why.GROUP_NAMES, "交通设施"),
        (230, "C0402", Why.LIMIT_ONLY, "种植季节15工作日"),
    ]
    planting = next(line for line in table.lines if line.source == "部件 230")
    assert (planting.limit_amount, planting.limit_kind, planting.limit_note) == (15, "work_days", "种植季节")


def test_every_cell_of_the_first_edition_is_the_one_another_reader_sees() -> None:
    content = first_book()
    cells, lines = plain_cells(content), read_table(content).lines
    letters = {"部件类": "C", "事件类": "E"}

    for line in lines:
        sheet, row = line.source.rsplit(" ", 1)
        seen = {key: cells[sheet].get(f"{chr(65 + place)}{row}", "") for place, (_heading, key) in enumerate(FIRST_COLUMNS)}
        assert line.code == letters[sheet] + seen["major_code"] + seen["minor_code"]
        assert (line.group_name, line.name) == (seen["major"], seen["minor"].replace("\n", ""))
        for read, key in ((line.register_condition, "filing_condition"), (line.close_condition, "closing_condition")):
            assert read.replace(" ", "") == "".join(seen[key].split())
        assert (line.handling_unit, line.supervising_unit) == (seen["handling_unit"], seen["supervising_dept"])
        assert limit_of(line) == limit_by_hand(seen["time_limit"])


def limit_of(line: Line) -> tuple[int, str, str]:
    return line.limit_amount, line.limit_kind, line.limit_note


def limit_by_hand(text: str) -> tuple[int, str, str]:
    """The sixteen texts of the first edition, by a table written down by hand."""
    known = {
        "1紧急工作时制止": (1, "urgent_hours", "制止"),
        "1紧急工作日": (24, "urgent_hours", ""),
        "2紧急工作日": (48, "urgent_hours", ""),
    }
    if text in known:
        return known[text]
    for unit, kind in (("紧急工作时", "urgent_hours"), ("小时", "work_hours"), ("天", "work_days")):
        if text.endswith(unit):
            return int(text.removesuffix(unit)), kind, ""
    raise AssertionError(text)


def test_the_rule_for_bare_units_is_what_the_second_edition_wrote_out() -> None:
    bare = {
        (row["major_code"], row["minor_code"], row["filing_condition"]): row["time_limit"]
        for row in rows_of(FIRST)
        if row["kind"] == "部件" and row["time_limit"].endswith(("天", "小时"))
    }
    agree, others = 0, []
    for row in rows_of(SECOND):
        before = bare.get((row["major_code"], row["minor_code"], row["filing_condition"]))
        if before is None:
            continue
        ours, theirs = spoken(before), spoken(row["time_limit"])
        assert isinstance(ours, Spoken)
        assert isinstance(theirs, Spoken)
        assert not theirs.bare
        if ours.limit == theirs.limit:
            agree += 1
        else:
            others.append((before, row["time_limit"]))
    assert agree == 252
    assert others == [("1天", "4工作时")] * 3  # shortened by half a day, not another clock
