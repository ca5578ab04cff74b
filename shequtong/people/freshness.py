"""How long what is known of a home holds (核实周期): by kind of tenancy, tenants move more often than owners. Pure.

Days are the platform's own choice, of the usual visit cycles: a let room each quarter, an empty one each half year, owners each year.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = {"let": 90, "to_let": 90, "empty": 180, "owned": 365, "other": 365, "unknown": 0}


def due_on(state: str, confirmed_on: date | None) -> date | None:
    """The day on which a home wants to be confirmed again; None when it was never confirmed and nothing is known of it."""
    if confirmed_on is None:
        return None
    return confirmed_on + timedelta(days=DAYS[state])


@dataclass(frozen=True)
class Standing:
    """How far what is known of a home has aged: days since it was confirmed (None: never), days between two, days past (0: not yet)."""

    days: int | None
    cycle: int
    late: int


def standing(state: str, confirmed_on: date | None, today: date) -> Standing:
    """As of a day, by the kind of tenancy."""
    if confirmed_on is None:
        return Standing(None, DAYS[state], 0)
    days = (today - confirmed_on).days
    return Standing(days, DAYS[state], max(0, days - DAYS[state]))
