"""The State Council's yearly notice read as days (放假安排通知): days off, make-up workdays, what does not add up, what was not read. Pure.

The form has stood since 2013: 「二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。」
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

HOLIDAY, WORKDAY = "holiday", "workday"
# 《全国年节及纪念日放假办法》 article 2: what a whole notice speaks of.
OF_THE_LAW = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
LONGEST_TEXT = 20_000
_LONGEST_RANGE = 20  # days off in a row; the longest there has been is nine
_LONGEST_NAME = 40

_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?"
_SPAN = re.compile(f"{_DATE}(?:(?:至|到|-|—|~){_DATE})?")
_YEAR = re.compile(r"(20\d\d)年")
_NUMBERING = re.compile(r"^\s*[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]+\s*")
_TOTAL = re.compile(r"(?:共|放假)(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


@dataclass
class DaysRead:
    """What a text or a file says. `days` are (kind, name) by date; with any fault nothing of it may be taken over."""

    days: dict[date, tuple[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def put(self, day: date, kind: str, name: str) -> None:
        """Note a day; one that is named with two meanings is a fault."""
        before = self.days.get(day)
        if before is not None and before[0] != kind:
            self.faults.append(_("%(day)s is a day off and a workday at once.") % {"day": day.isoformat()})
        self.days[day] = (kind, name[:_LONGEST_NAME])

    @property
    def left_out(self) -> list[str]:
        """Holidays of the law that none of the days off is named after."""
        names = {name for kind, name in self.days.values() if kind == HOLIDAY}
        return [one for one in OF_THE_LAW if not any(one in name for name in names)]


def year_named(text: str) -> int | None:
    """The year a notice is for: the first it names; None when it names none."""
    found = _YEAR.search(_plain(text))
    return int(found[1]) if found else None


def read_notice(text: str, year: int) -> DaysRead:
    """The days of a pasted notice. Dates without a year are of `year`; those that say their own year keep it."""
    read = DaysRead()
    for name, sentence in _sentences(_plain(text[:LONGEST_TEXT])):
        spans = list(_SPAN.finditer(sentence))
        used = 0
        if spans and "放假" in sentence:
            used = _read_days_off(read, name, sentence, [one for one in spans if one.start() < sentence.index("放假")], year)
        elif spans and sentence.rstrip("等").endswith("上班"):
            used = _read_workdays(read, name, spans, year)
        if not used and (spans or "上班" in sentence):
            read.unread.append(sentence)
    if not read.days and not read.faults:
        read.faults.append(_("No day was found in the text."))
    return read


def _plain(text: str) -> str:
    """Full-width digits and brackets as plain ones; blanks inside a line taken away, as copies from a web page have them anywhere."""
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """(name of the holiday, sentence): what stands before a colon is the name, and holds until the next one."""
    name = ""
    for line in text.split("\n"):
        rest = _NUMBERING.sub("", line)
        for sentence in re.split(r"[。;;]", rest):
            head, colon, tail = sentence.partition(":")
            if colon and len(head) <= _LONGEST_NAME and not _SPAN.search(head):
                name, sentence = _NUMBERING.sub("", head), tail
            if sentence:
                yield name, sentence


def _read_days_off(read: DaysRead, name: str, sentence: str, spans: list[re.Match[str]], year: int) -> int:
    days = [day for span in spans for day in _days_of(read, span, year)]
    told = _TOTAL.search(sentence)
    if told and days and int(told[1]) != len(days):
        words = {"name": name, "told": told[1], "counted": len(days)}
        read.faults.append(_("%(name)s: the text says %(told)s days off, its dates are %(counted)d.") % words)
    for day in days:
        read.put(day, HOLIDAY, name)
    return len(spans)


def _read_workdays(read: DaysRead, name: str, spans: list[re.Match[str]], year: int) -> int:
    for span in spans:
        for day in _days_of(read, span, year):
            read.put(day, WORKDAY, _("%(name)s, make-up workday") % {"name": name} if name else "")
    return len(spans)


def _days_of(read: DaysRead, span: re.Match[str], year: int) -> list[date]:
    """The days of one date or range; what cannot be is a fault and gives none."""
    one = span.groups()
    first = _day(read, span[0], (one[0] or year, one[1], one[2]), one[3])
    if first is None or one[6] is None:
        return [first] if first else []
    month = int(one[5] or first.month)
    last = _day(read, span[0], (one[4] or first.year + (month < first.month), month, one[6]), one[7])
    if last is None:
        return []
    if not 0 < (last - first).days <= _LONGEST_RANGE:
        read.faults.append(_("“%(text)s” is no range of days off.") % {"text": span[0]})
        return []
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _day(read: DaysRead, text: str, told: tuple[object, object, object], note: str | None) -> date | None:
    try:
        found = date(*(int(str(part)) for part in told))
    except ValueError:
        read.faults.append(_("“%(text)s” names a day that does not exist.") % {"text": text})
        return None
    weekday = _WEEKDAY.search(note or "")
    if weekday and _WEEKDAYS[weekday[1]] != found.weekday():
        words = {"day": found.isoformat(), "weekday": weekday[0]}
        read.faults.append(_("%(day)s is not a %(weekday)s: the year or the date is wrong.") % words)
    return found
