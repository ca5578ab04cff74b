"""A changed calendar moves what is open, by the rule the moves use: each case once, whatever the workers do, and the list says what moved."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier

import pytest
from django.db import connection

from shequtong.audit import log
from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.models import NEVER, Case, ClockMove, ClockPause, ClockRun, Step
from shequtong.cases.scheduled import recompute
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.ask_recompute import ask_recompute
from shequtong.cases.usecases.recompute_due import recompute_due
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.core.clock import ClockKind
from shequtong.figures.models import Delta
from shequtong.territory.holiday_notice import read_notice
from shequtong.territory.models import WorkCalendar
from shequtong.territory.usecases.add_calendar import USUAL_HOURS, Hours
from shequtong.territory.usecases.copy_calendar import copy_calendar
from shequtong.territory.usecases.set_calendar_days import set_calendar_days
from shequtong.territory.usecases.set_office_hours import set_office_hours
from shequtong.testing.patience import PATIENCE
from shequtong.testing.town import STREET, Town

BEFORE_FESTIVAL = datetime(2026, 2, 13, 1, tzinfo=UTC)  # Friday, 09:00
SPRING_2026 = "春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"
WORKER, BOSS = SystemActor("worker"), SystemActor("丁岚")
LATER = BEFORE_FESTIVAL + timedelta(minutes=40)


def change(days: dict[date, tuple[str | None, str]] | None = None, now: datetime = LATER) -> ClockRun:
    """The city's calendar takes over the notice of the Spring Festival; the run that was asked for."""
    found: dict[date, tuple[str | None, str]] = {**(days or read_notice(SPRING_2026, 2026).days)}
    set_calendar_days(calendar_id=WorkCalendar.objects.get().pk, days=found, by=BOSS, now=now)
    return ClockRun.objects.exclude(state=ClockRun.State.DONE).get(subdistrict=STREET)


def work(batch: int = 500, worker: str = "one") -> int:
    """One batch, an hour after."""
    return recompute_due(subdistrict_id=STREET, worker=worker, by=WORKER, now=LATER + timedelta(hours=1), batch=batch)


def working_days(case: Case, amount: int) -> None:
    """The standard of the case counts so many working days."""
    case.standard.__class__.objects.filter(pk=case.standard_id).update(limit_amount=amount, limit_kind=ClockKind.WORK_DAYS)


@pytest.fixture
def case(town: Town) -> Case:
    """In hand since the last Friday before the festival, for two working days."""
    waiting = make_case(town, stage=Stage.REGISTERED, now=BEFORE_FESTIVAL)
    working_days(waiting, 2)
    held.drop_all()
    usecases.dispatch_case(number=waiting.number, to=town.police.pk, by=town.lin, now=BEFORE_FESTIVAL + timedelta(minutes=10))
    waiting.refresh_from_db()
    return waiting


def test_a_case_moves_over_the_spring_festival_and_the_list_says_so(case: Case) -> None:
    assert case.due_at == datetime(2026, 2, 17, 1, 10, tzinfo=UTC)  # Friday 09:10 + 2 working days, as weekdays go
    steps, deltas = Step.objects.count(), Delta.objects.count()
    run = change()

    work()

    # six hours fifty on Friday, eight on Saturday 14 (made up), the rest on Tuesday 24
    was = case.due_at
    case.refresh_from_db()
    run.refresh_from_db()
    assert case.due_at == case.promised_at == datetime(2026, 2, 24, 1, 10, tzinfo=UTC)
    assert BEFORE_FESTIVAL < case.amber_at < case.due_at
    (line,) = ClockMove.objects.filter(run=run)
    assert (line.case_id, line.old_due_at, line.new_due_at) == (case.pk, was, case.due_at)
    assert (run.state, run.seen, run.moved, run.asked_by) == ("done", 1, 1, "丁岚")
    assert (Step.objects.count(), Delta.objects.count()) == (steps, deltas)
    assert Entry.objects.filter(what="cases.due_recomputed").count() == 1


def test_what_moved_once_does_not_move_again(case: Case) -> None:
    change()
    work()
    again = change()

    work()

    again.refresh_from_db()
    assert (again.state, again.seen, again.moved) == ("done", 1, 0)
    assert ClockMove.objects.count() == 1


def test_changes_in_a_row_are_one_run_and_none_begins_before_all_processes_know(case: Case) -> None:
    for day in (17, 18):
        change({date(2026, 2, day): ("holiday", "春节")})
    assert ClockRun.objects.count() == 1  # the next street has no open case
    assert recompute_due(subdistrict_id=STREET, worker="one", by=WORKER, now=LATER + timedelta(seconds=2)) == 0
    assert recompute(LATER + timedelta(seconds=3)) == 1


def test_summer_hours_move_a_due_time_into_the_afternoon(town: Town) -> None:
    case = make_case(town, now=datetime(2026, 7, 1, 3, 50, tzinfo=UTC))  # 11:50, fifteen minutes to register
    assert case.due_at == datetime(2026, 7, 1, 6, 5, tzinfo=UTC)  # 14:05
    summer = (Hours(time(8), time(12), "05-01", "09-30"), Hours(time(14, 30), time(18, 30), "05-01", "09-30"))
    set_office_hours(calendar_id=WorkCalendar.objects.get().pk, hours=(*USUAL_HOURS, *summer), by=BOSS, now=BEFORE_FESTIVAL)

    work()

    case.refresh_from_db()
    assert case.due_at == datetime(2026, 7, 1, 6, 35, tzinfo=UTC)  # 14:35


def test_a_forecast_moves_with_its_case_and_a_kept_promise_stays(town: Town, case: Case) -> None:
    waiting = make_case(town, stage=Stage.REGISTERED, now=BEFORE_FESTIVAL)
    handled = make_case(town, stage=Stage.VERIFICATION, now=BEFORE_FESTIVAL)
    promised = handled.promised_at
    change()
    work()
    waiting.refresh_from_db()
    handled.refresh_from_db()
    assert waiting.promised_at == datetime(2026, 2, 24, 1, 5, tzinfo=UTC)
    assert handled.promised_at == promised
    line = ClockMove.objects.get(case=waiting)
    assert line.of_promise
    assert line.new_due_at == waiting.promised_at


def test_a_sub_task_moves_too(town: Town, case: Case) -> None:
    usecases.accept_case(number=case.number, by=town.wang, now=BEFORE_FESTIVAL + timedelta(minutes=15))
    asked = usecases.ask_assistance(
        number=case.number, station_id=town.urban.pk, task="请协助", by=town.wang, now=BEFORE_FESTIVAL + timedelta(minutes=20)
    )
    change()
    work()
    asked.refresh_from_db()
    assert asked.due_at == datetime(2026, 2, 24, 1, 20, tzinfo=UTC)
    assert ClockMove.objects.get(assistance_id=asked.pk).case_id == case.pk
    assert ClockRun.objects.get().moved == 1


def test_a_pause_is_kept(town: Town, case: Case) -> None:
    starts = BEFORE_FESTIVAL + timedelta(minutes=30)  # 09:30, twenty minutes used
    ClockPause.objects.create(
        subdistrict_id=STREET, case=case, reason="suspended", starts=starts, planned_end=datetime(2026, 2, 25, 0, tzinfo=UTC)
    )
    Case.objects.filter(pk=case.pk).update(clock_pauses=1)
    change()
    work()
    case.refresh_from_db()
    # from Wednesday 25, 08:00: fifteen hours forty
    assert case.due_at == datetime(2026, 2, 26, 9, 40, tzinfo=UTC)


def test_what_counts_by_another_calendar_or_is_closed_stays(town: Town, case: Case) -> None:
    closed = make_case(town, stage=Stage.CLOSED, now=BEFORE_FESTIVAL)
    copy_calendar(unit_id=town.grid.pk, name="第一网格", by=BOSS, now=BEFORE_FESTIVAL)
    ask_recompute(calendar_id=WorkCalendar.objects.order_by("id")[0].pk, subdistricts=[STREET], by=BOSS, now=LATER)
    work()
    assert (ClockRun.objects.get().seen, ClockMove.objects.count()) == (0, 0)
    assert Case.objects.get(pk=closed.pk).due_at == NEVER


def test_a_worker_that_dies_in_a_batch_leaves_it_to_the_next(town: Town, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [case, *(make_case(town, now=BEFORE_FESTIVAL + timedelta(minutes=n)) for n in range(4))]
    run = change({date(2026, 2, 13): ("holiday", "x")})
    assert work(batch=2) == 2
    record = log.record

    def dies(*args: object, **kwargs: object) -> None:
        raise SystemExit

    monkeypatch.setattr(log, "record", dies)
    with pytest.raises(SystemExit):
        work(batch=2, worker="dead")
    monkeypatch.setattr(log, "record", record)
    run.refresh_from_db()
    assert (run.state, run.seen, ClockMove.objects.count(), run.claimed_by) == ("running", 2, 2, "one")

    while work(batch=2, worker="two"):
        pass

    run.refresh_from_db()
    assert (run.state, run.seen, run.moved) == ("done", 5, 5)
    assert sorted(ClockMove.objects.values_list("case", flat=True)) == sorted(one.pk for one in cases)


@pytest.mark.django_db(transaction=True)
def test_two_workers_look_at_each_case_once(town: Town) -> None:
    for n in range(12):
        make_case(town, now=BEFORE_FESTIVAL + timedelta(minutes=n))
    run = change({date(2026, 2, 13): ("holiday", "x")})
    start = Barrier(2)

    def drain(worker: str) -> int:
        try:
            start.wait(PATIENCE)
            return sum(iter(lambda: work(batch=1, worker=worker), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(drain, ("one", "two")))
    while work(batch=1):  # what one of them left because the other had the run in hand
        pass

    run.refresh_from_db()
    moved = list(ClockMove.objects.values_list("case", flat=True))
    assert (run.state, run.seen, run.moved) == ("done", 12, 12)
    assert len(moved) == len(set(moved)) == 12
