"""Work calendars of the desk (工作日历): all that concern the reader, and one as a year that can be printed."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.territory import calendars, permissions, units
from shequtong.territory.calendar_users import NOTICE_MONTH, may_manage, open_work, users_of, within_sight
from shequtong.territory.calendars import CalendarRef
from shequtong.territory.models import CalendarDay, OfficeHours
from shequtong.territory.shown import calendar_name, hours_in_words, in_words, months, unit_name, weekday_names
from shequtong.territory.views.gate import actor_of, for_calendar_staff, seen_or_404

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_MOST_USERS = 6  # named in a list


@require_GET
@for_calendar_staff
def calendar_list(request: HttpRequest) -> HttpResponse:
    """Each calendar with who counts by it and which years are known."""
    refs, actor = calendars.refs(), actor_of(request)
    rows = [_row(refs[one], may_manage(actor, one)) for one in within_sight(actor)]
    return render(request, "territory/desk/calendars.html", {"rows": rows})


def _row(found: CalendarRef, managed: bool) -> dict[str, Any]:
    users = users_of(found.id)
    today = timezone.localdate(timezone=calendars.calendar(found.id).zone)
    wanted = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
    return {
        "name": calendar_name(found),
        "url": reverse("territory:desk-calendar", args=[found.id]),
        "users": [unit_name(one) for one in users[:_MOST_USERS]],
        "more": max(len(users) - _MOST_USERS, 0),
        "years": sorted(found.sources)[-5:],
        "missing": [year for year in wanted if year not in found.sources],
        "managed": managed,
    }


@require_GET
@for_calendar_staff
def calendar_year(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Twelve months, what differs from its weekday, the office hours, who counts by it. Three statements."""
    found = seen_or_404(request, calendar_id)
    counted = calendars.calendar(calendar_id)
    today = timezone.localdate(timezone=counted.zone)
    year = year_of(request, today.year)
    days = {
        one.day: (one.kind, one.name)
        for one in CalendarDay.objects.filter(calendar=calendar_id, day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
    }
    context = {
        "calendar": found,
        "name": calendar_name(found),
        "year": year,
        "source": found.sources.get(year),
        "tabs": _tabs(found, year, today.year),
        "weekdays": weekday_names(),
        "months": months(counted, year, {day: name for day, (_kind, name) in days.items()}, today),
        "runs": in_words(days),
        "hours": hours_in_words(OfficeHours.objects.filter(calendar=calendar_id)),
        "users": [(unit_name(one), _unit_url(request, one.id)) for one in users_of(calendar_id)],
        "managed": may_manage(actor_of(request), calendar_id),
        "open_work": open_work(calendar_id),
    }
    return render(request, "territory/desk/calendar_year.html", context)


def year_of(request: HttpRequest, otherwise: int) -> int:
    """The year of the address; a year nobody keeps a calendar of is not there."""
    told = request.GET.get("year", "")
    year = int(told) if told.isascii() and told.isdigit() and len(told) == 4 else otherwise
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Http404
    return year


def _tabs(found: CalendarRef, year: int, this: int) -> list[dict[str, Any]]:
    years = sorted({*range(this - 1, this + 2), year})
    return [{"label": str(one), "url": f"?year={one}", "active": one == year, "count": None} for one in years]


def _unit_url(request: HttpRequest, unit_id: int) -> str:
    """The page of a unit, for whoever may choose its calendar."""
    reach = actor_of(request).reach(permissions.MANAGE_CALENDAR)
    return reverse("territory:desk-calendar-unit", args=[unit_id]) if reach.covers(units.unit(unit_id).reach_facts()) else ""
