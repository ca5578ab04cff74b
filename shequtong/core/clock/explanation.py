"""Where the time went (时限说明): spans that tile the time without a gap, and whose counted minutes add up to the clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shequtong.core.clock.arithmetic import limits
from shequtong.core.clock.calendar import DAY, Calendar, Day, DayKind
from shequtong.core.clock.instants import MINUTE, instant, moment
from shequtong.core.clock.terms import ClockError, Due, Limit, Pause, PauseReason
from shequtong.core.clock.timeline import LONGEST, Standstill, standstills


class SpanKind(StrEnum):
    """Why a span counts or does not."""

    COUNTED = "counted"
    MAKEUP = "makeup"  # counted, on a make-up workday (调休上班)
    BREAK = "break"  # between two windows of a day: lunch
    OFF_HOURS = "off_hours"  # before the first or after the last window of a day
    REST_DAY = "rest_day"  # weekend, as a rule
    HOLIDAY = "holiday"
    PAUSED = "paused"

    @property
    def counts(self) -> bool:
        return self in (SpanKind.COUNTED, SpanKind.MAKEUP)


@dataclass(frozen=True, slots=True)
class Span:
    """From `starts` until just before `ends` (UTC). `minutes` are whole counted minutes, rounded so that all spans add up."""

    starts: datetime
    ends: datetime
    kind: SpanKind
    minutes: int
    reason: PauseReason | None = None  # of a paused span

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    @property
    def counted(self) -> timedelta:
        """The exact clock time of this span."""
        return self.length if self.kind.counts else timedelta()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clock read at `ends`: its spans, the exact time used, the whole minutes used (their sum), and when it was or is due."""

    limit: Limit
    zone: ZoneInfo
    starts: datetime
    ends: datetime
    spans: tuple[Span, ...]
    used: timedelta
    due: Due
    paused: PauseReason | None  # why the clock stands still at `ends`
    unknown_years: tuple[int, ...]  # years it ran through whose official holidays are not loaded: warn

    @property
    def used_minutes(self) -> int:
        return sum(span.minutes for span in self.spans)

    @property
    def overdue(self) -> bool:
        return self.ends > self.due.due_at

    @property
    def left_minutes(self) -> int:
        """Minutes of the limit still to run; negative by the clock minutes overdue."""
        return self.limit.minutes - self.used_minutes


class _Piece(NamedTuple):
    starts: int
    ends: int
    kind: SpanKind
    reason: PauseReason | None = None


def explain(limit: Limit, calendar: Calendar, started_at: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> Explanation:
    """The clock read at `end` (now, or when the case was settled); a pause that still lasts runs to `end`.

    An `end` before the start gives no spans. Raises as `limits` does.
    """
    pauses, begins, ends = tuple(pauses), instant(started_at), instant(end)
    if ends - begins > LONGEST:
        raise ClockError("A clock cannot be read over more than sixty years.")
    still = standstills(pauses, ends)
    pieces = list(_merged(_pieces(limit, calendar, begins, ends, still)))
    due = limits(limit, calendar, started_at, pauses, now=end)
    return Explanation(
        limit=limit,
        zone=calendar.zone,
        starts=moment(begins),
        ends=moment(ends),
        spans=tuple(_spans(pieces)),
        used=timedelta(microseconds=sum(piece.ends - piece.starts for piece in pieces if piece.kind.counts)),
        due=due,
        paused=next((pause.reason for pause in pauses if _lasts_at(pause, ends)), None),
        unknown_years=_unknown_years(limit, calendar, begins, max(ends, instant(due.due_at))),
    )


def _lasts_at(pause: Pause, at: int) -> bool:
    return instant(pause.starts) <= at and (pause.ends is None or at < instant(pause.ends))


def _unknown_years(limit: Limit, calendar: Calendar, begins: int, ends: int) -> tuple[int, ...]:
    if limit.kind.continuous:
        return ()
    years = range(calendar.local_date(begins).year, calendar.local_date(ends).year + 1)
    return tuple(year for year in years if not calendar.is_known(year))


def _pieces(limit: Limit, calendar: Calendar, begins: int, ends: int, still: list[Standstill]) -> Iterator[_Piece]:
    cursor = begins
    for pause in still:
        starts, stops = max(pause.starts, cursor), min(pause.ends, ends)
        if starts >= stops:
            continue
        yield from _running(limit, calendar, cursor, starts)
        yield _Piece(starts, stops, SpanKind.PAUSED, pause.reason)
        cursor = stops
    yield from _running(limit, calendar, cursor, ends)


def _running(limit: Limit, calendar: Calendar, begins: int, ends: int) -> Iterator[_Piece]:
    if begins >= ends:
        return
    if limit.kind.continuous:
        yield _Piece(begins, ends, SpanKind.COUNTED)
        return
    date = calendar.local_date(begins)
    cursor = begins
    while cursor < ends:
        for piece in _pieces_of_day(calendar.day(date)):
            stops = min(piece.ends, ends)
            if stops > cursor:
                yield _Piece(cursor, stops, piece.kind)
                cursor = stops
        date += DAY


def _pieces_of_day(day: Day) -> Iterator[_Piece]:
    if not day.windows:
        yield _Piece(day.starts, day.ends, SpanKind.HOLIDAY if day.kind == DayKind.HOLIDAY else SpanKind.REST_DAY)
        return
    counting = SpanKind.MAKEUP if day.kind == DayKind.MAKEUP else SpanKind.COUNTED
    cursor, idle = day.starts, SpanKind.OFF_HOURS
    for opens, closes in day.windows:
        if cursor < opens:
            yield _Piece(cursor, opens, idle)
        yield _Piece(opens, closes, counting)
        cursor, idle = closes, SpanKind.BREAK
    if cursor < day.ends:
        yield _Piece(cursor, day.ends, SpanKind.OFF_HOURS)


def _merged(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    last: _Piece | None = None
    for piece in pieces:
        if last is not None and (last.kind, last.reason) == (piece.kind, piece.reason):
            last = last._replace(ends=piece.ends)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _spans(pieces: Iterable[_Piece]) -> Iterator[Span]:
    used = 0
    for piece in pieces:
        before = used
        if piece.kind.counts:
            used += piece.ends - piece.starts
        yield Span(moment(piece.starts), moment(piece.ends), piece.kind, used // MINUTE - before // MINUTE, piece.reason)
