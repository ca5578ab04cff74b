"""Between stations: several help with one case, it goes from one station to another, and the director decides when nobody will."""

from datetime import UTC, datetime, timedelta

import pytest

from shequtong.cases import permissions, usecases
from shequtong.cases.models import Assistance, Case, HandOver, Party, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.answer_assistance import CannotAnswerAssistance
from shequtong.cases.usecases.assign_case import CannotAssign
from shequtong.cases.usecases.dispatch_case import CannotDispatch
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=2)
NEXT_MONDAY = datetime(2026, 4, 20, 3, tzinfo=UTC)  # five working days after LATER


@pytest.fixture(autouse=True)
def figures_agree(db: None) -> object:
    """After each life the counts are what its steps amount to."""
    yield
    assert [each.line() for each in Verification(STREET).differences()] == []


def at_hand(town: Town) -> Case:
    return make_case(town, stage=Stage.HANDLING)


def told(town: Town, name: str) -> list[str]:
    return list(Message.objects.filter(account_id=town.accounts[name].pk).order_by("id").values_list("template", flat=True))


def sent_back_twice(town: Town) -> Case:
    case = make_case(town, stage=Stage.DISPATCHED)
    usecases.send_back_case(number=case.number, reason="属城管职责", by=town.wang, now=LATER)
    usecases.dispatch_case(number=case.number, to=town.urban.pk, by=town.lin, now=LATER)
    usecases.send_back_case(number=case.number, reason="属公安职责", by=town.zhou, now=LATER)
    case.refresh_from_db()
    return case


def test_a_dispatch_asks_several_and_each_has_its_own_clock(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    helpers = [town.urban.pk, town.stations["market_regulation"].pk]
    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=LATER, assisting=helpers, task="清理现场")

    asked = list(Assistance.objects.filter(case=case).order_by("id"))
    assert [(one.station_id, one.task, one.due_at) for one in asked] == [(each, "清理现场", NEXT_MONDAY) for each in helpers]
    assert told(town, "zhou") == told(town, "ma") == ["case.CaseDispatched"]
    usecases.accept_case(number=case.number, by=town.wang, now=LATER)
    usecases.take_assistance(number=case.number, station_id=town.urban.pk, by=town.zhou, now=LATER)
    with pytest.raises(CannotAnswerAssistance):
        usecases.take_assistance(number=case.number, station_id=town.urban.pk, by=town.zhou, now=LATER)
    usecases.answer_assistance(number=case.number, station_id=town.urban.pk, done=True, answer="已清理", by=town.zhou, now=LATER)
    with pytest.raises(CannotMove):
        usecases.handle_case(number=case.number, result="已处置", by=town.wang, now=LATER)
    usecases.answer_assistance(number=case.number, station_id=helpers[1], done=False, answer="非我职责", by=town.ma, now=LATER)
    usecases.handle_case(number=case.number, result="已处置", by=town.wang, now=LATER)
    case.refresh_from_db()
    assert (case.stage, case.assisting_open) == (Stage.VERIFICATION, 0)


@pytest.mark.parametrize("wrong", ["lead", "foreign", "many", "no words"])
def test_who_cannot_assist_is_not_dispatched_to(town: Town, wrong: str) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    others = [one.pk for one in town.stations.values() if one != town.police]
    helpers = {"lead": [town.police.pk], "foreign": [town.next_police.pk], "many": others[:6], "no words": others[:1]}[wrong]
    task = "" if wrong == "no words" else "协助"
    with pytest.raises(CannotDispatch):
        usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=LATER, assisting=helpers, task=task)
    assert not Assistance.objects.filter(case=case).exists()


def test_a_case_is_assigned_to_people_of_the_station_only(town: Town) -> None:
    case = at_hand(town)
    with pytest.raises(CannotAssign):
        usecases.assign_case(number=case.number, account_id=town.accounts["zhou"].pk, by=town.wang, now=LATER)
    usecases.assign_case(number=case.number, account_id=town.accounts["wang"].pk, by=town.wang, now=LATER)
    case.refresh_from_db()
    assert (case.assignee_name, told(town, "wang")[-1]) == (
        "王强",
        "case.CaseDispatched",
    )  # nobody is told what they just did themselves


def test_the_other_station_sees_a_case_while_it_is_offered_and_takes_it(town: Town) -> None:
    case = at_hand(town)
    seen = Case.objects.numbered(case.number)
    assert not seen.within_post(town.zhou, permissions.VIEW).exists()
    usecases.hand_over_case(number=case.number, to=town.urban.pk, reason="属城管职责", by=town.wang, now=LATER)
    assert seen.within_post(town.zhou, permissions.VIEW).exists()
    with pytest.raises(CannotMove):
        usecases.handle_case(number=case.number, result="已处置", by=town.wang, now=LATER)
    due = Case.objects.get(pk=case.pk).due_at

    usecases.take_over_case(number=case.number, by=town.zhou, now=LATER)

    case.refresh_from_db()
    assert (case.lead_station_id, case.assignee_name, case.offered_station_id) == (town.urban.pk, "", None)
    assert case.due_at == due  # the clock runs on
    assert told(town, "wang")[-1] == "case.CaseTakenOver"
    assert "狮山城管" in str(Message.objects.filter(channel="sms").latest("id").text.reveal())
    assert Party.objects.get(case=case, station=town.police)  # who had it may look
    with pytest.raises(Forbidden):
        usecases.handle_case(number=case.number, result="已处置", by=town.wang, now=LATER)


def test_who_refuses_a_hand_over_sees_the_case_no_more(town: Town) -> None:
    case = at_hand(town)
    usecases.hand_over_case(number=case.number, to=town.urban.pk, reason="属城管职责", by=town.wang, now=LATER)
    with pytest.raises(CannotMove):
        usecases.hand_over_case(number=case.number, to=town.urban.pk, reason="再次移交", by=town.wang, now=LATER)
    usecases.refuse_over_case(number=case.number, reason="不属城管", by=town.zhou, now=LATER)

    case.refresh_from_db()
    assert (case.lead_station_id, case.offered_station_id) == (town.police.pk, None)
    assert HandOver.objects.get(case=case).answer == "不属城管"
    assert not Case.objects.numbered(case.number).within_post(town.zhou, permissions.VIEW).exists()
    with pytest.raises(Forbidden):
        usecases.take_over_case(number=case.number, by=town.zhou, now=LATER)


def test_after_a_second_sending_back_the_director_decides_and_that_stands(town: Town) -> None:
    case = sent_back_twice(town)
    assert (case.stage, case.lead_station_id) == (Stage.DECISION, None)
    with pytest.raises(Forbidden):
        usecases.decide_case(number=case.number, to=town.police.pk, reason="属公安", by=town.lin, now=LATER)
    usecases.decide_case(number=case.number, to=town.police.pk, reason="属公安", by=town.chen, now=LATER)
    with pytest.raises(CannotMove):
        usecases.send_back_case(number=case.number, reason="仍不属", by=town.wang, now=LATER)
    case.refresh_from_db()
    assert (case.stage, case.decided, case.due_at) == (Stage.DISPATCHED, True, NEXT_MONDAY)


def test_a_station_that_leaves_calls_its_helpers_off(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    usecases.dispatch_case(
        number=case.number, to=town.police.pk, by=town.lin, now=LATER, assisting=[town.urban.pk], task="协助清理"
    )
    usecases.send_back_case(number=case.number, reason="不属公安", by=town.wang, now=LATER)
    assert not Assistance.objects.get(case=case).is_open
    with pytest.raises(CannotMove):
        usecases.answer_assistance(
            number=case.number, station_id=town.urban.pk, done=True, answer="完成", by=town.zhou, now=LATER
        )
    assert Step.objects.filter(case=case, move="answer_assist").count() == 0


def test_is_forbidden_from_the_next_street_and_to_other_stations(town: Town) -> None:
    case, gao = at_hand(town), town.gao
    usecases.hand_over_case(number=case.number, to=town.urban.pk, reason="属城管职责", by=town.wang, now=LATER)
    for by in (gao, town.wang, town.ma):
        with pytest.raises(Forbidden):
            usecases.take_over_case(number=case.number, by=by, now=LATER)
        with pytest.raises(Forbidden):
            usecases.refuse_over_case(number=case.number, reason="不接", by=by, now=LATER)
    with pytest.raises(Forbidden):
        usecases.assign_case(number=case.number, account_id=gao.account_id, by=gao, now=LATER)
    with pytest.raises(Forbidden):
        usecases.decide_case(number=sent_back_twice(town).number, to=town.police.pk, reason="裁定", by=gao, now=LATER)
