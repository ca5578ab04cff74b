"""Put somebody on the duty roster (排班): the same hours on each day of a stretch; a night ends on the next morning."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.duty import REVISION
from shequtong.organizations.models import DutyShift, Station

MOST_DAYS = 92


class CannotAddDuty(Refusal):
    """No days, too many, an ended station, or the person is on duty then already."""


@transaction.atomic
def add_duty(
    *, station_id: int, account_id: int, name: str, first: date, last: date, begins: time, ends: time, by: Actor, now: datetime
) -> list[DutyShift]:
    """One shift a day from `first` to `last`; `ends` not after `begins` is on the next day.

    Who is of the station, its page knows (appointments lie above); who has left it is not called (cases/on_duty.py). Raises Forbidden.
    """
    station = Station.objects.select_for_update(of=("self",)).select_related("unit").get(pk=station_id)
    by.require(permissions.MANAGE_DUTY, station)
    if station.ended_at is not None or last < first or (last - first).days >= MOST_DAYS:
        raise CannotAddDuty(_("Choose a first and a last day, at most %(most)d days.") % {"most": MOST_DAYS})
    zone = place(station.subdistrict_id).zone
    night = timedelta(days=1) if ends <= begins else timedelta()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [(datetime.combine(day, begins, zone), datetime.combine(day + night, ends, zone)) for day in days]
    taken = overlapping(station_id, account_id, wanted)
    if taken is not None:
        day = taken.astimezone(zone).strftime("%Y-%m-%d")
        raise CannotAddDuty(_("%(name)s is on duty on %(day)s already.") % {"name": name, "day": day})

    shifts = DutyShift.objects.bulk_create(
        DutyShift(station=station, account_id=account_id, name=name, starts_at=start, ends_at=end, made_by=by.name, made_at=now)
        for start, end in wanted
    )
    held.changed(REVISION)
    log.record(
        "organizations.duty_added", station, by=by, at=now, name=name, first=str(first), last=str(last), shifts=len(shifts)
    )
    return shifts


def overlapping(station_id: int, account_id: int, wanted: list[tuple[datetime, datetime]]) -> datetime | None:
    """The start of the first wanted shift during which this person is on duty already. One statement."""
    rows = DutyShift.objects.filter(
        station=station_id, account_id=account_id, starts_at__lt=wanted[-1][1], ends_at__gt=wanted[0][0], removed_at__isnull=True
    )
    there = list(rows.values_list("starts_at", "ends_at"))
    return next((start for start, end in wanted if any(one < end and start < other for one, other in there)), None)
