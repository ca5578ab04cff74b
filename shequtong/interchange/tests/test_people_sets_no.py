"""否 below a set's column (分类列填“否”): told in the trial, ends the set; 肢体、听力 in one cell is what the standard calls it, with its kinds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone, translation

from shequtong.interchange.people_in.sets import SetColumns
from shequtong.interchange.people_in.shown import counted
from shequtong.interchange.tests.test_people_sets import CARD, HOME, book, run
from shequtong.people.models import Disability, PartyMember, PersonMark

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


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [("肢体、听力", "听力残疾、肢体残疾"), ("视力/智力", "视力残疾、智力残疾"), ("言语残疾和听力残疾", "听力残疾、言语残疾")],
)
def test_several_kinds_are_multiple_disability_and_which_is_kept(cell: str, kinds: str) -> None:
    columns = SetColumns(["残疾类别"], ["disability.kind"], timezone.localdate())
    assert columns.read([cell], {}, {}) == {"disability": {"kind": "7", "kinds": kinds}}
    assert columns.read(["多重"], {}, {}) == {"disability": {"kind": "7"}}


@pytest.mark.parametrize("cell", ["肢体、耳背", "多重、视力", "肢体、肢体残疾", "、"])
def test_what_names_no_several_kinds_is_refused(cell: str) -> None:
    wrong: dict[int, str] = {}
    SetColumns(["残疾类别"], ["disability.kind"], timezone.localdate()).read([cell], {}, wrong)
    assert list(wrong) == [0]


def test_several_kinds_come_in_once_and_go_when_it_is_one(run: Run) -> None:
    def table(cell: str) -> bytes:
        return book(("张三", CARD, HOME, cell), headings=("姓名", "身份证号", "现住址", "残疾类别"))

    assert run(table("肢体、视力"))["created"] == 1
    assert (Disability.objects.get().kind, Disability.objects.get().kinds) == ("7", "视力残疾、肢体残疾")
    assert run(table("视力/肢体残疾"))["unchanged"] == 1
    assert run(table("视力"))["updated"] == 1
    held = Disability.objects.get(ended_on=None)
    assert (held.kind, held.kinds) == ("1", "")
