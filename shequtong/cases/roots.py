"""When a root-cause project is over, and when a place deserves one (根治项目规则). Pure.

A project ends when what was to be done is reported and then no case of its class came from its place for 60 days: counted from the
report, and anew from each case that comes after it. A case that comes within 180 days of that end says that it came back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

QUIET = timedelta(days=60)  # without a new case
WATCHED = timedelta(days=180)  # after the end
BEFORE = timedelta(days=180)  # before the opening: whose cases are set against those after


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


def came_back(ended_at: datetime, first_after: datetime | None) -> bool:
    """Whether a case that came after the end says that the cause was not cured."""
    return first_after is not None and ended_at < first_after <= ended_at + WATCHED
