"""Pages of answers: phrases fill a form without JavaScript, drafts are read by the approver alone, answers are found again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.call_backs import due_for_call_back
from shequtong.cases.testing import make_case
from shequtong.cases.tests.usecases.test_answers import TEXT, approving
from shequtong.cases.workflow import Stage
from shequtong.testing.plans import plans
from shequtong.testing.town import NOON, Town

pytestmark = pytest.mark.django_db


def text(town: Town, who: str, address: str) -> str:
    client = signed_in(town.accounts[who]) if who else Client()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_phrase_that_is_picked_fills_the_form(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    mine = usecases.write_phrase(use="answer", title="已更换灯具", text="您好，灯具已更换。", by=town.shen, now=NOON)
    usecases.write_phrase(use="answer", title="别的分类", text="井盖", class_code="0101", by=town.shen, now=NOON)
    usecases.write_phrase(use="handle", title="别的操作", text="处置", by=town.shen, now=NOON)
    page = text(town, "lin", f"/desk/cases/{case.number}/answer/")
    assert "已更换灯具" in page
    assert "您好，灯具已更换。" not in page
    assert "别的分类" not in page
    assert "别的操作" not in page
    assert "您好，灯具已更换。" in text(town, "lin", f"/desk/cases/{case.number}/answer/?phrase={mine.pk}")


def test_a_draft_is_read_by_the_approver_and_by_no_reporter(town: Town) -> None:
    approving()
    case = make_case(town, stage=Stage.CLOSING, account_id=town.accounts["qian"].pk)
    usecases.answer_case(number=case.number, text=TEXT, publish=True, by=town.lin, now=timezone.now())
    assert TEXT in text(town, "chen", f"/desk/cases/{case.number}/approve_answer/")
    assert TEXT in text(town, "lin", f"/desk/cases/{case.number}/")
    for who in ("", "qian"):
        assert TEXT not in text(town, who, f"/r/{case.number}/")
    usecases.approve_answer(number=case.number, by=town.chen, now=timezone.now())
    for who in ("", "qian"):
        assert TEXT in text(town, who, f"/r/{case.number}/")


def test_answers_are_found_by_words_number_and_class_within_reach(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    for query in ("", "?q=楼道灯已于今日", f"?q={case.number}", "?cls=L01&state=sent"):
        assert case.number in text(town, "lin", f"/desk/answers/{query}")
    for query in ("?q=井盖", "?cls=0101", "?state=draft"):
        assert case.number not in text(town, "lin", f"/desk/answers/{query}")
    assert case.number not in text(town, "gao", "/desk/answers/")


def test_a_closed_case_waits_for_a_call_until_the_reporter_was_reached(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED, now=timezone.now() - timedelta(hours=3))
    assert case.number in text(town, "hu", "/desk/call-backs/")
    assert case.number in text(town, "hu", "/desk/")
    usecases.call_back(number=case.number, reached=False, by=town.hu, now=timezone.now())
    assert case.number in text(town, "hu", "/desk/call-backs/")
    usecases.call_back(number=case.number, reached=True, solved=True, score=2, by=town.hu, now=timezone.now())
    assert case.number not in text(town, "hu", "/desk/call-backs/")
    course = text(town, "lin", f"/desk/cases/{case.number}/").split('class="timeline', 1)[1]
    for heard in (pgettext("call back", "Nobody answered"), _("Solved"), _("Satisfaction %(score)s of 5") % {"score": 2}):
        assert f">{heard}</p>" in course


def test_phrases_are_written_and_ended_on_their_page(town: Town) -> None:
    kept = usecases.write_phrase(use="answer", title="已更换灯具", text="您好，灯具已更换。", by=town.shen, now=NOON)
    assert "已更换灯具" in text(town, "shen", "/desk/phrases/")
    assert "您好，灯具已更换。" in text(town, "shen", f"/desk/phrases/{kept.pk}/")
    assert signed_in(town.accounts["gao"]).get(f"/desk/phrases/{kept.pk}/").status_code == 404


def test_the_oldest_closing_is_called_first_and_who_was_tried_is_said(town: Town) -> None:
    now = timezone.now()
    older, newer = (make_case(town, stage=Stage.CLOSED, now=now - timedelta(days=days)) for days in (20, 3))
    usecases.call_back(number=newer.number, reached=False, by=town.hu, now=now)
    page = text(town, "hu", "/desk/call-backs/")
    for listed in (page, text(town, "hu", "/desk/")):
        assert listed.index(older.number) < listed.index(newer.number)
    assert (
        ngettext("%(n)s time, nobody answered", "%(n)s times, nobody answered", 1) % {"n": 1} in page.partition(newer.number)[2]
    )
    assert (
        ngettext("%(n)s call to make, the oldest closing first", "%(n)s calls to make, the oldest closing first", 2) % {"n": 2}
        in page
    )
    assert older.number not in text(town, "gao", "/desk/call-backs/")


def test_whom_to_call_is_read_in_the_order_of_an_index(town: Town) -> None:
    """A month of a large street has thousands, of whom a workbench shows ten: in order they are read until ten are found."""
    now = timezone.now()
    make_case(town, stage=Stage.CLOSED, now=now - timedelta(days=3))
    with plans("cases_case") as found:
        assert len(due_for_call_back(town.hu, now, 10)) == 1
    ((_sql, plan),) = found
    if connection.vendor == "sqlite":  # how PostgreSQL reads a small table says nothing of a large one
        assert "cases_case_closed" in str(plan)
        assert "TEMP B-TREE" not in str(plan)


def test_what_is_not_solved_is_told_or_reopened_by_who_may(town: Town) -> None:
    told = make_case(town, stage=Stage.CLOSED, now=timezone.now() - timedelta(hours=3))
    address = f"/desk/cases/{told.number}/call_back/"
    page = text(town, "shen", address)
    assert 'name="reopen"' not in page
    assert (
        _(
            "If it is not solved, the director of the precinct office is told, who may reopen it; so may the reporter on the page of their matter."
        )
        in page
    )
    heard = {"reached": "yes", "solved": "no", "score": "2", "words": "灯还是不亮"}
    assert signed_in(town.accounts["shen"]).post(address, {**heard, "reopen": "on"}).status_code == 302
    told.refresh_from_db()
    assert told.stage == Stage.CLOSED  # they may not
    assert told.number in text(town, "chen", "/inbox/")
    mine = make_case(town, stage=Stage.CLOSED, now=timezone.now() - timedelta(hours=3))
    address = f"/desk/cases/{mine.number}/call_back/"
    assert 'name="reopen"' in text(town, "chen", address)
    assert signed_in(town.accounts["chen"]).post(address, {**heard, "solved": "yes", "reopen": "on"}).status_code == 422
    assert signed_in(town.accounts["chen"]).post(address, {**heard, "reopen": "on"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.stage, mine.reopen_count) == (Stage.REGISTERED, 1)
    assert signed_in(town.accounts["gao"]).post(address, heard).status_code in (404, 422)
