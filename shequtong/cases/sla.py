"""Which limit runs for a case (处置时限): pure choices over core.clock; tables are read by `catalogue`.

Sources: limits per class from the case standard; 受理 15 min, 派遣 15 min, 核查 30 min of staff's own (standards.md 1.5).
"""

from dataclasses import dataclass
from datetime import datetime

from shequtong.core.clock import Calendar, Due, Limit, limits


@dataclass(frozen=True)
class Running:
    """The clock of a case after a move: what it counts, since when, and when it turns amber and red."""

    limit: Limit
    started_at: datetime
    due: Due


def start(limit: Limit, calendar: Calendar, now: datetime) -> Running:
    """Start `limit` at `now`."""
    return Running(limit, now, limits(limit, calendar, now))
