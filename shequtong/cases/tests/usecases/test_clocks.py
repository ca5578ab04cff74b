"""Time asked for, granted and refused; the clock paused and resumed: worked examples on the office hours of the town."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from shequtong.cases import usecases
from shequtong.cases.counting import of_case
from shequtong.cases.models import NEVER, Asking, Case, ClockPause, Question, Step
from shequtong.cases.testing import make_case, make_late_case
from shequtong.cases.told_hours import of_told
from shequtong.cases.usecases.ask_time import CannotAskTime
from shequtong.cases.usecases.decide_asking import CannotDecideAsking
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.figures.models import Delta
from shequtong.messaging.models import Message
from shequtong.testing.at_once import at_once
from shequtong.testing.town import STREET, Town

CLOCK = SystemActor("Clock")


def local(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of April 2026 by the clock of Suzhou; the 13th is a Monday."""
    return datetime(2026, 4, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


def counted_right(case: Case) -> bool:
    """What was written with the moves is what the case and its steps amount to, and the totals agree."""
    call_command("figures_verify")  # ends with code 1 where they differ
    rebuilt: dict[tuple[object, ...], int] = {}
    steps = list(Step.objects.filter(case=case).order_by("number"))
    for delta in [*of_case(case, steps), *of_told(case)]:
        key = (delta.measure, delta.day, delta.unit_path, delta.station_id, delta.stage, delta.class_code)
        rebuilt[key] = rebuilt.get(key, 0) + delta.n
    written: dict[tuple[object, ...], int] = {}
    for row in Delta.objects.filter(subdistrict=STREET):
        key = (row.measure, row.day, row.unit_path, row.station_id, row.stage, row.class_code)
        written[key] = written.get(key, 0) + row.n
    return {key: n for key, n in rebuilt.items() if n} == {key: n for key, n in written.items() if n}


def in_hand(town: Town) -> Case:
    """Dispatched at 09:10 with five working days, accepted at 09:15: due on the next Monday at 09:10."""
    case = make_case(town, stage=Stage.HANDLING)
    assert case.due_at == local(20, 9, 10)
    return case


def test_an_extension_adds_the_original_limit_and_is_reminded_of_anew(town: Town) -> None:
    case = in_hand(town)
    wake_cases(subdistrict_id=STREET, by=CLOCK, now=case.amber_at)
    usecases.extend_case(number=case.number, reason="配件在途", by=town.wang, now=local(19, 10))
    with pytest.raises(CannotMove):  # one request at a time, and nothing is handled while it waits
        usecases.handle_case(number=case.number, result="已处理", by=town.wang, now=local(19, 11))
    with pytest.raises(CannotMove):
        usecases.suspend_case(number=case.number, until=local(25, 10), reason="等待配件", by=town.wang, now=local(19, 11))

    usecases.grant_asking(number=case.number, by=town.lin, now=local(21, 9))

    case.refresh_from_db()
    # Asked in time, decided when it would have been late: ten working days from the dispatch.
    assert (case.due_at, case.promised_at) == (local(27, 9, 10), local(27, 9, 10))
    assert (case.asking, case.extend_count, case.clock_extensions, case.warned) == ("", 1, 1, 0)
    assert case.wake_at == case.amber_at
    assert not case.handled_late
    assert Message.objects.filter(account_id=town.accounts["wang"].pk, template="case.TimeGranted").exists()
    assert counted_right(case)


def test_at_most_two_extensions_and_a_refusal_does_not_count(town: Town) -> None:
    case = in_hand(town)
    for turn in range(3):
        at = local(14, 9 + turn)
        usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=at)
        if turn == 1:
            usecases.refuse_asking(number=case.number, reason="理由不足", by=town.chen, now=at)
        else:
            usecases.grant_asking(number=case.number, by=town.chen, now=at)
    with pytest.raises(CannotAskTime):
        usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=local(14, 14))

    case.refresh_from_db()
    assert (case.extend_count, case.due_at) == (2, local(20, 9, 10) + timedelta(days=14))
    assert list(Asking.objects.order_by("id").values_list("state", flat=True)) == ["granted", "refused", "granted"]
    assert counted_right(case)


def test_who_is_late_asks_for_nothing(town: Town) -> None:
    case = in_hand(town)
    usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=case.due_at)  # the last moment is in time
    usecases.refuse_asking(number=case.number, reason="理由不足", by=town.lin, now=case.due_at)
    with pytest.raises(CannotMove):
        usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=case.due_at + timedelta(seconds=1))


def test_who_asks_does_not_decide_nor_does_the_next_street(town: Town) -> None:
    case = in_hand(town)
    with pytest.raises(Forbidden):
        usecases.extend_case(number=case.number, reason="还需时间", by=town.zhou, now=local(14, 9))
    usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=local(14, 9))
    for stranger in (town.gao, town.bai, town.wang, town.sun):
        with pytest.raises(Forbidden):
            usecases.grant_asking(number=case.number, by=stranger, now=local(14, 10))
    Asking.objects.filter(case=case).update(account_id=town.accounts["lin"].pk)
    with pytest.raises(CannotDecideAsking):
        usecases.grant_asking(number=case.number, by=town.lin, now=local(14, 10))


def test_a_suspension_stands_still_to_the_end_of_its_day_and_resumes_by_itself(town: Town) -> None:
    case = in_hand(town)
    until = local(17, 23, 59, 59)
    usecases.suspend_case(number=case.number, until=until, reason="等待配件到货", by=town.wang, now=local(14, 10))
    usecases.grant_asking(number=case.number, by=town.lin, now=local(14, 11))
    case.refresh_from_db()
    assert (case.paused, case.resume_at, case.wake_at) == ("suspended", until, until)
    with pytest.raises(CannotMove):
        usecases.handle_case(number=case.number, result="已处理", by=town.wang, now=local(15, 9))

    assert wake_cases(subdistrict_id=STREET, by=CLOCK, now=local(18, 6)) == 1  # the worker was away for six hours

    case.refresh_from_db()
    # 9 h 50 were used until Tuesday 11:00; 30 h 10 are left from Monday the 20th on: Thursday 16:10.
    assert (case.paused, case.resume_at, case.due_at) == ("", NEVER, local(23, 16, 10))
    assert ClockPause.objects.get().ends == until
    with pytest.raises(CannotAskTime):  # once a case
        usecases.suspend_case(number=case.number, until=local(24, 10), reason="再等", by=town.wang, now=local(20, 9))
    usecases.handle_case(number=case.number, result="已更换", by=town.wang, now=local(23, 16, 10))
    case.refresh_from_db()
    assert not case.handled_late
    assert counted_right(case)


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (local(14, 23, 59, 59), False),  # today
        (local(15, 0), True),
        (datetime(2027, 4, 14, 15, 59, 59, tzinfo=UTC), True),  # the last second of the 365th day
        (datetime(2027, 4, 14, 16, tzinfo=UTC), False),
    ],
)
def test_a_suspension_ends_after_today_and_within_a_year(town: Town, until: datetime, allowed: bool) -> None:
    case, now = in_hand(town), local(14, 10)
    if allowed:
        usecases.suspend_case(number=case.number, until=until, reason="等待配件", by=town.wang, now=now)
    else:
        with pytest.raises(CannotAskTime):
            usecases.suspend_case(number=case.number, until=until, reason="等待配件", by=town.wang, now=now)


def test_a_suspension_whose_end_has_passed_is_not_granted(town: Town) -> None:
    case = in_hand(town)
    usecases.suspend_case(number=case.number, until=local(15, 23), reason="等待配件", by=town.wang, now=local(14, 10))
    with pytest.raises(CannotDecideAsking):
        usecases.grant_asking(number=case.number, by=town.lin, now=local(16, 9))
    usecases.refuse_asking(number=case.number, reason="已过期限", by=town.lin, now=local(16, 9))


def test_a_question_stops_the_clock_until_its_answer(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, account_id=town.accounts["qian"].pk)
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=local(14, 10))
    with pytest.raises(Forbidden):
        usecases.answer_question(number=case.number, words="二单元", by=town.fang, now=local(14, 11))

    usecases.answer_question(number=case.number, words="二单元三楼", by=town.qian, now=local(15, 10))

    case.refresh_from_db()
    # From Tuesday 10:00 to Wednesday 10:00: eight office hours.
    assert (case.paused, case.due_at) == ("", local(21, 9, 10))
    assert Question.objects.get().answer == "二单元三楼"
    with pytest.raises(CannotMove):
        usecases.answer_question(number=case.number, words="二单元", by=town.qian, now=local(15, 11))
    assert Message.objects.filter(account_id=town.accounts["wang"].pk, template="case.QuestionAnswered").exists()
    assert counted_right(case)


def test_a_question_that_nobody_answers_is_over_and_its_text_carried_the_link(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=local(14, 10))
    told = Message.objects.get(template="case.ReporterAsked", channel="sms").text.reveal()
    assert "请问是几单元" in told
    assert "/r/q/2-" in told

    assert wake_cases(subdistrict_id=STREET, by=CLOCK, now=local(17, 10)) == 1

    case.refresh_from_db()
    assert (case.paused, case.due_at) == ("", local(23, 9, 10))
    assert Question.objects.get().ended_at == local(17, 10)
    assert counted_right(case)


def test_a_case_of_staff_has_nobody_to_ask(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, channel="staff", reporter=None, account_id=town.accounts["he"].pk)
    with pytest.raises(CannotMove):
        usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=local(14, 10))


def test_what_leaves_the_station_leaves_its_request_behind(town: Town) -> None:
    case = make_case(town, stage=Stage.DISPATCHED)
    usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=local(13, 9, 20))

    assert wake_cases(subdistrict_id=STREET, by=CLOCK, now=case.accept_by) == 1

    case.refresh_from_db()
    assert (case.stage, case.asking, Asking.objects.get().state) == (Stage.REGISTERED, "", "refused")
    told = set(Message.objects.filter(template="case.CaseTakenBack").values_list("account_id", flat=True))
    assert {town.accounts["wang"].pk, town.accounts["lin"].pk} <= told
    assert counted_right(case)


def test_late_stays_late_whatever_is_granted_later(town: Town) -> None:
    case = make_late_case(town, closed=False)
    usecases.rework_case(number=case.number, reason="灯仍不亮", by=town.sun, now=case.stage_since + timedelta(minutes=5))
    case.refresh_from_db()
    assert (case.handled_late, case.clock_extensions, case.warned) == (True, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins(town: Town) -> None:
    case = in_hand(town)
    usecases.extend_case(number=case.number, reason="还需时间", by=town.wang, now=local(14, 9))
    lin, chen = town.lin, town.chen
    found = at_once(
        lambda: usecases.grant_asking(number=case.number, by=lin, now=local(14, 10)),
        lambda: usecases.refuse_asking(number=case.number, reason="理由不足", by=chen, now=local(14, 10)),
    )
    case.refresh_from_db()
    assert len([one for one in found if isinstance(one, CannotMove)]) == 1
    assert (case.asking, case.step_count) == ("", case.steps.count())
