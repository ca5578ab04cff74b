"""Who is on duty (值班): the shifts of a roster that hold at a moment or lie in a week."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from shequtong.organizations.models import DutyShift

LONGEST = timedelta(hours=24)  # of one shift


def on_duty(stations: Iterable[int], at: datetime) -> dict[int, list[tuple[int, str]]]:
    """Account and name of everybody on duty at a moment, by station; a station without anybody is left out. One statement."""
    rows = DutyShift.objects.filter(
        station__in=list(stations), starts_at__lte=at, starts_at__gt=at - LONGEST, ends_at__gt=at, removed_at__isnull=True
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for station, account, name in rows.order_by("starts_at", "id").values_list("station_id", "account_id", "name"):
        if (account, name) not in found[station]:
            found[station].append((account, name))
    return dict(found)


def shifts_between(station_id: int, starts: datetime, ends: datetime) -> list[DutyShift]:
    """The shifts that begin in a stretch of time, in order. One statement."""
    rows = DutyShift.objects.filter(station=station_id, starts_at__gte=starts, starts_at__lt=ends, removed_at__isnull=True)
    return list(rows.order_by("starts_at", "name", "id"))
