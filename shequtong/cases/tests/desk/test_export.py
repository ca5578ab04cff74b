"""The queue as a table: what the page shows and no more, by its filters, logged; with the rights of the moment it is made."""

import re
from datetime import datetime
from io import BytesIO

import pytest
import python_calamine
from django.utils import timezone

from shequtong.access.testing import let_expire
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases.exports import without_numbers
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.choose_columns import choose_columns
from shequtong.cases.workflow import Stage
from shequtong.files import storage
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.tasks.usecases import fetch_result
from shequtong.tasks.xlsx import HEAD
from shequtong.testing.crowd import copy_cases
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def ask(town: Town, who: str, address: str = "/desk/cases/") -> Task:
    """Press the button on the queue page."""
    browser = signed_in(town.accounts[who])
    page = browser.get(address).content.decode()
    form = re.search(r'<form[^>]+action="/desk/cases/export/".*?</form>', page, re.DOTALL)
    assert form, "no button"
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.group(0)))
    answer = browser.post("/desk/cases/export/", {**typed, "query": typed["query"].replace("&amp;", "&")})
    assert answer.status_code == 302
    return Task.objects.get(pk=int(answer["Location"].split("/")[-2]))


def made(town: Town, who: str, task: Task) -> list[list[object]]:
    """The rows of the table."""
    assert turn() == 1
    _task, blob = fetch_result(task_id=task.pk, by=town.actor(who), now=timezone.now())
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(storage.read(blob.key, storage.DOCUMENT)))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_holds_the_rows_of_the_page_by_its_filters_and_is_logged(town: Town) -> None:
    wanted = make_case(town, stage=Stage.REGISTERED)
    make_case(town, stage=Stage.HANDLING)
    Case.objects.filter(pk=wanted.pk).update(title="=1+1 打13812345678")
    task = ask(town, "chen", "/desk/cases/?stage=registered")
    rows = made(town, "chen", task)
    assert [row[0] for row in rows[HEAD:]] == [wanted.number]
    assert rows[HEAD][1] == "=1+1 打138****5678"
    assert "陈立" in str(rows[1][0])
    assert str(Stage.REGISTERED.label) in str(rows[1][0])
    entry = Entry.objects.get(what="cases.exported")
    assert (entry.account_id, entry.object_id) == (town.chen.account_id, task.pk)
    assert '"rows":1' in str(entry.facts).replace(" ", "").replace("'", '"')


def test_who_sees_headers_gets_headers(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    rows = made(town, "xu", ask(town, "xu"))
    assert rows[HEAD][0] == case.number
    assert len(rows[HEAD - 1]) == 8
    assert case.title not in rows[HEAD]


def test_columns_that_its_reader_leaves_out_are_left_out_and_moments_are_moments(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    choose_columns(shown={"place", "stage"}, by=town.chen, now=timezone.now())
    rows = made(town, "chen", ask(town, "chen"))
    assert len(rows[HEAD - 1]) == len(rows[HEAD]) == 5
    assert rows[HEAD][:4] == [case.number, case.title, "馨泰社区第一网格", str(Stage.HANDLING.label)]
    assert isinstance(rows[HEAD][4], datetime)


def test_columns_that_its_reader_adds_are_added_and_headers_name_nobody(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    choose_columns(shown={"stage", "days", "person", "channel"}, by=town.chen, now=timezone.now())
    rows = made(town, "chen", ask(town, "chen"))
    assert rows[HEAD][:3] == [case.number, case.title, str(Stage.HANDLING.label)]
    assert float(str(rows[HEAD][3])) < 0  # overdue since spring
    assert rows[HEAD][5] == str(Case.Channel.RESIDENT.label)
    assert len(rows[HEAD]) == 7
    assert len(made(town, "chen", ask(town, "chen", "/desk/cases/?reach=all"))[HEAD]) == 5


def test_what_waits_for_one_is_what_is_exported(town: Town) -> None:
    mine = make_case(town, stage=Stage.REGISTERED)
    make_case(town, stage=Stage.INTAKE)
    rows = made(town, "lin", ask(town, "lin", "/desk/cases/?waits=me"))
    assert [row[0] for row in rows[HEAD:]] == [mine.number]
    assert "等我办理" in str(rows[1][0])


def test_the_next_street_gets_its_own(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    assert "/desk/cases/export/" not in signed_in(town.accounts["gao"]).get("/desk/cases/").content.decode()


def test_every_row_once_over_many_batches(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    copy_cases([case], 1200, paths=[town.grid.path])
    rows = made(town, "chen", ask(town, "chen"))
    assert len({row[0] for row in rows[HEAD:]}) == len(rows[HEAD:]) == 1201


def test_nothing_is_made_after_the_post_has_ended(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    task = ask(town, "chen")
    let_expire(task.account_id)
    turn()
    assert Task.objects.get(pk=task.pk).state == Task.State.FAILED
    assert not Entry.objects.filter(what="cases.exported").exists()


def test_a_long_number_in_a_title_is_masked() -> None:
    assert without_numbers("打13812345678或65120000找3幢502") == "打138****5678或****找3幢502"
