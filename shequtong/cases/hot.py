"""Hot issues (热点问题): what is told at one place far more often of late than chance explains. Pure.

A topic is a class, or a class with a run of characters that its reports share; a place is a building, a compound, a grid, a community or
the street. Of the N reports of a topic at a place in ten weeks, c came in the last 3, 7 or 14 days. Had they come at any time like all
other reports, each would lie in that window with the share q of all reports that lie there: the issue's chance is P(X >= c), X binomial
(N, q). That is the null hypothesis of Kulldorff's space-time permutation scan (PLoS Medicine 2(3): e59, 2005): place and topic keep their
totals, time is exchanged. Many topics are looked at; so the chance is multiplied by how many were (Bonferroni), and what is left must be
below 0.05. A run of characters alone is no topic: most of the reports must share a second one, which their class has seldom. Of issues that
share most of their cases the least likely stands for all.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOWS = (timedelta(days=3), timedelta(days=7), timedelta(days=14))
SPAN = timedelta(weeks=10)  # two weeks, and the eight before
FEWEST = 5  # cases of an issue
MOST = 20  # issues of a street
CHANCE = 0.05  # of naming anything where nothing is the matter
_GRAMS = (2, 3, 4)
_SAME = 0.5  # share of cases from which two issues are one
_WORDS = 3
_SHARED, _RARE = 0.5, 3.0  # of the issue's reports have a word that names it, and so many times oftener than all of its class


@dataclass(frozen=True)
class Told:
    """One report: its class, the places it lies at (a smaller one sorts before a larger), when and in which words."""

    id: int
    kind: int
    places: tuple[str, ...]
    at: datetime
    text: str


@dataclass(frozen=True)
class Issue:
    """One hot issue; `words` are what its reports share beside the class, `chance` is after Bonferroni."""

    kind: int
    place: str
    words: tuple[str, ...]
    window: timedelta
    ids: tuple[int, ...]  # in the window, the newest first
    before: int  # cases of the topic there in the rest of the ten weeks
    expected: float  # in the window, had they come like all others
    chance: float


@dataclass(frozen=True)
class _Cell:
    """A topic at a place: all its reports, by their position."""

    kind: int
    place: str
    gram: str
    members: tuple[int, ...]


def hot_issues(told: Iterable[Told], now: datetime) -> list[Issue]:
    """The least likely first, `MOST` at most."""
    rows = sorted((one for one in told if now - SPAN < one.at <= now), key=lambda one: one.at, reverse=True)
    starts = [_within(rows, now - window) for window in WINDOWS]
    if starts[-1] < FEWEST:
        return []
    grams = [_grams(row.text) for row in rows]
    found: list[Issue] = []
    for cells in (_cells(rows, starts[-1], lambda _row: ("",)), _by_gram(rows, grams, starts[-1])):
        limit = CHANCE / 2 / max(1, len(cells) * len(WINDOWS))
        found += [issue for cell in cells if (issue := _judged(rows, grams, cell, starts, limit)) is not None]
    return _merged(sorted(found, key=lambda one: (one.chance, -len(one.ids), one.place, one.words)))


def _within(rows: Sequence[Told], since: datetime) -> int:
    """How many of the newest rows came after `since`."""
    return sum(1 for row in rows if row.at > since)


def _by_gram(rows: Sequence[Told], grams: Sequence[set[str]], recent: int) -> list[_Cell]:
    """Only runs of characters that enough recent reports of the class have. Runs that the same reports share are one topic: the longest."""
    common: Counter[tuple[int, str]] = Counter(
        (row.kind, gram) for row, own in zip(rows[:recent], grams, strict=False) for gram in own
    )
    kept = {key for key, n in common.items() if n >= FEWEST}
    own = {id(row): [gram for gram in of if (row.kind, gram) in kept] for row, of in zip(rows, grams, strict=True)}
    longest: dict[tuple[int, tuple[int, ...]], _Cell] = {}
    for cell in _cells(rows, recent, lambda row: own[id(row)]):
        # The same reports at a smaller and a larger place are one, too: the smaller says more.
        key = (cell.kind, cell.members)
        there = longest.get(key)
        if there is None or (-len(cell.gram), cell.place) < (-len(there.gram), there.place):
            longest[key] = cell
    return list(longest.values())


def _grams(text: str) -> set[str]:
    found = set()
    for length in _GRAMS:
        found |= {text[at : at + length] for at in range(len(text) - length + 1)}
    return {gram for gram in found if gram.isalpha() and not gram.isascii()}


def _cells(rows: Sequence[Told], recent: int, topics: Callable[[Told], Iterable[str]]) -> list[_Cell]:
    """Topics at places with enough recent reports, each with all its reports."""
    counted: Counter[tuple[int, str, str]] = Counter()
    for row in rows[:recent]:
        counted.update((row.kind, place, topic) for topic in topics(row) for place in row.places)
    members: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    wanted = {key for key, n in counted.items() if n >= FEWEST}
    for position, row in enumerate(rows):
        for topic in topics(row):
            for place in row.places:
                if (row.kind, place, topic) in wanted:
                    members[row.kind, place, topic].append(position)
    return [_Cell(kind, place, topic, tuple(at)) for (kind, place, topic), at in members.items()]


def _judged(rows: Sequence[Told], grams: Sequence[set[str]], cell: _Cell, starts: Sequence[int], limit: float) -> Issue | None:
    """The window in which the topic is least likely, if that is unlikely enough."""
    best: tuple[float, int, int] | None = None
    for which, start in enumerate(starts):
        inside = sum(1 for at in cell.members if at < start)
        if inside < FEWEST:
            continue
        chance = tail(len(cell.members), start / len(rows), inside)
        if chance < limit and (best is None or chance < best[0]):
            best = (chance, which, inside)
    if best is None:
        return None
    chance, which, inside = best
    ids = tuple(rows[at].id for at in cell.members[:inside])
    expected = len(cell.members) * starts[which] / len(rows)
    words = _words(rows, grams, cell, inside)
    if cell.gram and len(words) < 2:
        return None
    left = chance / limit * CHANCE / 2
    return Issue(cell.kind, cell.place, words, WINDOWS[which], ids, len(cell.members) - inside, expected, left)


def _words(rows: Sequence[Told], grams: Sequence[set[str]], cell: _Cell, inside: int) -> tuple[str, ...]:
    """What most of the issue's reports share and others (of their class, for a topic within it) have seldom, the commonest and longest first; no two overlap."""
    own = Counter(gram for at in cell.members[:inside] for gram in grams[at])
    often = [gram for gram, n in own.items() if n >= _SHARED * inside]
    kind = [at for at, row in enumerate(rows) if not cell.gram or row.kind == cell.kind]
    rare = [gram for gram in often if own[gram] * len(kind) >= _RARE * inside * sum(1 for at in kind if gram in grams[at])]
    told: list[str] = []
    for gram in sorted(rare, key=lambda gram: (-own[gram] * len(gram), gram)):
        if len(told) < _WORDS and not any(_overlap(gram, each) for each in told):
            told.append(gram)
    return tuple(told)


def tail(n: int, q: float, least: int) -> float:
    """P(X >= least) of a binomial (n, q)."""
    if q >= 1:
        return 1.0
    logs = (
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(q) + (n - k) * math.log1p(-q)
        for k in range(least, n + 1)
    )
    return min(1.0, sum(math.exp(each) for each in logs))


def _merged(found: Sequence[Issue]) -> list[Issue]:
    """One for each matter: what shares most of its cases with one that stands is that one."""
    standing: list[Issue] = []
    for issue in found:
        own = set(issue.ids)
        same = (len(own & set(other.ids)) > _SAME * min(len(own), len(other.ids)) for other in standing)
        if len(standing) < MOST and not any(same):
            standing.append(issue)
    return standing


def _overlap(one: str, other: str) -> bool:
    """Whether two runs share a character: then the second says little that is new."""
    return bool(set(one) & set(other))
