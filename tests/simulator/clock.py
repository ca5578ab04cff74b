"""The model's clock (模拟时限): day by day through the office hours, a pause cut out of each; simple rather than quick."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

SUZHOU = timezone(timedelta(hours=8))  # no summer time in these years
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
DAY = timedelta(days=1)
Span = tuple[datetime, datetime]

# (from, to, hours), month and day both included; the first that covers a date holds
SEASONS = (
    ((5, 1), (9, 30), (("08:00", "12:00"), ("14:30", "18:30"))),
    ((1, 1), (12, 31), (("08:00", "12:00"), ("14:00", "18:00"))),
)
# 国务院办公厅关于2025、2026年部分节假日安排的通知
_HOLIDAYS = (
    ("2025-01-01", 1),
    ("2025-01-28", 8),
    ("2025-04-04", 3),
    ("2025-05-01", 5),
    ("2025-05-31", 3),
    ("2025-10-01", 8),
    ("2026-01-01", 3),
    ("2026-02-15", 9),
    ("2026-04-04", 3),
    ("2026-05-01", 5),
    ("2026-06-19", 3),
    ("2026-09-25", 3),
    ("2026-10-01", 7),
)
HOLIDAYS = frozenset(date.fromisoformat(first) + DAY * n for first, days in _HOLIDAYS for n in range(days))
MAKEUP_DAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
        *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    )
)


@cache
def office_hours(day: date) -> tuple[Span, ...]:
    """When the office is open on a date."""
    if day in HOLIDAYS or (day.weekday() >= 5 and day not in MAKEUP_DAYS):
        return ()
    hours = next(hours for first, last, hours in SEASONS if first <= (day.month, day.day) <= last)
    return tuple((_at(day, opens), _at(day, closes)) for opens, closes in hours)


def is_open(now: datetime) -> bool:
    """Whether the office is open at a moment."""
    return any(opens <= now < closes for opens, closes in office_hours(now.astimezone(SUZHOU).date()))


@cache
def whole_day(day: date) -> tuple[Span, ...]:
    """A clock that runs day and night."""
    return ((_at(day, "00:00"), _at(day + DAY, "00:00")),)


def _at(day: date, wall: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), SUZHOU).astimezone(UTC)


def minutes_of(amount: int, kind: str) -> int:
    """Counted minutes of a limit: a work day has eight office hours."""
    return amount * {"urgent_hours": 60, "work_hours": 60, "work_days": 8 * 60, "calendar_days": 24 * 60}[kind]


def used_up(start: datetime, kind: str, amount: timedelta, pauses: list[Span]) -> datetime:
    """The first moment from `start` on at which `amount` has been counted."""
    left = amount
    for opens, closes in _running(start, kind, pauses):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise AssertionError("unreachable: days have no end")


def limits(start: datetime, kind: str, minutes: int, pauses: list[Span]) -> tuple[datetime, datetime]:
    """When 80 % and all of a limit are used up."""
    whole = timedelta(minutes=minutes)
    return used_up(start, kind, whole * 4 / 5, pauses), used_up(start, kind, whole, pauses)


def light(amber: datetime, due: datetime, now: datetime) -> str:
    """Green until amber, amber until due, red after."""
    return "green" if now <= amber else "amber" if now <= due else "red"


def _running(start: datetime, kind: str, pauses: list[Span]) -> Iterator[Span]:
    """Spans in which the clock runs, from `start` on."""
    open_on = office_hours if kind in ("work_hours", "work_days") else whole_day
    day = start.astimezone(SUZHOU).date()
    while True:
        for opens, closes in open_on(day):
            yield from _cut((max(opens, start), closes), pauses)
        day += DAY


def _cut(span: Span, pauses: list[Span]) -> list[Span]:
    """What the pauses leave of a span."""
    left = [span] if span[0] < span[1] else []
    for begins, ends in pauses:
        left = [
            piece
            for opens, closes in left
            for piece in ((opens, min(closes, begins)), (max(opens, ends), closes))
            if piece[0] < piece[1]
        ]
    return left
