"""Set the office hours of a work calendar (设置办公时间) by season; open due times are computed anew by the worker."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.territory.calendar_users import require_manage
from shequtong.territory.models import OfficeHours, WorkCalendar
from shequtong.territory.usecases._calendars import tell_changed
from shequtong.territory.usecases.add_calendar import Hours, office_hours


@transaction.atomic
def set_office_hours(*, calendar_id: int, hours: Sequence[Hours], by: Actor, now: datetime) -> None:
    """These are all the office hours there are. Summer hours are a shorter season, which holds inside the longer. Raises Forbidden, BadOfficeHours."""
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    require_manage(by, calendar)
    rows = office_hours(calendar, hours)

    OfficeHours.objects.filter(calendar=calendar).delete()
    OfficeHours.objects.bulk_create(rows)
    listed = [f"{one.season_from}/{one.season_to} {one.weekdays} {one.opens:%H:%M}-{one.closes:%H:%M}" for one in rows]
    log.record("territory.office_hours_set", calendar, by=by, at=now, hours=listed)
    tell_changed(calendar.pk, by=by, now=now)
