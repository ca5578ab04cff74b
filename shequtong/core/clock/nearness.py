"""By when, as one says it (还剩多久): 超期 6 天, 还剩 40 分钟, 今天 17:30 前. By the wall clock of the place, in the language of the reader."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import pgettext

from shequtong.core.clock.wording import duration

_SOON = timedelta(hours=2)  # so near one counts minutes
_WEEK = 7
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def by_when(due_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """How late it is, how much is left, or until which hour of which day."""
    if due_at < now:
        return pgettext("clock", "late by %(time)s") % {"time": roughly(now - due_at)}
    if due_at - now < _SOON:
        return pgettext("clock", "%(time)s left") % {"time": roughly(due_at - now)}
    local = due_at.astimezone(zone)
    words = {"time": f"{local:%H:%M}", "month": local.month, "day": local.day, "weekday": WEEKDAYS[local.weekday()]}
    days = (local.date() - now.astimezone(zone).date()).days
    if days == 0:
        return pgettext("clock", "today by %(time)s") % words
    if days == 1:
        return pgettext("clock", "tomorrow by %(time)s") % words
    if days < _WEEK:
        return pgettext("clock", "%(weekday)s by %(time)s") % words
    return pgettext("clock", "by %(month)s-%(day)s") % words


def time_left(due_at: datetime, now: datetime) -> str:
    """How late it is or how much is left, in the largest unit."""
    words = pgettext("clock", "late by %(time)s") if due_at < now else pgettext("clock", "%(time)s left")
    return words % {"time": roughly(abs(due_at - now))}


def since(at: datetime, now: datetime) -> str:
    """For how long something has lasted."""
    return pgettext("clock", "for %(time)s") % {"time": roughly(now - at)}


def roughly(length: timedelta) -> str:
    """A length in its largest unit alone: 6 天, 3 小时, 40 分钟."""
    return duration(rounded(length))


def rounded(length: timedelta) -> int:
    """Whole minutes of a length down to its largest unit, one at least. Lengths that are rounded alike are said alike."""
    for unit in (_DAY, _HOUR):
        if length >= unit:
            return length // unit * (unit // _MINUTE)
    return max(length, _MINUTE) // _MINUTE
