"""One reading serves who looks at the first rows and who takes them all; a cell that comes again is understood as it was, and no other with it."""

from datetime import date
from typing import Any, cast

from shequtong.interchange.people_in.heads import Head, is_people
from shequtong.interchange.people_in.places import Places
from shequtong.interchange.people_in.received import received
from shequtong.interchange.people_in.table import Reading
from shequtong.interchange.people_in.translate import Translator

TABLE = "姓名,性别,现住址\n张三,男,枫桥路12号\n李四,女,枫桥路12号\n王五,男,枫桥路12号\n".encode()
HEAD = Head(1, ("姓名", "性别", "职业", "现住址"))


class _OneDoor:
    def door(self, _said: Any) -> int:
        return 7


def test_who_has_seen_the_first_rows_reads_on() -> None:
    with Reading(TABLE) as rows:
        assert [number for number, _cells in rows.first(2)] == [1, 2]
        assert received(TABLE, "a.csv", rows) == received(TABLE, "a.csv")
        assert [cells[0] for _number, cells in rows] == ["姓名", "张三", "李四", "王五"]
        assert list(rows) == [], "once"


def test_a_reading_that_is_left_leaves_no_process() -> None:
    with Reading(TABLE * 20_000) as rows:  # more than a pipe holds
        assert len(rows.first(1)) == 1
        child = rows._child
        assert child.poll() is None
    assert child.poll() is not None


def test_a_cell_that_comes_again_is_understood_as_before() -> None:
    """1, "1" and yes are equal to a dictionary, and three things in a cell."""
    translator = Translator(HEAD, ["name", "sex", "occupation", "address"], cast(Places, _OneDoor()), date(2026, 4, 13))
    cells: list[Any] = ["男", "1", 1, True, "1", "男", "不明白", "不明白", "１", None]
    lines = [translator.line_of((number, ["张三", cell, "职员", "枫桥路12号"])) for number, cell in enumerate(cells, 2)]
    told = [line.incoming.facts.get("sex") if line and line.incoming else "refused" for line in lines]
    assert told == ["1", "1", "1", "refused", "1", "1", "refused", "refused", "1", None]
    assert {line.incoming.facts["occupation"] for line in lines if line and line.incoming} == {"职员"}


def test_headings_once_more_are_no_people_and_one_word_of_them_is() -> None:
    assert not is_people(["姓名", "性别", "职业", "现住址"], HEAD)
    assert not is_people(["姓名", "性别", None, None], HEAD)
    assert is_people(["张三", "性别", "职员", "枫桥路12号"], HEAD)
    assert not is_people(["第二组", "第二组", "第二组", "第二组"], HEAD)
    assert is_people(["张三", "张三", "职员", "张三"], HEAD)
