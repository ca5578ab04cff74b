"""Days that can be (合理日期): what may lie ahead and what may not, how far back anybody's may lie. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.people.identity import EARLIEST

LATEST = date(2199, 12, 31)
# Ends that were set or are expected; every other fact that is a day tells of what has happened.
AHEAD = frozenset({"id_until", "permit_until", "leaves_on", "support_until", "ends_on"})


class StrangeDay(Refusal, ValueError):
    """Nobody who is on record can have had this day."""


def require_day(name: str, value: date, today: date) -> None:
    """Raises StrangeDay for a fact that cannot have been on this day."""
    if value < EARLIEST:
        raise StrangeDay(_("This day lies too far back."))
    if value > (LATEST if name in AHEAD else today):
        raise StrangeDay(_("This day lies in the future."))


def require_days(values: Mapping[str, Any], today: date) -> None:
    """The same for all of these facts that are days."""
    if strange := strange_day(values, today):
        raise StrangeDay(strange[1])


def strange_day(values: Mapping[str, Any], today: date) -> tuple[str, str] | None:
    """The first of these facts that cannot have been on its day, and why."""
    for name, value in values.items():
        if isinstance(value, date):
            try:
                require_day(name, value, today)
            except StrangeDay as refusal:
                return name, str(refusal)
    return None


def younger(born_on: date | None, years: int, on: date) -> bool:
    """Whether somebody had not that many full years on the day; nobody of whom no birthday is known."""
    return born_on is not None and on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day)) < years
