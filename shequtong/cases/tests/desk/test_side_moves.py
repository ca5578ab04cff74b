"""The pages beside the way, by the forms staff see: a question and its end, urging and its reply, the appeal and its judgements, a draft returned."""

import re
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.shown import limit_words
from shequtong.cases.testing import make_case, make_late_case
from shequtong.cases.usecases.turns import reckoned
from shequtong.cases.workflow import Stage
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def send(town: Town, who: str, address: str, **data: object) -> Any:
    """Open the page, fill the form, press."""
    client = signed_in(town.accounts[who])
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, who, address)
    found = re.search(r'name="submit_key" value="([^"]+)"', page.content.decode())
    assert found is not None
    return client.post(address, {"submit_key": found[1], **data})


def lately(town: Town, stage: Stage = Stage.HANDLING, **more: Any) -> Case:
    return make_case(town, stage=stage, now=datetime.now(UTC) - timedelta(hours=1), **more)


def last(case: Case) -> str:
    return str(Step.objects.filter(case=case).latest("number").move)


def test_the_reporter_is_asked_and_the_office_resumes(town: Town) -> None:
    case = lately(town)
    assert send(town, "wang", f"/desk/cases/{case.number}/ask_reporter/", note="").status_code == 422
    assert send(town, "wang", f"/desk/cases/{case.number}/ask_reporter/", note="请问是几单元？").status_code == 302
    case.refresh_from_db()
    assert case.paused == "reporter_asked"

    assert send(town, "chen", f"/desk/cases/{case.number}/resume/", note="已电话了解").status_code == 302

    case.refresh_from_db()
    assert (case.paused, last(case)) == ("", "resume")


def test_an_urging_is_replied_to(town: Town) -> None:
    case = lately(town)
    usecases.urge_case(number=case.number, requirement="请今日办结", by=town.chen, now=datetime.now(UTC))

    assert send(town, "wang", f"/desk/cases/{case.number}/reply_urge/", note="今日完成").status_code == 302

    assert last(case) == "reply_urge"


def test_an_appeal_goes_through_two_judgements(town: Town) -> None:
    case = make_late_case(town)
    assert send(town, "wang", f"/desk/cases/{case.number}/appeal/", note="配件停产，非承办原因").status_code == 302
    assert send(town, "chen", f"/desk/cases/{case.number}/judge_appeal/", grant="yes", note="情况属实").status_code == 302
    address = f"/desk/cases/{case.number}/judge_appeal_finally/"
    assert send(town, "supervisor", address, grant="yes", note="同意").status_code == 302

    case.refresh_from_db()
    assert case.appeal == "granted"
    assert case.exempt_at is not None
    assert Step.objects.filter(case=case, late=True).exists()  # the fact stays


def test_a_draft_is_returned_to_be_written_anew(town: Town) -> None:
    case = lately(town, Stage.CLOSING, cls="E01")  # its standard asks for a second pair of eyes
    usecases.answer_case(number=case.number, text="您好，已查处噪音源。", publish=False, by=town.lin, now=datetime.now(UTC))

    assert send(town, "chen", f"/desk/cases/{case.number}/return_answer/", note="请写明处理结果").status_code == 302

    case.refresh_from_db()
    assert (case.answer_waits, case.answered_at) == (False, None)


def test_an_extension_says_from_when_and_until_when_it_reckons(town: Town) -> None:
    case = lately(town)
    page = signed_in(town.accounts["wang"]).get(f"/desk/cases/{case.number}/extend/").content.decode()
    case.refresh_from_db()
    more = copy(case)
    more.clock_extensions += 1
    limit, then = catalogue().limit_of(case.standard_id, case.stage), reckoned(more, Stage.HANDLING, [])
    assert case.clock_from is not None
    said = _(
        "The limit is %(limit)s and has run since %(begun)s. Granted, it becomes %(limit_then)s from the same beginning, not from"
        " the hour of asking or granting: until %(due)s."
    )
    assert (
        said
        % {
            "limit": limit_words(limit),
            "limit_then": limit_words(limit.extended(1)),
            "begun": f"{localtime(case.clock_from):%m-%d %H:%M}",
            "due": f"{localtime(then.due_at):%Y-%m-%d %H:%M}",
        }
        in page
    )
