"""A question to the reporter holds nobody up: who asked goes on without the answer, and no deadline is escaped by asking."""

from datetime import timedelta

import pytest

from shequtong.cases import usecases
from shequtong.cases.models import Case, ClockPause, Question
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.call_off import CannotCallOff
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=2)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def figures_agree(db: None) -> object:
    """Afterwards the counts are what the steps amount to."""
    yield
    assert [each.line() for each in Verification(STREET).differences()] == []


def asked(town: Town, **more: str) -> Case:
    """Wang asked at LATER, and nobody answers."""
    case = make_case(town, stage=Stage.HANDLING, **more)  # type: ignore[arg-type]  # a class by its code
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=LATER)
    return case


def test_who_asked_reports_it_as_handled_and_the_question_is_over(town: Town) -> None:
    case = asked(town)
    usecases.handle_case(number=case.number, result="已更换灯具", by=town.wang, now=LATER + HOUR)
    case.refresh_from_db()
    assert (case.stage, case.paused, case.handled_late) == (Stage.VERIFICATION, "", False)
    assert Question.objects.get().ended_at == ClockPause.objects.get().ends == LATER + HOUR


def test_an_hour_of_waiting_is_an_hour_of_time_and_not_three_days(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    due = case.due_at
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=LATER)
    usecases.handle_case(number=case.number, result="已更换灯具", by=town.wang, now=LATER + HOUR)
    case.refresh_from_db()
    assert case.promised_at == due + HOUR


def test_it_is_sent_back_with_its_question_open(town: Town) -> None:
    case = asked(town)
    usecases.send_back_case(number=case.number, reason="不属本站职责", by=town.wang, now=LATER + HOUR)
    case.refresh_from_db()
    assert (case.stage, case.paused) == (Stage.REGISTERED, "")


def test_the_station_takes_the_question_back_and_the_clock_runs_on(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    due = case.due_at
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=LATER)
    with pytest.raises(Forbidden):
        usecases.call_off(number=case.number, what="question", reason="已查明", by=town.gao, now=LATER + HOUR)
    usecases.call_off(number=case.number, what="question", reason="已查明", by=town.wang, now=LATER + HOUR)
    case.refresh_from_db()
    assert (case.paused, case.due_at) == ("", due + HOUR)
    with pytest.raises(CannotCallOff if case.asking else CannotMove):
        usecases.call_off(number=case.number, what="question", reason="已查明", by=town.wang, now=LATER + HOUR)


def test_more_time_is_not_asked_for_behind_a_question(town: Town) -> None:
    case = asked(town)
    with pytest.raises(CannotMove, match=r"question|问询"):
        usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=LATER + HOUR)


@pytest.mark.parametrize("verb", ["register", "not_accept", "void"])
def test_before_registration_too(town: Town, verb: str) -> None:
    case = make_case(town)
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.shen, now=MORNING)
    number, now = case.number, LATER
    if verb == "register":
        usecases.register_case(number=number, by=town.shen, now=now)
    elif verb == "not_accept":
        usecases.not_accept_case(number=number, why="not_ours", words="请向供电公司反映", by=town.shen, now=now)
    else:
        usecases.void_case(number=number, reason="误报", by=town.shen, now=now)
    case.refresh_from_db()
    assert (case.paused, Question.objects.get().ended_at) == ("", LATER)


def test_under_an_urgent_limit_one_question_stops_the_clock_for_no_longer_than_the_limit(town: Town) -> None:
    case = asked(town, cls="E01")
    case.refresh_from_db()
    limit = case.due_at - case.resume_at + (LATER - case.clock_from)  # type: ignore[operator]  # its clock runs
    assert case.resume_at == LATER + limit
    usecases.call_off(number=case.number, what="question", reason="已查明", by=town.wang, now=LATER + HOUR)
    with pytest.raises(CannotMove):
        usecases.ask_reporter(number=case.number, text="请问是几楼？", by=town.wang, now=LATER + HOUR)
