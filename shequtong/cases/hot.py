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
from collections.abc import Iterable, Mapping, Sequence
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
    found: list[Issue] = []
    for cells in (_cells(rows, starts[-1], {at: {""} for at in range(len(rows))}), _by_gram(rows, starts[-1])):
        limit = CHANCE / 2 / max(1, len(cells) * len(WINDOWS))
        found += [issue for cell in cells if (issue := _judged(rows, cell, starts, limit)) is not None]
    return _merged(sorted(found, key=lambda one: (one.chance, -len(one.ids), one.place, one.words)))


def _within(rows: Sequence[Told], since: datetime) -> int:
    """How many of the newest rows came after `since`."""
    return sum(1 for row in rows if row.at > since)


def _by_gram(rows: Sequence[Told], recent: int) -> list[_Cell]:
    """Only runs of characters that enough recent reports of the class have, one class after another: all at once would fill a worker."""
    of_kind: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        of_kind[row.kind].append(at)
    found: list[_Cell] = []
    for positions in of_kind.values():
        common = Counter(gram for at in positions if at < recent for gram in _grams(rows[at].text))
        kept = {gram for gram, n in common.items() if n >= FEWEST}
        if kept:
            found += _of_one_class(rows, recent, {at: _grams(rows[at].text) & kept for at in positions})
    return found


def _of_one_class(rows: Sequence[Told], recent: int, own: dict[int, set[str]]) -> list[_Cell]:
    """Runs that the same reports share are one topic, the longest; at a smaller and a larger place, too: the smaller says more."""
    longest: dict[tuple[int, ...], _Cell] = {}
    for cell in _cells(rows, recent, own):
        there = longest.get(cell.members)
        if there is None or (-len(cell.gram), cell.place) < (-len(there.gram), there.place):
            longest[cell.members] = cell
    return list(longest.values())


def _grams(text: str) -> set[str]:
    found = set()
    for length in _GRAMS:
        found |= {text[at : at + length] for at in range(len(text) - length + 1)}
    return {gram for gram in found if gram.isalpha() and not gram.isascii()}


def _cells(rows: Sequence[Told], recent: int, topics: Mapping[int, set[str]]) -> list[_Cell]:
    """Topics at places with enough recent reports, each with all its reports; `topics` in the order of the rows."""
    counted: Counter[tuple[int, str, str]] = Counter()
    for at, told in topics.items():
        if at < recent:
            counted.update((rows[at].kind, place, topic) for topic in told for place in rows[at].places)
    members: dict[tuple[int, str, str], list[int]] = {key: [] for key, n in counted.items() if n >= FEWEST}
    del counted
    for at, told in topics.items():
        for topic in told:
            for place in rows[at].places:
                if (key := (rows[at].kind, place, topic)) in members:
                    members[key].append(at)
    return [_Cell(kind, place, topic, tuple(at)) for (kind, place, topic), at in members.items()]


def _judged(rows: Sequence[Told], cell: _Cell, starts: Sequence[int], limit: float) -> Issue | None:
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
    words = _words(rows, cell, inside)
    if cell.gram and len(words) < 2:
        return None
    left = chance / limit * CHANCE / 2
    return Issue(cell.kind, cell.place, words, WINDOWS[which], ids, len(cell.members) - inside, expected, left)


def _words(rows: Sequence[Told], cell: _Cell, inside: int) -> tuple[str, ...]:
    """What most of the issue's reports share and others (of their class, for a topic within it) have seldom; no two overlap."""
    own = Counter(gram for at in cell.members[:inside] for gram in _grams(rows[at].text))
    often = [gram for gram, n in own.items() if n >= _SHARED * inside]
    others = [row.text for row in rows if not cell.gram or row.kind == cell.kind]
    told: list[str] = []
    for gram in sorted(often, key=lambda gram: (-own[gram] * len(gram), gram)):  # the commonest and longest first
        if len(told) == _WORDS:
            break
        if any(_overlap(gram, each) for each in told):
            continue
        if own[gram] * len(others) >= _RARE * inside * sum(gram in text for text in others):
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
