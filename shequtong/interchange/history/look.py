"""A whole file looked at first (预检): what would come, what not and why, and which of several rows with one number stands for all.

Repeated numbers: the row with the latest closing wins, a row without one counting as open since it was reported; of equal ones the first.
With `"repeated": "first"` the first row wins. Others are merged into it: they make no case, their closings are kept with the winner.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from shequtong.cases.past import PastCase
from shequtong.interchange.history.cells import BadCell
from shequtong.interchange.history.tables import Table
from shequtong.interchange.history.translate import Translator


@dataclass(frozen=True)
class Line:
    """What one row comes to: a past case, or why not; `merged_into` is the row that stands for it."""

    number: int
    past: PastCase | None = None
    bad: BadCell | None = None
    merged_into: int = 0


@dataclass
class Look:
    """What a file holds."""

    total: int = 0
    coming: int = 0
    refused: int = 0
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)  # column, reason
    stages: Counter[str] = field(default_factory=Counter)
    classes: Counter[int] = field(default_factory=Counter)
    stations: Counter[int] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)
    duplicates: int = 0  # by the source's own mark
    mended: int = 0  # some time lay before the one it follows
    without_point: int = 0
    into: dict[int, int] = field(default_factory=dict)  # row → the row that stands for it
    closings: dict[int, list[datetime]] = field(default_factory=dict)  # of the rows merged into a row

    @property
    def merged(self) -> int:
        """Rows that another stands for."""
        return len(self.into)

    def count(self, past: PastCase) -> None:
        """Count what is coming."""
        self.coming += 1
        self.stages[past.stage] += 1
        self.classes[past.class_id] += 1
        self.stations[past.station_id or 0] += 1
        self.units[past.unit_id] += 1
        self.years[past.times["reported"].year] += 1
        told = past.told.get("source", {})
        self.duplicates += "duplicate" in told
        self.mended += "said" in told
        self.without_point += past.point is None


def look_at(table: Table, translator: Translator, first_row: int = 1, said: Callable[[int], None] = lambda done: None) -> Look:
    """Look at all rows from `first_row` on; `said` hears how far it is."""
    look = Look()
    best: dict[int, tuple[int, datetime | None]] = {}  # by the hash of system and number: a million rows fit
    again: dict[int, list[tuple[int, datetime | None]]] = {}
    keep_first = translator.mapping.repeated == "first"
    for line in _lines(table, translator, first_row - 1):
        look.total = line.number
        if line.number % 1000 == 0:
            said(line.number)
        if line.past is None:
            assert line.bad is not None  # one of the two
            look.refused += 1
            look.reasons[line.bad.column, line.bad.reason] += 1
            continue
        look.count(line.past)
        key = hash((line.past.source, line.past.source_ref))
        closing = line.past.times.get("closed")
        if key not in best:
            best[key] = (line.number, closing)
            continue
        again.setdefault(key, [best[key]]).append((line.number, closing))
    for rows in again.values():
        winner = (
            rows[0] if keep_first else max(rows, key=lambda one: (one[1] is not None, one[1] and one[1].timestamp(), -one[0]))
        )
        for number, closing in rows:
            if number != winner[0]:
                look.into[number] = winner[0]
                if closing is not None:
                    look.closings.setdefault(winner[0], []).append(closing)
    return look


def lines_after(table: Table, translator: Translator, look: Look, position: int) -> Iterator[Line]:
    """Rows behind `position` as they are to be brought in."""
    for line in _lines(table, translator, position):
        if line.past is None:
            yield line
        elif line.number in look.into:
            yield Line(line.number, merged_into=look.into[line.number])
        elif line.number in look.closings:
            yield Line(line.number, _with_closings(line.past, look.closings[line.number]))
        else:
            yield line


def _with_closings(past: PastCase, others: list[datetime]) -> PastCase:
    """The winner remembers when the others closed; the first closing is the earliest of all that lie behind its report."""
    told = past.told.get("source", {})
    kept = {"source": {**told, "other_closings": [at.isoformat() for at in sorted(others)]}}
    possible = [at for at in [*others, past.times.get("closed")] if at is not None and at >= past.times["reported"]]
    return replace(past, told=kept, first_closed_at=min(possible) if "closed" in past.times else None)


def _lines(table: Table, translator: Translator, after: int) -> Iterator[Line]:
    for number, row in table.rows(after):
        try:
            yield Line(number, translator.past_case(row))
        except BadCell as bad:
            yield Line(number, bad=bad)
