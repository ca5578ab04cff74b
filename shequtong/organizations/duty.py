"""Who is on duty (值班): the shifts of a roster that hold at a moment or lie in a week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from shequtong.core.held import Held
from shequtong.organizations.models import DutyShift

REVISION = "organizations.duty"
LONGEST = timedelta(hours=24)  # of one shift


class Shift(NamedTuple):
    """A shift for reading."""

    station: int
    account_id: int
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Roster:
    """What is on the roster since a moment; all that lies ahead."""

    since: datetime
    shifts: tuple[Shift, ...]


def _read(since: datetime) -> tuple[Shift, ...]:
    rows = DutyShift.objects.filter(ends_at__gt=since, removed_at__isnull=True).order_by("starts_at", "id")
    return tuple(Shift(*row) for row in rows.values_list("station_id", "account_id", "name", "starts_at", "ends_at"))


def _load() -> Roster:
    since = timezone.now() - LONGEST
    return Roster(since, _read(since))


_ROSTER = Held(REVISION, _load)


def on_duty(stations: Iterable[int], at: datetime) -> dict[int, list[tuple[int, str]]]:
    """Account and name of everybody on duty at a moment, by station; a station without anybody is left out.

    No statement when warm; one for a moment long past, which is not held.
    """
    wanted, held = set(stations), _ROSTER()
    shifts = held.shifts if at >= held.since else _read(at - LONGEST)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for one in shifts:
        if one.station in wanted and one.starts_at <= at < one.ends_at and (one.account_id, one.name) not in found[one.station]:
            found[one.station].append((one.account_id, one.name))
    return dict(found)


def next_on_duty(stations: Iterable[int], at: datetime) -> dict[int, Shift]:
    """The first shift of each station that begins after a moment, not long past; a station without one is left out. No statement when warm."""
    wanted, found = set(stations), dict[int, Shift]()
    for one in _ROSTER().shifts:  # in the order of their beginning
        if one.station in wanted and one.starts_at > at:
            found.setdefault(one.station, one)
    return found


def shifts_between(station_id: int, starts: datetime, ends: datetime) -> list[DutyShift]:
    """The shifts that begin in a stretch of time, in order. One statement."""
    rows = DutyShift.objects.filter(station=station_id, starts_at__gte=starts, starts_at__lt=ends, removed_at__isnull=True)
    return list(rows.order_by("starts_at", "name", "id"))


def duty_ahead(station_id: int, account_id: int, now: datetime) -> QuerySet[DutyShift]:
    """Somebody's shifts at a station that have not begun, in order."""
    rows = DutyShift.objects.filter(station=station_id, account_id=account_id, starts_at__gt=now, removed_at__isnull=True)
    return rows.order_by("starts_at", "id")
