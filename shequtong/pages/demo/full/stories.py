"""How the cases of the full demo go (演示案情): stories with their weights, when and where they begin, told by whom.

The weights make about a tenth late, one in twenty reworked, one in thirty reopened; every move stands in at least twenty stories of 6,000.
"""

from bisect import bisect
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from shequtong.pages.demo.full import moves as m
from shequtong.pages.demo.full import moves_between as b
from shequtong.pages.demo.full import moves_reporters as r
from shequtong.pages.demo.full.life import Move

_BEGIN = (m.register, m.dispatch, m.accept)
_END = (m.verify, m.answer, m.close, m.evaluate)
STANDARD = (*_BEGIN, m.handle, *_END)
STORIES: tuple[tuple[int, tuple[Move, ...]], ...] = (
    (560, STANDARD),
    (80, (*_BEGIN, m.handle_late, *_END)),
    (50, (*_BEGIN, m.handle, m.rework, m.handle, *_END)),
    (8, (*_BEGIN, m.handle_late, m.rework, m.handle, *_END)),
    (36, (*_BEGIN, m.handle, m.verify, m.answer, m.close, m.reopen, m.dispatch, m.accept, m.handle, *_END)),
    (40, (*_BEGIN, m.handle, m.verify, m.answer, m.close, m.call_back)),
    (30, (*_BEGIN, m.handle, m.verify, m.answer, m.closes_itself)),
    (20, (*_BEGIN, m.send_back, m.dispatch, m.accept, m.handle, *_END)),
    (8, (*_BEGIN, m.send_back, m.dispatch, m.accept, m.send_back, m.decide, m.accept, m.handle, *_END)),
    (10, (m.register, m.left_lying, m.accept, m.handle, *_END)),
    (14, (*_BEGIN, b.assign, m.handle, *_END)),
    (14, (*_BEGIN, b.assist, m.handle, *_END)),
    (12, (*_BEGIN, b.call_off, m.handle, *_END)),
    (12, (*_BEGIN, b.hand_over, m.handle, *_END)),
    (12, (*_BEGIN, b.hand_over_in_vain, m.handle, *_END)),
    (10, (*_BEGIN, b.extend, m.handle, *_END)),
    (8, (*_BEGIN, b.extend_in_vain, m.handle, *_END)),
    (12, (*_BEGIN, b.suspend, m.handle, *_END)),
    (16, (*_BEGIN, b.ask_reporter, m.handle, *_END)),
    (10, (*_BEGIN, b.urge, m.handle, *_END)),
    (20, (*_BEGIN, m.handle_late, m.verify, m.answer, m.close, b.appeal)),
    (16, (m.register, r.join, m.dispatch, m.accept, m.handle, *_END)),
    (10, (m.register, r.merge, m.dispatch, m.accept, m.handle, *_END)),
    (10, (m.register, r.merge, r.unmerge, m.dispatch, m.accept, m.handle, *_END)),
    (8, (m.register, r.correct, m.dispatch, m.accept, m.handle, *_END)),
    (10, (*_BEGIN, r.add, m.handle, *_END)),
    (10, (r.withdraw,)),
    (6, (*_BEGIN, r.withdraw, m.handle, m.verify, m.closes_itself)),
    (14, (m.refuse,)),
    (8, (m.void,)),
)
SETTLED: tuple[Move, ...] = (b.review,)  # 自行处置
# Of a hundred cases; the others are told by residents who leave a name and a telephone.
CHANNELS = (("settled", 4), ("staff", 10), ("window", 5), ("phone", 14), ("nameless", 3), ("account", 8), ("resident", 56))

# How much is told in each hour of the day, and on each day of the week from Monday.
_HOURS = (1, 1, 0, 0, 0, 1, 4, 10, 22, 30, 28, 20, 14, 18, 26, 26, 22, 18, 14, 16, 16, 12, 6, 2)
_DAYS = (11, 10, 10, 10, 10, 7, 6)


def moments(first: datetime, last: datetime, many: int, zone: ZoneInfo) -> list[datetime]:
    """So many moments between two, in order, by the profile of week and day. UTC."""
    hours = int((last - first).total_seconds() // 3600)
    weights = []
    for n in range(hours):
        local = (first + timedelta(hours=n)).astimezone(zone)
        weights.append(_HOURS[local.hour] * _DAYS[local.weekday()])
    total = list(accumulate(weights))
    found = []
    for n in range(many):
        wanted = (n + 0.5) / many * total[-1]
        hour = bisect(total, wanted)
        within = (wanted - (total[hour - 1] if hour else 0)) / weights[hour]
        found.append(first + timedelta(hours=hour + within))
    return found


def by_weight(weights: Iterator[int] | tuple[int, ...]) -> list[int]:
    """Running totals, for `pick`."""
    return list(accumulate(weights))


def pick(totals: list[int], share: float) -> int:
    """Which one a share of the whole (0 to 1) falls on."""
    return bisect(totals, share * totals[-1])
