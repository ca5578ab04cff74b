"""The words of the clock (时限): its four kinds, a limit, a pause, the two moments a limit leads to, the light."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

AMBER_FROM = (4, 5)  # the share of a limit at which its light turns amber: four fifths
MAX_DAYS = 3650  # ten years; a longer limit is a typing mistake


class ClockError(ValueError):
    """What was given cannot be a limit, a pause, a calendar or a moment."""


class CalendarExhaustedError(ClockError):
    """The calendar has too few office hours for the limit ever to be used up."""


class ClockKind(StrEnum):
    """The four clocks of `domain/standards.md` 1.5 (GB/T 30428 practice)."""

    URGENT_HOURS = "urgent_hours"  # 紧急工作时: every minute counts, day and night
    WORK_HOURS = "work_hours"  # 工作时: only office hours count
    WORK_DAYS = "work_days"  # 工作日: eight office hours make a day, whatever the length of the office day
    CALENDAR_DAYS = "calendar_days"  # 自然日: 24 hours make a day, every minute counts

    @property
    def continuous(self) -> bool:
        """Whether nights, rest days and holidays count."""
        return self in (ClockKind.URGENT_HOURS, ClockKind.CALENDAR_DAYS)

    @property
    def in_days(self) -> bool:
        """Whether the amount of a limit is days (else hours)."""
        return self in (ClockKind.WORK_DAYS, ClockKind.CALENDAR_DAYS)

    @property
    def minutes_of_day(self) -> int:
        """Counted minutes in one day of this clock."""
        return 24 * 60 if self.continuous else 8 * 60

    @property
    def minutes_of_one(self) -> int:
        """Counted minutes in one hour or one day, whichever the amount is in."""
        return self.minutes_of_day if self.in_days else 60


class Light(StrEnum):
    """Green up to 80 % of the limit, amber up to 100 %, red beyond."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class PauseReason(StrEnum):
    """Why the clock stands still."""

    SUSPENDED = "suspended"  # 挂账
    REPORTER_ASKED = "reporter_asked"  # 问询反映人
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Limit:
    """`amount` whole hours or days (by `kind`), and up to an hour or a day of `extra_minutes`: the stage clocks are 15 and 30 minutes."""

    amount: int
    kind: ClockKind
    extra_minutes: int = 0

    def __post_init__(self) -> None:
        if self.amount < 0 or self.extra_minutes < 0 or self.minutes == 0:
            raise ClockError(f"A limit must be longer than nothing, not {self.amount} {self.kind} and {self.extra_minutes} min.")
        if self.minutes > MAX_DAYS * self.kind.minutes_of_day:
            raise ClockError(f"A limit may be at most {MAX_DAYS} days, not {self.amount} {self.kind}.")

    @classmethod
    def of_minutes(cls, minutes: int, kind: ClockKind) -> Self:
        """A limit of so many counted minutes, e.g. 15 for intake (受理)."""
        amount, extra = divmod(minutes, kind.minutes_of_one)
        return cls(amount, kind, extra)

    @property
    def minutes(self) -> int:
        """Minutes that must be counted until the limit is used up."""
        return self.amount * self.kind.minutes_of_one + self.extra_minutes

    def __mul__(self, times: int) -> Self:
        return self.of_minutes(self.minutes * times, self.kind)

    __rmul__ = __mul__

    def extended(self, times: int = 1) -> Self:
        """After `times` approved extensions (延期): each adds one original limit (`standards.md` 1.4)."""
        if times < 0:
            raise ClockError("A limit is not extended a negative number of times.")
        return self * (1 + times)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `starts` until just before `ends`; `ends=None` is a pause that still lasts."""

    starts: datetime
    ends: datetime | None = None
    reason: PauseReason = PauseReason.OTHER

    def __post_init__(self) -> None:
        for moment in (self.starts, self.ends):
            if moment is not None and moment.utcoffset() is None:
                raise ClockError(f"A pause needs times with a zone, not {moment.isoformat()}.")
        # in UTC, because two times of one zone are compared by their wall clocks, which turn back in autumn
        if self.ends is not None and self.ends.astimezone(UTC) < self.starts.astimezone(UTC):
            raise ClockError(f"A pause cannot end ({self.ends.isoformat()}) before it starts ({self.starts.isoformat()}).")


@dataclass(frozen=True, slots=True)
class Due:
    """The first moments (UTC) at which 80 % and 100 % of a limit are used."""

    amber_at: datetime
    due_at: datetime
