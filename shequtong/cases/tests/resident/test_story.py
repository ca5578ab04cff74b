"""The story as its reporter reads it: what time tells again and again stands once, and what was done is not still to come."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.views.resident_story import happened
from shequtong.cases.workflow import Stage
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db


def step(case: Case, number: int, move: str, hours: int) -> Step:
    return Step(
        subdistrict_id=case.subdistrict_id,
        case=case,
        number=number,
        move=move,
        to_stage=Stage.HANDLING,
        at=MORNING + timedelta(hours=hours),
        actor="时钟",
    )


def test_late_is_said_once_a_round_with_how_often_and_since_when(town: Town) -> None:
    case = make_case(town)
    moves = ("intake", "escalate", "handle", "escalate", "escalate", "reopen", "escalate")
    lines = happened([step(case, n, move, n) for n, move in enumerate(moves, start=1)])
    late = [line for line in lines if line.title == "办理超期，已报上级"]
    assert len(late) == 2
    assert [line.at.hour - MORNING.hour for line in late] == [7, 5]  # the latest of each round
    assert late[0].note == ""
    assert late[1].note.startswith("共3次，最早为2026年4月13日 11:")


def own_page(case: Case) -> str:
    """The matter and the list, as its reporter has them."""
    browser = signed_in(Account.objects.get(pk=case.reporter_account_id or 0))
    return "".join(browser.get(address).content.decode() for address in (f"/r/{case.number}/", "/me/"))


def mine(town: Town, stage: Stage, ago: timedelta = timedelta(hours=3)) -> Case:
    return make_case(town, stage=stage, account_id=make_account().pk, now=timezone.now() - ago)


def test_what_is_handled_is_not_promised_any_more(town: Town) -> None:
    under_way, handled = own_page(mine(town, Stage.HANDLING)), own_page(mine(town, Stage.VERIFICATION))
    assert ("应于 " in under_way, "已于" in under_way) == (True, False)
    assert ("应于 " in handled, handled.count("已于")) == (False, 2)  # the matter and its row


def test_an_answer_that_was_sent_is_not_still_to_come(town: Town) -> None:
    case = mine(town, Stage.CLOSING)
    assert "书面答复您之后结案" in own_page(case)
    usecases.answer_case(number=case.number, text="您好，已修复。", publish=False, by=town.lin, now=timezone.now())
    page = own_page(case)
    assert "书面答复您之后结案" not in page
    assert "也已书面答复您" in page


def test_a_time_that_has_passed_is_late_and_the_end_of_reopening_is_no_date_to_come(town: Town) -> None:
    case = mine(town, Stage.HANDLING)
    assert "现已超期" not in own_page(case)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert "现已超期" in own_page(case)
    lately, long_ago = (mine(town, Stage.CLOSED, timedelta(days=days)) for days in (2, 60))
    until = gettext("It is closed. If it is not solved, you can have it reopened until then.")
    assert until in own_page(lately)
    assert until not in own_page(long_ago)
