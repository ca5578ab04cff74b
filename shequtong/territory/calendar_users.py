"""Who counts by which calendar (日历使用范围), who may change it, and which years' notices are missing. No statement when warm."""

from collections.abc import Callable
from datetime import datetime

from shequtong.core.actors import Actor, Facts
from shequtong.core.locality import INSTALLATION
from shequtong.territory import calendars, permissions, units
from shequtong.territory.models import WorkCalendar
from shequtong.territory.units import UnitRef

LATER_COOKIE = "calendar_later"  # the years whose warning was put off for a day
NOTICE_MONTH = 10  # the State Council publishes next year's days from October to early December


def calendar_id_at(path: str) -> int | None:
    """The calendar a place counts by: its unit's own or that of the nearest unit above; None without any."""
    chain = reversed(units.ancestors(path))
    return next((one.calendar_id for one in chain if one.calendar_id is not None), None)


def users_of(calendar_id: int) -> list[UnitRef]:
    """The standing units that name this calendar as their own, from the district down."""
    return [one for one in units.under("") if one.calendar_id == calendar_id]


def subdistricts_of(calendar_id: int) -> tuple[int, ...]:
    """Storage numbers of the places in which something counts by this calendar."""
    below = (one for user in users_of(calendar_id) for one in units.under(user.path))
    return tuple(sorted({one.subdistrict for one in below if calendar_id_at(one.path) == calendar_id}))


def may_manage(actor: Actor, calendar_id: int) -> bool:
    """Whoever manages the installation's calendars manages each; others those that only units of their own name."""
    reach = actor.reach(permissions.MANAGE_CALENDAR)
    if reach.covers(Facts(INSTALLATION, object_id=calendar_id)):
        return True
    users = users_of(calendar_id)
    return bool(users) and all(reach.covers(one.reach_facts()) for one in users)


def require_manage(actor: Actor, calendar: WorkCalendar) -> None:
    """Raise Forbidden unless `actor` may change this calendar."""
    if not may_manage(actor, calendar.pk):
        actor.require(permissions.MANAGE_CALENDAR, calendar)


def may_choose(actor: Actor, unit: UnitRef, calendar_id: int) -> bool:
    """A calendar may be given to a unit by who manages it, or when a unit above counts by it: nobody else's local one is made common."""
    above = {one.calendar_id for one in units.ancestors(unit.path)[:-1]}
    return calendar_id in above or may_manage(actor, calendar_id)


def missing_for(actor: Actor, path: str, now: datetime) -> dict[int, tuple[int, ...]]:
    """Calendars that this actor may change, with the years whose notice they should have by now and have not: this year, and from October the next.

    Of a post at `path` the calendar its place counts by; of who looks after all places each that a unit uses.
    """
    used = {calendar_id_at(path)} if path else {one.calendar_id for one in units.under("")}
    found = {one: _missing(one, now) for one in sorted(one for one in used if one is not None)}
    return {one: years for one, years in found.items() if years and may_manage(actor, one)}


def _missing(calendar_id: int, now: datetime) -> tuple[int, ...]:
    found = calendars.calendar(calendar_id)
    today = now.astimezone(found.zone)
    wanted = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
    return tuple(year for year in wanted if not found.is_known(year))


def within_sight(actor: Actor) -> list[int]:
    """Calendars that concern whoever manages some: named by a unit within their reach, or counted by from above."""
    reach = actor.reach(permissions.MANAGE_CALENDAR)
    if reach.everything:
        return list(calendars.refs())
    below = {one.calendar_id for grant in reach.grants for one in units.under(grant.path)}
    above = {calendar_id_at(grant.path) for grant in reach.grants}
    return [one for one in calendars.refs() if one in below | above]


OpenByPath = Callable[[tuple[int, ...]], dict[str, int]]
_counted: list[OpenByPath] = []


def register_open_work(count: OpenByPath) -> None:
    """`count(subdistricts)` gives open matters by place; called in `AppConfig.ready` of the area that has them."""
    if count not in _counted:
        _counted.append(count)


def open_work(calendar_id: int) -> int:
    """Open matters whose time is counted by this calendar: those whose due time a change may move. One statement for each area that has some."""
    places = subdistricts_of(calendar_id)
    if not places:
        return 0
    found = (item for count in _counted for item in count(places).items())
    return sum(n for path, n in found if calendar_id_at(path) == calendar_id)
