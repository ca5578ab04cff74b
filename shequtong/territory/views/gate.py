"""Who may open the calendar pages (日历页面门禁): this area lies below the posts, so it asks the actor's reach."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.territory import calendars, permissions, units
from shequtong.territory.calendar_users import may_manage, within_sight
from shequtong.territory.calendars import CalendarRef
from shequtong.territory.units import UnitRef

View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """Set by the middleware of `access`, which lies above."""
    found: Actor = request.actor  # type: ignore[attr-defined]  # as above
    return found


def for_calendar_staff(view: View) -> View:
    """Let through whoever manages a calendar through the post in use; the view still asks which."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        if actor.account_id is None:
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
        reach = actor.reach(permissions.MANAGE_CALENDAR)
        if not reach.everything and not reach.grants:
            raise Forbidden(permissions.MANAGE_CALENDAR)
        return view(request, *args, **kwargs)

    return gated


def seen_or_404(request: HttpRequest, calendar_id: int) -> CalendarRef:
    """A calendar that concerns the reader; absent and foreign look the same."""
    if calendar_id not in within_sight(actor_of(request)):
        raise Http404
    return calendars.refs()[calendar_id]


def managed_or_404(request: HttpRequest, calendar_id: int) -> CalendarRef:
    """A calendar the reader may change."""
    found = seen_or_404(request, calendar_id)
    if not may_manage(actor_of(request), calendar_id):
        raise Forbidden(permissions.MANAGE_CALENDAR, "WorkCalendar", calendar_id)
    return found


def unit_or_404(request: HttpRequest, unit_id: int) -> UnitRef:
    """A standing unit within the reader's reach."""
    found = units.tree().by_id.get(unit_id)
    if found is None or found.ended:
        raise Http404
    actor_of(request).require(permissions.MANAGE_CALENDAR, found)
    return found
