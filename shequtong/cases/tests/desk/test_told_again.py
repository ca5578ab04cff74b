"""Who takes a case up once more reads why: on the page that dispatches it, on the page that handles it, and where the answer is written."""

import pytest
from django.test import Client

from shequtong.access.actor import AccountActor
from shequtong.accounts.testing import make_account
from shequtong.cases import usecases
from shequtong.cases.examples import EXAMPLES
from shequtong.cases.models import Case
from shequtong.cases.next_move import line
from shequtong.cases.testing import make_case
from shequtong.cases.views.moves.dispatching import suggested_station
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.core.submissions import FIELD
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def page(town: Town, client: Client, who: str, case: Case, verb: str) -> str:
    client.force_login(town.accounts[who])
    return client.get(f"/desk/cases/{case.number}/{verb}/").content.decode()


def test_the_page_that_dispatches_says_who_sent_it_back_and_why(town: Town, client: Client) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.send_back_case(number=case.number, reason="不属于本单位职责", by=town.wang, now=case.stage_since)
    found = page(town, client, "lin", case, "dispatch")
    assert "不属于本单位职责" in found
    assert "已回退" in found


def test_the_page_that_dispatches_says_who_let_it_lie(town: Town, client: Client) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    proposed = suggested_station(case)
    assert proposed is not None
    usecases.dispatch_case(number=case.number, to=proposed, by=town.lin, now=case.stage_since)
    usecases.take_back_case(number=case.number, by=SystemActor("Clock"), now=case.stage_since)
    found = page(town, client, "lin", case, "dispatch")
    assert "逾时未签收，已收回" in found
    assert "此前已承办过本案" in found  # and is proposed once more


def test_the_page_that_dispatches_says_why_it_was_reopened(town: Town, client: Client) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    usecases.reopen_case(number=case.number, reason="路灯又不亮了", by=town.chen, now=case.stage_since)
    found = page(town, client, "lin", case, "dispatch")
    assert "已重开，上次由" in found
    assert "路灯又不亮了" in found
    assert "陈立" in found


def test_what_is_dispatched_for_the_first_time_says_nothing_of_it(town: Town, client: Client) -> None:
    assert "此前已承办过本案" not in page(town, client, "lin", make_case(town, stage=Stage.REGISTERED), "dispatch")


def test_who_handles_again_reads_why_in_message_list_and_page(town: Town, client: Client) -> None:
    case = make_case(town, stage=Stage.VERIFICATION)
    client.force_login(town.accounts["wang"])
    with count_statements() as before:
        assert "井盖仍晃动" not in client.get("/desk/").content.decode()
    usecases.rework_case(number=case.number, reason="井盖仍晃动", by=town.sun, now=case.stage_since)
    with count_statements() as after:
        assert "返工：井盖仍晃动" in client.get("/desk/").content.decode()
    assert len(after.statements) <= len(before.statements) + 1, after.listing
    assert "井盖仍晃动" in page(town, client, "wang", case, "handle")
    told = Message.objects.filter(template="case.CaseReworked", account_id=town.accounts["wang"].pk).get()
    assert "井盖仍晃动" in told.text.reveal()


def test_who_writes_the_answer_reads_what_was_done(town: Town, client: Client) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    done = case.steps.filter(move="handle").get().note
    assert done
    assert done in page(town, client, "shen", case, "answer")


def test_who_goes_and_looks_reads_where_and_what(town: Town, client: Client) -> None:
    case = make_case(town, stage=Stage.CONFIRMATION, cls="0101")
    Case.objects.filter(pk=case.pk).update(address="枫桥路12号北侧")
    found = page(town, client, "sun", case, "confirm")
    assert "枫桥路12号北侧" in found
    assert case.text in found


def test_what_the_reporter_adds_is_not_called_the_work_of_somebody_else(town: Town, client: Client) -> None:
    account = make_account(phone="13998765432")
    case = make_case(town, stage=Stage.CONFIRMATION, cls="0101", account_id=account.pk)
    asked = page(town, client, "sun", case, "confirm")
    key, seen = (asked.split(f'name="{name}" value="')[1].split('"')[0] for name in (FIELD, "seen"))
    usecases.add_to_case(
        number=case.number, words="已经有人差点摔进去", by=AccountActor(account.pk, str(account), None, ()), now=case.stage_since
    )
    data = {"note": "现场属实", "finding": "exists", FIELD: key, "seen": seen}
    answer = client.post(f"/desk/cases/{case.number}/confirm/", data)
    found = answer.content.decode()
    assert answer.status_code == 422
    assert "反映人补充" in found
    assert "已经有人差点摔进去" in found
    assert "他人已办理" not in found


def test_who_has_it_is_who_makes_the_next_move_and_not_the_station_that_is_done(town: Town) -> None:
    at_station, checked = (make_case(town, stage=stage) for stage in (Stage.HANDLING, Stage.VERIFICATION))
    assert "狮山" in line(at_station, at_station.stage_since).who
    assert "核查员" in line(checked, checked.stage_since).who
    assert "狮山" not in line(checked, checked.stage_since).who


def test_an_empty_report_of_handling_comes_back_with_all_that_is_missing_and_the_phrases(town: Town, client: Client) -> None:
    cls = next(one.code for one in EXAMPLES if one.after_photo_required)
    case = make_case(town, stage=Stage.HANDLING, cls=cls)
    usecases.write_phrase(use="handle", title="已修复", text="已到场修复。", by=town.shen, now=case.stage_since)
    key = page(town, client, "wang", case, "handle").split(f'name="{FIELD}" value="')[1].split('"')[0]
    answer = client.post(f"/desk/cases/{case.number}/handle/", {"note": "", FIELD: key})
    found = answer.content.decode()
    assert answer.status_code == 422
    assert "还须上传照片" in found
    assert "已修复" in found
    assert "此类案件须上传处置后照片" in found
    again = client.post(f"/desk/cases/{case.number}/handle/", {"note": "已换井盖。", FIELD: key}).content.decode()
    assert 'id="phrase"' not in again  # it would take away what was written
