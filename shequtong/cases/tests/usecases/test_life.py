"""The life of a case by its use-cases: stages, clocks, counts, traces, and who is told."""

from datetime import UTC, datetime, timedelta

import pytest

from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.models import NEVER, Assistance, Case, Party, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.handle_case import CannotHandle
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.figures.read import counts
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, STREET, Town

MIN = timedelta(minutes=1)


def _levels() -> dict[str, int]:
    return {stage: n for (stage,), n in counts(STREET, IN_STAGE, by=("stage",)).items() if n}


def test_a_report_gets_number_place_clock_and_key(town: Town) -> None:
    case = make_case(town)

    case.refresh_from_db()
    assert case.number.startswith("SS-2026-")
    assert case.place_path == town.grid.path
    assert case.due_at == MORNING + 15 * MIN
    assert case.reporter is not None
    assert len(case.reporter.key.reveal()) == 8
    assert "138" in str(case.reporter.phone)
    assert "12345678" not in str(case.reporter.phone)
    assert _levels() == {"intake": 1}


def test_the_whole_way_leaves_a_step_and_a_trace_each(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)

    moves = list(Step.objects.filter(case=case).order_by("number").values_list("move", flat=True))
    assert moves == ["intake", "register", "dispatch", "accept", "handle", "verify", "answer", "close"]
    traces = Entry.objects.filter(object_kind="cases.Case", object_id=case.pk).order_by("id").values_list("what", flat=True)
    assert list(traces) == [f"cases.{move}" for move in moves]
    assert (case.due_at, case.clock_from) == (NEVER, None)
    assert _levels() == {"closed": 1}


def test_dispatch_names_the_station_and_starts_the_clock(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)

    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.chen, now=MORNING + 10 * MIN)

    case.refresh_from_db()
    assert (case.lead_station_id, case.stage) == (town.police.pk, Stage.DISPATCHED)
    # 5 work days of 8 hours from Monday 09:10: Tuesday … the next Monday 09:10
    assert case.due_at == datetime(2026, 4, 20, 1, 10, tzinfo=UTC)
    told = Message.objects.filter(account_id=town.accounts["wang"].pk).get()
    assert case.number in told.text.reveal()


def test_the_same_post_in_the_next_street_is_forbidden(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    with pytest.raises(Forbidden):
        usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.gao, now=MORNING)
    with pytest.raises(Forbidden):
        usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.bai, now=MORNING)


def test_a_refusal_leaves_no_trace(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    before = Entry.objects.count(), Step.objects.count()
    with pytest.raises(CannotMove):
        usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.chen, now=MORNING)
    assert (Entry.objects.count(), Step.objects.count()) == before


def test_a_station_of_another_street_cannot_take_it(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    with pytest.raises(CannotMove):
        usecases.dispatch_case(number=case.number, to=town.next_police.pk, by=town.chen, now=MORNING)


def test_send_back_keeps_the_steps_and_takes_the_case_from_the_station(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)

    usecases.send_back_case(number=case.number, reason="不属于派出所职责", by=town.wang, now=MORNING + 60 * MIN)

    case.refresh_from_db()
    assert (case.stage, case.lead_station_id, case.send_back_count) == (Stage.REGISTERED, None, 1)
    assert Party.objects.filter(case=case, station=town.police.pk).exists()
    with pytest.raises(Forbidden):
        usecases.handle_case(number=case.number, result="已处理", by=town.wang, now=MORNING + 61 * MIN)
    assert Message.objects.filter(account_id=town.accounts["chen"].pk, template="case.CaseSentBack").exists()


def test_handling_waits_for_the_assisting_station(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    at = MORNING + 60 * MIN
    usecases.ask_assistance(number=case.number, station_id=town.urban.pk, task="请协助清运", by=town.wang, now=at)
    with pytest.raises(CannotMove):
        usecases.handle_case(number=case.number, result="已处理", by=town.wang, now=at)
    with pytest.raises(Forbidden):
        usecases.answer_assistance(number=case.number, station_id=town.urban.pk, done=True, answer="已清运", by=town.wang, now=at)

    usecases.answer_assistance(number=case.number, station_id=town.urban.pk, done=True, answer="已清运", by=town.zhou, now=at)

    assert Assistance.objects.get().state == Assistance.State.DONE
    usecases.handle_case(number=case.number, result="已处理", by=town.wang, now=at)


def test_an_assisting_station_cannot_move_the_case(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.ask_assistance(number=case.number, station_id=town.urban.pk, task="请协助", by=town.wang, now=MORNING + 60 * MIN)
    with pytest.raises(Forbidden):
        usecases.handle_case(number=case.number, result="已处理", by=town.zhou, now=MORNING + 61 * MIN)


def test_a_class_that_needs_a_photo_is_not_handled_without(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, cls="0110")
    with pytest.raises(CannotHandle):
        usecases.handle_case(number=case.number, result="已清运", by=town.wang, now=MORNING + 60 * MIN)


def test_who_handled_does_not_verify(town: Town) -> None:
    case = make_case(town, stage=Stage.VERIFICATION)
    Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(handled_account_id=town.accounts["sun"].pk)
    with pytest.raises(CannotMove):
        usecases.verify_case(number=case.number, by=town.sun, now=MORNING + 60 * MIN)


def test_rework_goes_to_the_same_station_with_a_new_limit(town: Town) -> None:
    case = make_case(town, stage=Stage.VERIFICATION)
    now = MORNING + timedelta(days=1)

    usecases.rework_case(number=case.number, reason="灯仍不亮", by=town.sun, now=now)

    case.refresh_from_db()
    assert (case.stage, case.lead_station_id, case.rework_count) == (Stage.HANDLING, town.police.pk, 1)
    assert case.clock_from == now


def test_a_resident_is_answered_before_closing(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    with pytest.raises(CannotMove):
        usecases.close_case(number=case.number, by=town.shen, now=MORNING + 60 * MIN)


def test_the_reporter_evaluates_once_and_reopens_in_time(town: Town) -> None:
    account = town.accounts["qian"].pk
    case = make_case(town, stage=Stage.CLOSED, account_id=account)
    now = MORNING + timedelta(days=1)
    with pytest.raises(Forbidden):
        usecases.evaluate_case(number=case.number, solved=True, score=5, by=town.fang, now=now)

    usecases.evaluate_case(number=case.number, solved=False, score=2, by=town.qian, now=now)
    with pytest.raises(CannotMove):
        usecases.evaluate_case(number=case.number, solved=True, score=5, by=town.qian, now=now)
    usecases.reopen_case(number=case.number, reason="灯又坏了", by=town.qian, now=now)

    case.refresh_from_db()
    assert (case.stage, case.reopen_count) == (Stage.REGISTERED, 1)
    assert _levels() == {"registered": 1}


def test_the_reporter_cannot_reopen_after_the_set_time_but_staff_can(town: Town) -> None:
    account = town.accounts["qian"].pk
    case = make_case(town, stage=Stage.CLOSED, account_id=account)
    late = MORNING + timedelta(days=16)
    with pytest.raises(CannotMove):
        usecases.reopen_case(number=case.number, reason="灯又坏了", by=town.qian, now=late)
    usecases.reopen_case(number=case.number, reason="回访发现未解决", by=town.chen, now=late)


def test_a_post_elsewhere_gives_a_reporter_no_longer_time(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED, account_id=town.accounts["gao"].pk)
    with pytest.raises(CannotMove):
        usecases.reopen_case(number=case.number, reason="灯又坏了", by=town.gao, now=MORNING + timedelta(days=40))


def test_void_ends_it_with_its_reason_told(town: Town) -> None:
    case = make_case(town)
    with pytest.raises(CannotMove):
        usecases.void_case(number=case.number, reason=" ", by=town.chen, now=MORNING)

    usecases.void_case(number=case.number, reason="重复反映", by=town.chen, now=MORNING)

    case.refresh_from_db()
    assert (case.stage, case.due_at) == (Stage.VOIDED, NEVER)
    assert "重复反映" in Message.objects.get(template="case.CaseVoided").text.reveal()


def test_a_case_keeps_the_version_it_was_registered_under(town: Town) -> None:
    from dataclasses import replace

    from shequtong.cases.examples import EXAMPLES
    from shequtong.testing.town import TOWN_HALL

    case = make_case(town, stage=Stage.REGISTERED)
    pinned = case.standard_id
    changed = replace(next(one for one in EXAMPLES if one.code == "L01"), limit_amount=1)
    published = usecases.publish_standard(new=changed, by=TOWN_HALL, now=MORNING)
    assert published.version == 2

    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=MORNING + 10 * MIN)

    case.refresh_from_db()
    assert case.standard_id == pinned
    assert case.due_at == datetime(2026, 4, 20, 1, 10, tzinfo=UTC)
