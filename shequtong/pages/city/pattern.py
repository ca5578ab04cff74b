"""When things are told (诉求的时间分布): hours and days of a week, and how the weeks differ; plain, or as a real history has them.

A history is read from where it lies and never copied: a Parquet table with a column `created`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

# How much is told in each hour of the day, and on each day of the week from Monday (the full demo's).
_HOURS = (1, 1, 0, 0, 0, 1, 4, 10, 22, 30, 28, 20, 14, 18, 26, 26, 22, 18, 14, 16, 16, 12, 6, 2)
_DAYS = (11, 10, 10, 10, 10, 7, 6)
WEEKS = 156  # three years
_ZONE = timedelta(hours=8)


@dataclass(frozen=True)
class Pattern:
    """Shares of the 168 hours of a week from Monday midnight, and of the 52 weeks of a year."""

    hours: np.ndarray
    weeks: np.ndarray

    def begins(self, dice: np.random.Generator, many: int, last: datetime, days: int) -> list[datetime]:
        """So many moments in the `days` before `last`, by the hours of the week."""
        local = last + _ZONE
        first = (local - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
        hours = [first + timedelta(hours=n) for n in range(days * 24)]
        shares = np.array([self.hours[one.weekday() * 24 + one.hour] for one in hours], dtype=float)
        if not shares.sum():
            shares[:] = 1
        chosen = dice.choice(len(hours), size=many, p=shares / shares.sum())
        return [hours[n] - _ZONE + timedelta(seconds=int(dice.integers(3600))) for n in chosen]

    def weeks_back(self, dice: np.random.Generator, many: int, now: datetime) -> np.ndarray:
        """So many weeks ago each, over three years, by the weeks of the year."""
        year_weeks = [(now - timedelta(weeks=n)).isocalendar().week for n in range(WEEKS)]
        shares = np.array([self.weeks[min(week, 52) - 1] for week in year_weeks], dtype=float)
        return dice.choice(WEEKS, size=many, p=shares / shares.sum())


def plain() -> Pattern:
    """Without a history."""
    hours = np.array([day * hour for day in _DAYS for hour in _HOURS], dtype=float)
    return Pattern(hours / hours.sum(), np.full(52, 1 / 52))


def of_history(path: str) -> Pattern:
    """As the file has them; its times are taken as the clock of the place."""
    import pyarrow.parquet as parquet

    times = parquet.read_table(path, columns=["created"])["created"].drop_null().to_numpy().astype("datetime64[s]")
    days = times.astype("datetime64[D]")
    seconds = (times - days).astype(int)
    weekday = (days.astype(int) + 3) % 7  # 1970-01-01 was a Thursday
    hours = np.bincount(weekday * 24 + seconds // 3600, minlength=168).astype(float)
    of_year = (days - days.astype("datetime64[Y]")).astype(int) // 7
    weeks = np.bincount(np.minimum(of_year, 51), minlength=52).astype(float) + 1
    return Pattern(hours / hours.sum(), weeks / weeks.sum())
