"""Copy a week of the duty roster (复制一周值班) to the weeks after it; who is there already is not put there twice."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.duty import REVISION, shifts_between
from shequtong.organizations.models import DutyShift, Station

WEEK = timedelta(days=7)
MOST_WEEKS = 12


class CannotCopyDuty(Refusal):
    """There is nothing to copy, or too many weeks."""


@transaction.atomic
def copy_duty_week(*, station_id: int, monday: date, weeks: int, by: Actor, now: datetime) -> int:
    """Copy the week that begins on `monday` to the next `weeks` weeks, at the same hours of the wall; how many shifts were new.

    Raises Forbidden, CannotCopyDuty.
    """
    station = Station.objects.select_for_update(of=("self",)).select_related("unit").get(pk=station_id)
    by.require(permissions.MANAGE_DUTY, station)
    zone = place(station.subdistrict_id).zone
    starts = datetime.combine(monday, time(), zone)
    shifts = shifts_between(station_id, starts, starts + WEEK)
    if not shifts or not 1 <= weeks <= MOST_WEEKS:
        raise CannotCopyDuty(_("There is no shift in this week to copy, or too many weeks are asked for."))
    there = list(
        DutyShift.objects.filter(
            station=station_id, ends_at__gt=starts + WEEK, starts_at__lt=starts + WEEK * (weeks + 2), removed_at__isnull=True
        ).values_list("account_id", "starts_at", "ends_at")
    )
    new = []
    for later in (WEEK * n for n in range(1, weeks + 1)):
        for one in shifts:
            # Of aware times in one zone the sum keeps the hours of the wall.
            start, end = one.starts_at.astimezone(zone) + later, one.ends_at.astimezone(zone) + later
            if not any(account == one.account_id and was < end and start < until for account, was, until in there):
                copied = DutyShift(station=station, account_id=one.account_id, name=one.name, starts_at=start, ends_at=end)
                copied.made_by, copied.made_at = by.name, now
                new.append(copied)
    DutyShift.objects.bulk_create(new)
    held.changed(REVISION)
    log.record("organizations.duty_copied", station, by=by, at=now, monday=str(monday), weeks=weeks, shifts=len(new))
    return len(new)
