"""Quiet hours (免打扰时段): a text message that can wait does not arrive at night (compliance.md 4.7)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from shequtong.core.places import place

QUIET_FROM, QUIET_UNTIL = time(22), time(7)  # local time of the place the message is about


def first_allowed(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` itself by day, else the end of the quiet hours it falls in. Aware in, aware out, in the zone of `moment`."""
    local = moment.astimezone(zone)
    if QUIET_UNTIL <= local.timetz().replace(tzinfo=None) < QUIET_FROM:
        return moment
    morning = local.date() + timedelta(days=1) if local.hour >= QUIET_FROM.hour else local.date()
    return datetime.combine(morning, QUIET_UNTIL, tzinfo=zone).astimezone(moment.tzinfo)


def zone_of(subdistrict_id: int) -> ZoneInfo:
    """The zone of a place; the installation's while this process has not yet heard of the place."""
    try:
        return place(subdistrict_id).zone
    except KeyError:
        return ZoneInfo(settings.TIME_ZONE)
