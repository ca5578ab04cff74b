"""The clock in words (时限说明): one sentence for a page, a label and a line for each span. In the language of the reader."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from django.utils.translation import npgettext, pgettext

from shequtong.core.clock.explanation import Explanation, Span, SpanKind
from shequtong.core.clock.terms import ClockKind, Light, Limit, PauseReason

MINUTES_OF_DAY = 24 * 60


def kind_name(kind: ClockKind) -> str:
    """The name of a clock, for choosing it in a form."""
    return {
        ClockKind.URGENT_HOURS: pgettext("clock", "Urgent hours (day and night)"),
        ClockKind.WORK_HOURS: pgettext("clock", "Office hours"),
        ClockKind.WORK_DAYS: pgettext("clock", "Working days of 8 office hours"),
        ClockKind.CALENDAR_DAYS: pgettext("clock", "Calendar days (day and night)"),
    }[kind]


def light_name(light: Light) -> str:
    """What a light says, for those who do not see its colour."""
    return {
        Light.GREEN: pgettext("clock", "In time"),
        Light.AMBER: pgettext("clock", "Due soon"),
        Light.RED: pgettext("clock", "Overdue"),
    }[light]


def reason_name(reason: PauseReason) -> str:
    """Why a clock stood still, in words."""
    return {
        PauseReason.SUSPENDED: pgettext("clock", "suspended"),
        PauseReason.REPORTER_ASKED: pgettext("clock", "reporter asked"),
        PauseReason.OTHER: pgettext("clock", "other reason"),
    }[reason]


def span_name(span: Span) -> str:
    """Why a span counts or does not."""
    if span.reason is not None:
        return pgettext("clock", "Paused (%(reason)s)") % {"reason": reason_name(span.reason)}
    return {
        SpanKind.COUNTED: pgettext("clock", "Counted"),
        SpanKind.MAKEUP: pgettext("clock", "Counted (make-up workday)"),
        SpanKind.BREAK: pgettext("clock", "Midday break"),
        SpanKind.OFF_HOURS: pgettext("clock", "Outside office hours"),
        SpanKind.REST_DAY: pgettext("clock", "Rest day"),
        SpanKind.HOLIDAY: pgettext("clock", "Public holiday"),
        SpanKind.PAUSED: pgettext("clock", "Paused"),
    }[span.kind]


def limit_text(limit: Limit) -> str:
    """A limit as offices write it: 4工作时, 2紧急工作时, 5工作日, 15分钟."""
    extra = duration(limit.extra_minutes, by_days=False)
    if not limit.amount and not limit.kind.continuous:
        return pgettext("clock", "%(minutes)s of office hours") % {"minutes": extra}
    if not limit.amount:
        return extra
    whole = _AMOUNTS[limit.kind](limit.amount) % {"amount": limit.amount}
    return _joined(whole, extra) if limit.extra_minutes else whole


def duration(minutes: int, *, minutes_of_day: int = MINUTES_OF_DAY, by_days: bool = True, working: bool = False) -> str:
    """`1 h 30 min`, or with `by_days` in days of so many minutes; `working` calls them working days (工作日)."""
    days, rest = divmod(minutes, minutes_of_day) if by_days else (0, minutes)
    hours, rest = divmod(rest, 60)
    parts = []
    if days and working:
        parts.append(npgettext("clock", "%(count)s working day", "%(count)s working days", days) % {"count": days})
    elif days:
        parts.append(npgettext("clock", "%(count)s day", "%(count)s days", days) % {"count": days})
    if hours:
        parts.append(pgettext("clock", "%(hours)s h") % {"hours": hours})
    if rest or not parts:
        parts.append(pgettext("clock", "%(minutes)s min") % {"minutes": rest} if parts else _minutes(rest))
    return reduce(_joined, parts)


def sentence(explanation: Explanation) -> str:
    """One line: the limit, what is used, where the clock stood still, what is left or how late it is."""
    limit = explanation.limit
    parts = [
        pgettext("clock", "Limit %(limit)s, used %(used)s")
        % {"limit": limit_text(limit), "used": _clock_time(limit.kind, explanation.used_minutes)}
    ]
    if stops := _stops(explanation):
        parts.append(pgettext("clock", "clock stopped: %(pauses)s") % {"pauses": stops})
    parts.append(_outcome(explanation))
    if explanation.unknown_years:
        years = _list([str(year) for year in explanation.unknown_years])
        parts.append(pgettext("clock", "official holidays of %(years)s not yet entered, the time may change") % {"years": years})
    return pgettext("clock, between the parts of a sentence", "; ").join(parts)


def span_line(span: Span, zone: ZoneInfo) -> str:
    """One span as a line: from, to, why, and the minutes counted."""
    words = {"from": moment_text(span.starts, zone), "to": moment_text(span.ends, zone), "why": span_name(span)}
    if not span.kind.counts:
        return pgettext("clock", "%(from)s to %(to)s: %(why)s") % words
    words["time"] = duration(span.minutes, by_days=False)
    return pgettext("clock", "%(from)s to %(to)s: %(why)s, %(time)s") % words


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """A moment by the wall clock of the place."""
    local = moment.astimezone(zone)
    return pgettext("clock, a moment", "%(year)d-%(month)02d-%(day)02d %(time)s") % {
        "year": local.year,
        "month": local.month,
        "day": local.day,
        "time": f"{local:%H:%M}",
    }


def _outcome(explanation: Explanation) -> str:
    kind, left = explanation.limit.kind, explanation.left_minutes
    due = {"due": moment_text(explanation.due.due_at, explanation.zone)}
    if explanation.overdue and left < 0:
        over = {**due, "over": _clock_time(kind, -left)}
        if kind.continuous:
            return pgettext("clock", "was due %(due)s, over by %(over)s") % over
        return pgettext("clock", "was due %(due)s, over by %(over)s of office hours") % over
    if explanation.overdue:
        return pgettext("clock", "was due %(due)s, the time is used up") % due
    remaining = {**due, "left": _clock_time(kind, left)}
    if explanation.paused is not None:
        return pgettext("clock", "stands still now, %(left)s left") % remaining
    return pgettext("clock", "%(left)s left, due %(due)s") % remaining


def _stops(explanation: Explanation) -> str:
    totals: dict[PauseReason, timedelta] = {}
    for span in explanation.spans:
        if span.reason is not None:
            totals[span.reason] = totals.get(span.reason, timedelta()) + span.length
    return _list(
        [
            pgettext("clock", "%(time)s (%(reason)s)")
            % {"time": duration(total // timedelta(minutes=1)), "reason": reason_name(reason)}
            for reason, total in totals.items()
        ]
    )


def _clock_time(kind: ClockKind, minutes: int) -> str:
    return duration(minutes, minutes_of_day=kind.minutes_of_day, by_days=kind.in_days, working=kind is ClockKind.WORK_DAYS)


def _joined(whole: str, rest: str) -> str:
    return pgettext("clock", "%(whole)s %(rest)s") % {"whole": whole, "rest": rest}


def _minutes(count: int) -> str:
    return npgettext("clock", "%(count)s minute", "%(count)s minutes", count) % {"count": count}


def _list(items: list[str]) -> str:
    return pgettext("clock, between the items of a list", ", ").join(items)


_AMOUNTS: dict[ClockKind, Callable[[int], str]] = {
    ClockKind.URGENT_HOURS: lambda n: npgettext("clock", "%(amount)s urgent hour", "%(amount)s urgent hours", n),
    ClockKind.WORK_HOURS: lambda n: npgettext("clock", "%(amount)s office hour", "%(amount)s office hours", n),
    ClockKind.WORK_DAYS: lambda n: npgettext("clock", "%(amount)s working day", "%(amount)s working days", n),
    ClockKind.CALENDAR_DAYS: lambda n: npgettext("clock", "%(amount)s calendar day", "%(amount)s calendar days", n),
}
