"""否 below a set's column (分类列填“否”): told in the trial, ends the set; 肢体、听力 in one cell is answered with what the standard calls it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone, translation

from shequtong.interchange.people_in.sets import SetColumns
from shequtong.interchange.people_in.shown import counted
from shequtong.interchange.tests.test_people_sets import CARD, HOME, book, run
from shequtong.people.models import PartyMember, PersonMark

pytestmark = pytest.mark.django_db
HEADINGS = ("姓名", "身份证号", "现住址", "是否党员")
Run = Callable[..., dict[str, Any]]
__all__ = ["run"]


def test_a_later_table_says_no(run: Run) -> None:  # the fixture of the other file
    yes, no = (book(("张三", CARD, HOME, word), headings=HEADINGS) for word in "是否")
    assert run(yes)["created"] == 1
    assert run(no, "--dry-run")["updated"] == 1
    assert PartyMember.objects.get().ended_on is None
    assert run(no)["updated"] == 1
    assert (PartyMember.objects.get().ended_on, PersonMark.objects.count()) == (timezone.localdate(), 0)
    assert run(no)["unchanged"] == 1


def test_the_trial_says_of_how_many() -> None:
    with translation.override("en"):
        told = counted(type("Table", (), {"tried": {"over": 3}, "names": []})())
    assert told["remarks"] == ["Of 3 persons on record the table says no: what applied to them ends on the day of the import."]


@pytest.mark.parametrize("cell", ["肢体、听力", "视力/智力", "言语残疾和听力残疾"])
def test_several_kinds_are_called_multiple(cell: str) -> None:
    wrong: dict[int, str] = {}
    columns = SetColumns(["残疾类别"], ["disability.kind"], timezone.localdate())
    with translation.override("zh-hans"):
        assert columns.read([cell], {}, wrong) is None
    assert "多重残疾" in wrong[0]
    assert "GB/T 26341" in wrong[0]
    assert columns.read(["多重"], {}, {}) == {"disability": {"kind": "7"}}
