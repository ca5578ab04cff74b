"""Whatever the calendar, the start and the pauses: the fast clock says what counting every minute says."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shequtong.core.clock import ClockKind, Due, Limit, Pause, elapsed, explain, limits
from shequtong.core.tests.clock.reference import Plan, slow_elapsed, slow_reach
from shequtong.core.tests.clock.strategies import as_pauses, kinds, pauses_around, plans, starts

MINUTE = timedelta(minutes=1)
few = settings(max_examples=60, deadline=None)
many = settings(max_examples=150, deadline=None)


def plan_for(kind: ClockKind, plan: Plan) -> Plan | None:
    return None if kind.continuous else plan


@few
@given(kinds, plans(), starts(), st.integers(0, 14 * 1440), st.data())
def test_elapsed_counts_the_same_minutes(kind: ClockKind, plan: Plan, start: datetime, length: int, data: st.DataObject) -> None:
    raw, end = data.draw(pauses_around(start)), start + timedelta(minutes=length)
    expected = slow_elapsed(plan_for(kind, plan), start, end, raw)
    assert elapsed(kind, plan.calendar(), start, end, as_pauses(raw)) == timedelta(minutes=expected)


@few
@given(kinds, plans(), starts(), st.integers(1, 8 * 60), st.data())
def test_amber_and_due_fall_on_the_same_minutes(
    kind: ClockKind, plan: Plan, start: datetime, fives: int, data: st.DataObject
) -> None:
    raw, limit = data.draw(pauses_around(start)), Limit.of_minutes(fives * 5, kind)  # 80 % of 5 min is a whole number
    expected = Due(*(slow_reach(plan_for(kind, plan), start, part, raw) for part in (fives * 4, fives * 5)))
    assert limits(limit, plan.calendar(), start, as_pauses(raw)) == expected


@few
@given(kinds, plans(), starts(), st.integers(0, 4 * 1440), st.integers(0, 4 * 1440), st.data())
def test_an_open_pause_is_one_that_ends_now(
    kind: ClockKind, plan: Plan, start: datetime, since: int, lasted: int, data: st.DataObject
) -> None:
    closed, calendar, limit = as_pauses(data.draw(pauses_around(start))), plan.calendar(), Limit(3, kind)
    begins = start + timedelta(minutes=since)
    now = begins + timedelta(minutes=lasted)
    still, ended = [Pause(begins), *closed], [*closed, Pause(begins, now)]
    assert limits(limit, calendar, start, still, now=now) == limits(limit, calendar, start, ended)
    assert elapsed(kind, calendar, start, now, still) == elapsed(kind, calendar, start, now, ended)


microseconds = st.integers(0, 3 * 86_400_000_000).map(lambda n: timedelta(microseconds=n))


@many
@given(kinds, plans(), starts(), microseconds, st.integers(1, 5000), st.data())
def test_due_is_the_first_moment_at_which_the_limit_is_used(
    kind: ClockKind, plan: Plan, day: datetime, offset: timedelta, minutes: int, data: st.DataObject
) -> None:
    start, calendar, limit = day + offset, plan.calendar(), Limit.of_minutes(minutes, kind)
    pauses = as_pauses(data.draw(pauses_around(day)))
    due = limits(limit, calendar, start, pauses)

    def used(end: datetime) -> timedelta:
        return elapsed(kind, calendar, start, end, pauses)

    assert used(due.due_at) == timedelta(minutes=minutes)
    assert used(due.due_at - timedelta(microseconds=1)) < timedelta(minutes=minutes)
    assert used(due.due_at - MINUTE) < timedelta(minutes=minutes)
    assert used(due.amber_at) * 5 == timedelta(minutes=minutes) * 4
    assert used(due.amber_at - timedelta(microseconds=1)) < used(due.amber_at)
    assert start < due.amber_at < due.due_at


@many
@given(kinds, plans(), starts(), microseconds, microseconds, st.integers(1, 3000), st.data())
def test_time_and_pauses_only_ever_move_one_way(
    kind: ClockKind, plan: Plan, start: datetime, sooner: timedelta, later: timedelta, minutes: int, data: st.DataObject
) -> None:
    calendar, pauses = plan.calendar(), as_pauses(data.draw(pauses_around(start)))
    near, far = start + min(sooner, later), start + max(sooner, later)
    assert timedelta() <= elapsed(kind, calendar, start, near, pauses) <= elapsed(kind, calendar, start, far, pauses)
    assert elapsed(kind, calendar, start, far, pauses) <= elapsed(kind, calendar, start, far, pauses[1:]) <= far - start

    due = limits(Limit.of_minutes(minutes, kind), calendar, start, pauses)
    assert due.due_at < limits(Limit.of_minutes(minutes + 1, kind), calendar, start, pauses).due_at
    assert due.due_at >= limits(Limit.of_minutes(minutes, kind), calendar, start, pauses[1:]).due_at
    assert due.due_at <= limits(Limit.of_minutes(minutes, kind), calendar, start + sooner, pauses).due_at


@many
@given(kinds, plans(), starts(), microseconds, microseconds, st.data())
def test_spans_tile_the_time_and_add_up_to_the_clock(
    kind: ClockKind, plan: Plan, day: datetime, offset: timedelta, length: timedelta, data: st.DataObject
) -> None:
    start, calendar, pauses = day + offset, plan.calendar(), as_pauses(data.draw(pauses_around(day)))
    end = start + 4 * length
    told = explain(Limit(3, kind), calendar, start, end, pauses)

    edges = [start, *(span.ends for span in told.spans)] if told.spans else [start]
    assert edges[-1] == end
    assert [span.starts for span in told.spans] == edges[:-1]
    assert all(span.starts < span.ends for span in told.spans)
    used = elapsed(kind, calendar, start, end, pauses)
    assert told.used == used == sum((span.counted for span in told.spans), timedelta())
    assert told.used_minutes == used // MINUTE
    assert told.due == limits(Limit(3, kind), calendar, start, pauses)
