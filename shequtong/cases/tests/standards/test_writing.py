"""What is written into a workbook is read back as it was: lines, limits with their notes, and text that looks like a formula."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from shequtong.cases.standards.comparing import differences
from shequtong.cases.standards.lines import CLASS_FIELDS, ROW_FIELDS
from shequtong.cases.standards.reading import read_table
from shequtong.cases.standards.trees import example_lines
from shequtong.cases.standards.writing import limit_words, write_table
from shequtong.cases.tests.standards.books import plain_cells
from shequtong.core.clock.spoken import Spoken, spoken


def test_all_examples_come_back_as_they_were() -> None:
    numbered = [replace(line, row=place) for place, line in enumerate(example_lines(), start=1)]

    table = read_table(write_table(numbered, footer="陈立"))

    assert table.findings == []
    back = {(line.code, line.row): line for line in table.lines}
    assert len(back) == len(numbered)
    for line in numbered:
        assert differences(line, back[line.code, line.row], (*CLASS_FIELDS, *ROW_FIELDS)) == ()


def test_text_stays_text() -> None:
    line = replace(example_lines()[0], register_condition='=HYPERLINK("http://x")', row=1)

    content = write_table([line], footer="陈立 & 高远")

    assert '=HYPERLINK("http://x")' in plain_cells(content)["部件"].values()
    assert b"<f>" not in content
    assert read_table(content).lines[0].register_condition == '=HYPERLINK("http://x")'


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789一二两三十半个紧急工作时小日天自然分钟内制止()（），、 ", max_size=20))
def test_a_limit_that_was_read_is_written_so_that_it_is_read_again(text: str) -> None:
    found = spoken(text)
    if not isinstance(found, Spoken) or found.limit.extra_minutes:
        return
    note = "，".join(part for part in (found.only, found.note) if part)
    again = spoken(limit_words(found.limit.amount, found.limit.kind, note))
    assert isinstance(again, Spoken), again
    assert again.limit == found.limit
    assert "，".join(part for part in (again.only, again.note) if part) == note
