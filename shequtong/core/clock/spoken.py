"""Limits as offices write them (文字时限): "2紧急工作时(制止)", "4工作时", "1天" read into a limit and a note, or a reason why not.

The rule for a bare unit: 小时 is 工作时 and 天 or 日 is 工作日. Source: the second edition of 运城's table writes out what its first left
bare (`urban_mgmt_standards`, 255 conditions stand in both: 天 became 工作日 and 小时 工作时 in 252, three were shortened to 4工作时);
a test counts them. Bare hours of 24 and more are refused: who writes them may mean day and night. 紧急工作日 is 24 urgent hours.
Several limits in one cell are steps of one case: the last one is the limit and must be the longest, the earlier stand in the note.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from shequtong.core.clock.terms import ClockError, ClockKind, Limit

LONGEST_TEXT = 200


class Unclear(StrEnum):
    """Why a text is no limit."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    NO_UNIT = "no_unit"
    RANGE = "range"
    HOURS_OR_DAYS = "hours_or_days"
    WEEKS_OR_MONTHS = "weeks_or_months"
    NOTHING = "nothing"
    TOO_LONG = "too_long"
    PART_OF_MINUTE = "part_of_minute"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A limit that was read. `bare`: its unit was filled in by the rule; `only`: words before it say when it holds at all."""

    limit: Limit
    note: str = ""
    bare: bool = False
    only: str = ""


_DIGITS = "零一二三四五六七八九"
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+|半"
# Longest first: 紧急工作时 holds 工作时, which holds 时.
_UNITS: tuple[tuple[str, ClockKind, int, bool], ...] = (
    ("紧急工作小时|紧急工作时|紧急小时|紧急时", ClockKind.URGENT_HOURS, 60, False),
    ("紧急工作日|紧急工作天|紧急日|紧急天", ClockKind.URGENT_HOURS, 24 * 60, False),
    ("紧急工作分钟|紧急分钟", ClockKind.URGENT_HOURS, 1, False),
    ("工作小时|工作时", ClockKind.WORK_HOURS, 60, False),
    ("工作日|工作天", ClockKind.WORK_DAYS, 8 * 60, False),
    ("自然日|自然天|日历日|日历天", ClockKind.CALENDAR_DAYS, 24 * 60, False),
    ("工作分钟", ClockKind.WORK_HOURS, 1, False),
    ("小时|钟头|时", ClockKind.WORK_HOURS, 60, True),
    ("天|日", ClockKind.WORK_DAYS, 8 * 60, True),
    ("分钟|分", ClockKind.WORK_HOURS, 1, True),
)
_UNIT = "|".join(f"(?P<u{place}>{unit[0]})" for place, unit in enumerate(_UNITS))
_LIMIT = re.compile(rf"(?P<number>{_NUMBER})个?(?P<half>半)?(?:{_UNIT})(?P<after>半)?(?:以内|之内|内)?")
_LONG_UNIT = re.compile(rf"(?:{_NUMBER})个?半?(?:周|星期|礼拜|月|季度|年)")
_CLOSING = re.compile(r"[\s,，、;；:：。.()\[\]【】]+")
_CLOCK_NAMED = re.compile("自然|日历|工作|紧急|节假日")
_ASIDE = ("限", "限时", "时限", "处置时限", "在", "于", "不超过", "应在", "须在")


def spoken(text: str) -> Spoken | Unclear:
    """Read a limit. Never raises: what is no limit comes back as the reason."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not plain:
        return Unclear.EMPTY
    found = list(_LIMIT.finditer(plain)) if len(plain) <= LONGEST_TEXT else []
    if not found:
        return _why_not(plain)
    before, notes = plain[: found[0].start()], []
    for match, follows in zip(found, [*found[1:], None], strict=True):
        notes.append(_trimmed(plain[match.end() : follows.start() if follows else len(plain)]))
    rest = [_trimmed(before), *notes]
    if any(re.search(r"\d", part) or _LONG_UNIT.search(part) for part in rest):
        return Unclear.WEEKS_OR_MONTHS if any(_LONG_UNIT.search(part) for part in rest) else Unclear.RANGE
    if any(re.search(r"[-~—–至到]$", part) for part in (before, *notes[:-1])):
        return Unclear.RANGE
    limits = [_one(match) for match in found]
    for each in limits:
        if isinstance(each, Unclear):
            return each
    return _together(rest[0], [each for each in limits if isinstance(each, Spoken)], notes, found)


def unclear_text(why: Unclear) -> str:
    """The reason in words, with what to write instead."""
    return {
        Unclear.EMPTY: _("There is no limit."),
        Unclear.NO_NUMBER: _("The limit has no number, e.g. “4 office hours” is one."),
        Unclear.NO_UNIT: _("The limit has no unit: say hours or days, and of which clock."),
        Unclear.RANGE: _("A range is no limit: write the longest time only."),
        Unclear.HOURS_OR_DAYS: _("24 hours or more without a clock may mean day and night or office hours: say which."),
        Unclear.WEEKS_OR_MONTHS: _("Weeks, months and years have no fixed length here: write days."),
        Unclear.NOTHING: _("A limit must be longer than nothing."),
        Unclear.TOO_LONG: _("A limit may be ten years at most."),
        Unclear.PART_OF_MINUTE: _("A limit counts whole minutes."),
        Unclear.STEPS: _("Several limits, and the last is not the longest: give each a row of its own."),
    }[why]


def _why_not(plain: str) -> Unclear:
    if len(plain) > LONGEST_TEXT:
        return Unclear.TOO_LONG
    if _LONG_UNIT.search(plain):
        return Unclear.WEEKS_OR_MONTHS
    return Unclear.NO_UNIT if re.search(r"\d", plain) else Unclear.NO_NUMBER


def _one(match: re.Match[str]) -> Spoken | Unclear:
    _words, kind, minutes_of_one, bare = _UNITS[next(place for place in range(len(_UNITS)) if match[f"u{place}"])]
    amount = _number(match["number"]) + (Fraction(1, 2) if match["half"] or match["after"] else 0)
    minutes = amount * minutes_of_one
    if not minutes:
        return Unclear.NOTHING
    if minutes.denominator != 1:
        return Unclear.PART_OF_MINUTE
    if bare and minutes_of_one == 60 and amount >= 24:
        return Unclear.HOURS_OR_DAYS
    if minutes % kind.minutes_of_one and kind.in_days:  # half a day is hours of the same sort of clock
        kind = ClockKind.URGENT_HOURS if kind.continuous else ClockKind.WORK_HOURS
    try:
        return Spoken(Limit.of_minutes(int(minutes), kind), bare=bare)
    except ClockError:
        return Unclear.TOO_LONG


def _together(before: str, limits: list[Spoken], notes: list[str], found: list[re.Match[str]]) -> Spoken | Unclear:
    last = limits[-1]
    if any(each.bare and _CLOCK_NAMED.search(note) for each, note in zip(limits, notes, strict=True)):
        return Unclear.HOURS_OR_DAYS  # 1天(自然日): the words beside it name a clock that the rule would not give
    if any(_at_least(each.limit) >= _at_least(last.limit) for each in limits[:-1]):
        return Unclear.STEPS
    whole = found[0].string
    steps = [
        f"{match[0]}{_CLOSING.sub('，', whole[match.end() : follows.start()]).rstrip('，')}"
        for match, follows in itertools.pairwise(found)
    ]
    note = "，".join(part for part in (*steps, notes[-1]) if part)
    return Spoken(last.limit, note, any(each.bare for each in limits), "" if before in _ASIDE else before)


def _at_least(limit: Limit) -> int:
    """Minutes that pass at the very least, by the clock on the wall: a working day takes a day."""
    return limit.minutes if limit.kind.continuous else limit.minutes * 3 if limit.kind.in_days else limit.minutes


def _trimmed(text: str) -> str:
    return _CLOSING.sub("，", text).strip("，")


def _number(text: str) -> Fraction:
    """A number in digits or characters, e.g. 2, 1.5, 二十四, 半."""
    if text == "半":
        return Fraction(1, 2)
    if text[0].isdigit():
        return Fraction(text)
    total, digit = 0, 0
    for character in text.replace("两", "二"):
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        else:
            digit = _DIGITS.index(character)
    return Fraction(total + digit)
