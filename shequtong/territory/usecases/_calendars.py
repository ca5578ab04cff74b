"""What every change of a calendar ends with (日历变更收尾): processes read it again, and those who count by it are told."""

from datetime import datetime

from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.territory.calendar_users import subdistricts_of
from shequtong.territory.calendars import REVISION
from shequtong.territory.events import CalendarChanged


def tell_changed(calendar_id: int, *, by: Actor, now: datetime) -> None:
    """Called last, inside the transaction of the change."""
    held.changed(REVISION)
    publish(CalendarChanged(calendar_id=calendar_id, subdistricts=subdistricts_of(calendar_id), asked_by=by.name[:80], at=now))
