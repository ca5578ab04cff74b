"""What a roster leaves open (值班空档): the hours of a day in which neither the office is open nor anybody on duty."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from shequtong.core.clock import Calendar
from shequtong.core.clock.instants import moment

Span = tuple[datetime, datetime]
_LEAST = timedelta(hours=2)  # a midday break is nobody's shift


def gaps(midnight: datetime, calendar: Calendar, shifts: Iterable[Span]) -> list[Span]:
    """Of the day that begins at `midnight`, in order. Pure."""
    ends = midnight + timedelta(days=1)
    office = ((moment(opens), moment(closes)) for opens, closes in calendar.day(midnight.date()).windows)
    found, cursor = [], midnight
    for starts, stops in sorted([*office, *shifts]):
        if starts - cursor > _LEAST and starts < ends:
            found.append((cursor, starts))
        cursor = max(cursor, stops)
    if ends - cursor > _LEAST:
        found.append((cursor, ends))
    zone = midnight.tzinfo
    return [(one.astimezone(zone), other.astimezone(zone)) for one, other in found]
