"""When a root-cause project is over, and when a place deserves one (根治项目规则). Pure.

A project ends when what was to be done is reported and then no case of its class came from its place for 60 days: counted from the
report, and anew from each case that comes after it. A case that comes within 180 days of that end says that it came back.

A place deserves one when as many cases of a class were closed there in 180 days as leave no 60 days between them on the average.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

QUIET = timedelta(days=60)  # without a new case
WATCHED = timedelta(days=180)  # after the end
BEFORE = timedelta(days=180)  # before the opening: whose cases are set against those after
OFTEN = 3  # closed in BEFORE at one building: 180 days are three times 60
OFTEN_AROUND = 6  # at a compound, which has many households: twice as many
MOST = 50  # places of a street, those with most cases
_MAINLY = 0.5  # of a compound's cases, from which one building is the place


@dataclass(frozen=True)
class EndTest:
    """How far a project is with its end test at a moment; no `ends_at` while nothing is reported as done."""

    ends_at: datetime | None
    days_left: int
    days_quiet: int

    @property
    def share(self) -> int:
        """Of the 60 days, in per cent."""
        return round(100 * self.days_quiet / QUIET.days)


def ends_at(measures_at: datetime | None, last_case_at: datetime | None) -> datetime | None:
    """When the 60 days are over if no case comes before; None while nothing was reported as done."""
    if measures_at is None:
        return None
    return max(measures_at, last_case_at or measures_at) + QUIET


def is_met(measures_at: datetime | None, last_case_at: datetime | None, now: datetime) -> bool:
    """Whether the end test is passed: on the sixtieth day itself it is."""
    end = ends_at(measures_at, last_case_at)
    return end is not None and now >= end


def end_test(measures_at: datetime | None, last_case_at: datetime | None, now: datetime) -> EndTest:
    """The end test as it stands; begun days count as left."""
    end = ends_at(measures_at, last_case_at)
    if end is None:
        return EndTest(None, QUIET.days, 0)
    left = max(0, -((now - end) // timedelta(days=1)))
    return EndTest(end, min(left, QUIET.days), QUIET.days - min(left, QUIET.days))


def came_back(ended_at: datetime, first_after: datetime) -> bool:
    """Whether a case that came after the end says that the cause was not cured."""
    return ended_at < first_after <= ended_at + WATCHED


@dataclass(frozen=True)
class Closed:
    """How many cases of a class were closed at a building in 180 days, and the latest of them; places as `told_lately` writes them."""

    kind: int
    building: str
    compound: str  # "" for none
    n: int
    last: int


@dataclass(frozen=True)
class Again:
    """A class that comes back at a place."""

    kind: int
    place: str
    n: int
    last: int


def coming_back(rows: Iterable[Closed]) -> list[Again]:
    """Where one deserves to be opened, most cases first: the building where that is the place, else the compound around it."""
    around: dict[tuple[int, str], list[Closed]] = defaultdict(list)
    found = []
    for row in rows:
        if row.n >= OFTEN:
            found.append(Again(row.kind, row.building, row.n, row.last))
        if row.compound:
            around[row.kind, row.compound].append(row)
    for (kind, compound), some in around.items():
        n = sum(row.n for row in some)
        if n >= OFTEN_AROUND and max(row.n for row in some) < _MAINLY * n:
            found.append(Again(kind, compound, n, max(row.last for row in some)))
    return sorted(found, key=lambda one: (-one.n, one.place, one.kind))[:MOST]
