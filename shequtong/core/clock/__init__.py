"""The clock (时限): how long a case may take, how much of it is used, and why, by pure functions over a work calendar.

Nothing here reads a database, a setting or the time of day: `now` is always an argument. Sentences for people are in `wording`.
"""

from shequtong.core.clock.arithmetic import elapsed, light, limits
from shequtong.core.clock.calendar import Calendar, Season, Window, workweek
from shequtong.core.clock.explanation import Explanation, Span, SpanKind, explain
from shequtong.core.clock.terms import (
    AMBER_FROM,
    CalendarExhaustedError,
    ClockError,
    ClockKind,
    Due,
    Light,
    Limit,
    Pause,
    PauseReason,
)
from shequtong.core.clock.zones import zone_named

__all__ = [
    "AMBER_FROM",
    "Calendar",
    "CalendarExhaustedError",
    "ClockError",
    "ClockKind",
    "Due",
    "Explanation",
    "Light",
    "Limit",
    "Pause",
    "PauseReason",
    "Season",
    "Span",
    "SpanKind",
    "Window",
    "elapsed",
    "explain",
    "light",
    "limits",
    "workweek",
    "zone_named",
]
