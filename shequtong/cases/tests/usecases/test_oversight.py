"""Urging and its reply, the appeal and its two judgements: who may at which level, and what stays."""

from datetime import timedelta

import pytest

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account
from shequtong.cases import usecases
from shequtong.cases.models import Appeal, Case, Step, Urge
from shequtong.cases.testing import make_case, make_late_case
from shequtong.cases.tests.usecases.test_clocks import CLOCK, counted_right, local
from shequtong.cases.usecases.appeal_case import CannotAppeal
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.usecases.urge_case import CannotUrge
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town


def told(name: str, town: Town, template: str) -> bool:
    """Whether a member of the cast has this message."""
    return Message.objects.filter(account_id=town.accounts[name].pk, template=template).exists()


def test_the_level_of_an_urging_is_that_of_the_post(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    town.accounts["yue"] = make_account("岳平", staff=True)
    make_appointment(town.accounts["yue"], "district_viewer", town.district)
    for by in (town.chen, town.lin, town.supervisor, town.yue):
        usecases.urge_case(number=case.number, requirement="请今日办结", by=by, now=local(14, 10), reply_by=local(14, 18))

    assert list(Urge.objects.order_by("id").values_list("level", flat=True)) == [1, 1, 2, 3]
    case.refresh_from_db()
    assert case.urge_count == 4
    assert told("wang", town, "case.CaseUrged")


def test_one_reply_answers_all_that_wait_and_reaches_who_urged(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.urge_case(number=case.number, requirement="请今日办结", by=town.supervisor, now=local(14, 10))
    usecases.escalate_case(number=case.number, level=1, by=CLOCK, now=local(20, 10))
    with pytest.raises(Forbidden):
        usecases.reply_urge(number=case.number, words="正在处理", by=town.zhou, now=local(20, 11))

    assert usecases.reply_urge(number=case.number, words="明日完成更换", by=town.wang, now=local(20, 11)) == 2

    assert set(Urge.objects.values_list("reply", "replied_by")) == {("明日完成更换", "王强")}
    assert told("supervisor", town, "case.UrgingReplied")
    assert told("lin", town, "case.UrgingReplied")
    with pytest.raises(CannotUrge):
        usecases.reply_urge(number=case.number, words="明日完成", by=town.wang, now=local(20, 12))
    assert counted_right(case)


def test_who_may_not_urge_and_what_is_not_urged(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    for stranger in (town.gao, town.wang, town.sun, town.xu, town.bai):
        with pytest.raises(Forbidden):
            usecases.urge_case(number=case.number, requirement="请办结", by=stranger, now=local(14, 10))
    with pytest.raises(CannotUrge):
        usecases.urge_case(number=case.number, requirement="请办结", by=town.chen, now=local(14, 10), reply_by=local(14, 10))
    with pytest.raises(CannotMove):
        usecases.urge_case(number=case.number, requirement=" ", by=town.chen, now=local(14, 10))
    closed = make_case(town, stage=Stage.CLOSED)
    with pytest.raises(CannotMove):
        usecases.urge_case(number=closed.number, requirement="请办结", by=town.chen, now=local(14, 10))


def test_a_paused_case_is_urged_all_the_same(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=local(14, 10))
    usecases.urge_case(number=case.number, requirement="请先行现场查看", by=town.chen, now=local(14, 11))
    usecases.reply_urge(number=case.number, words="已到现场", by=town.wang, now=local(14, 12))


def appealed(town: Town) -> Case:
    """Handled late, closed, appealed by the station."""
    case = make_late_case(town)
    usecases.appeal_case(number=case.number, reason="等待供电部门停电许可", by=town.wang, now=case.closed_at or MORNING)
    case.refresh_from_db()
    return case


def test_a_granted_appeal_exempts_and_the_late_steps_stay(town: Town) -> None:
    case = appealed(town)
    assert (case.appeal, told("chen", town, "case.AppealMade")) == ("first", True)
    now = case.stage_since + timedelta(days=1)
    with pytest.raises(CannotMove):  # level by level
        usecases.judge_appeal_finally(number=case.number, grant=True, words="情况属实", by=town.supervisor, now=now)
    for stranger in (town.gao, town.lin, town.wang):
        with pytest.raises(Forbidden):
            usecases.judge_appeal(number=case.number, grant=True, words="情况属实", by=stranger, now=now)

    usecases.judge_appeal(number=case.number, grant=True, words="情况属实", by=town.chen, now=now)
    usecases.judge_appeal_finally(number=case.number, grant=True, words="同意不计超时", by=town.supervisor, now=now)

    case.refresh_from_db()
    assert (case.appeal, case.exempt_at, case.handled_late) == ("granted", now, True)
    assert Step.objects.filter(case=case, late=True).exists()
    found = Appeal.objects.get()
    assert (found.first_by, found.first_granted, found.second_by, found.second_granted) == ("陈立", True, "丁岚", True)
    assert Message.objects.filter(account_id=town.accounts["wang"].pk, template="case.AppealJudgedFinally").exists()
    with pytest.raises(CannotMove):  # once a case
        usecases.appeal_case(number=case.number, reason="再次申诉", by=town.wang, now=now)
    assert counted_right(case)


@pytest.mark.parametrize("second", [False, True])
def test_a_refusal_at_either_level_ends_it(town: Town, second: bool) -> None:
    case = appealed(town)
    now = case.stage_since + timedelta(days=1)
    usecases.judge_appeal(number=case.number, grant=second, words="已审核", by=town.chen, now=now)
    if second:
        usecases.judge_appeal_finally(number=case.number, grant=False, words="不予认可", by=town.supervisor, now=now)
    case.refresh_from_db()
    assert (case.appeal, case.exempt_at) == ("refused", None)
    assert told("wang", town, "case.AppealJudgedFinally" if second else "case.AppealJudged")


def test_nobody_judges_twice_nor_their_own(town: Town) -> None:
    case = appealed(town)
    Appeal.objects.filter(case=case).update(account_id=town.accounts["chen"].pk)
    with pytest.raises(CannotAppeal):
        usecases.judge_appeal(number=case.number, grant=True, words="情况属实", by=town.chen, now=case.stage_since)
    Appeal.objects.filter(case=case).update(account_id=town.accounts["wang"].pk)
    usecases.judge_appeal(number=case.number, grant=True, words="情况属实", by=town.chen, now=case.stage_since)
    Appeal.objects.filter(case=case).update(first_account_id=town.accounts["supervisor"].pk)
    with pytest.raises(CannotAppeal):
        usecases.judge_appeal_finally(number=case.number, grant=True, words="情况属实", by=town.supervisor, now=case.stage_since)


def test_what_was_in_time_has_nothing_to_appeal_and_others_may_not(town: Town) -> None:
    in_time, late = make_case(town, stage=Stage.CLOSED), make_late_case(town)
    with pytest.raises(CannotMove):
        usecases.appeal_case(number=in_time.number, reason="请予复核", by=town.wang, now=local(14, 10))
    for stranger in (town.zhou, town.gao, town.chen):
        with pytest.raises(Forbidden):
            usecases.appeal_case(number=late.number, reason="请予复核", by=stranger, now=late.stage_since)
