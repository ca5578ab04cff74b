"""The duty roster of a station (值班表): a week by day, somebody put on it, a week copied, a shift taken off.

Its head keeps it, its people read it; an office reads who of each station of the street is on duty (duty_board.py).
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.posts import people_of_station
from shequtong.access.request import ActorRequest
from shequtong.cases.places import calendar_at
from shequtong.cases.shown import station_name
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.organizations import permissions
from shequtong.organizations.duty import LONGEST, shifts_between
from shequtong.organizations.models import DutyShift
from shequtong.organizations.stations import StationRef, directory
from shequtong.organizations.usecases.add_duty import add_duty
from shequtong.organizations.usecases.copy_duty_week import copy_duty_week
from shequtong.organizations.usecases.remove_duty import remove_duty
from shequtong.pages.duty_gaps import gaps
from shequtong.pages.views.duty_board import duty_board
from shequtong.pages.views.duty_form import CopyForm, DutyForm
from shequtong.territory.shown import weekday_names

WEEK = timedelta(days=7)
_LONGEST_ID = 18  # digits


def _own(request: ActorRequest, permission: str) -> StationRef | None:
    """The station of the post in use; None for an office."""
    grants = request.actor.reach(permission).grants
    return next((directory().by_id.get(grant.station) for grant in grants if grant.station is not None), None)


def _kept(request: ActorRequest) -> StationRef:
    """The station whose roster the post in use keeps."""
    found = _own(request, permissions.MANAGE_DUTY)
    if found is None or found.ended:
        raise Http404
    return found


def _read(request: ActorRequest) -> StationRef | None:
    """The station whose roster is read: one's own, else the one an office names; None when it names none."""
    found, named = _own(request, permissions.VIEW_DUTY), request.GET.get("station", "")
    if found is None:
        if not named:
            return None
        found = directory().by_id.get(int(named)) if named.isascii() and named.isdecimal() and len(named) <= _LONGEST_ID else None
    if found is None or found.ended or not request.actor.reach(permissions.VIEW_DUTY).covers(found.reach_facts()):
        raise Http404
    return found


def _monday(request: ActorRequest, today: date) -> date:
    """The week the address names, else this one; nonsense names none."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = today
    return day - timedelta(days=day.weekday()) if 2000 < day.year < 9000 else today - timedelta(days=today.weekday())


def _address(monday: date, station: StationRef | None = None) -> str:
    """`station` for who must name one."""
    return f"{reverse('pages:duty')}?week={monday.isoformat()}{f'&station={station.id}' if station else ''}"


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW_DUTY)
def duty(request: ActorRequest) -> HttpResponseBase:
    """The week, and for its head putting somebody on it; for an office all stations. At most one statement beside those of the layout."""
    now = timezone.now()
    station = _kept(request) if request.method == "POST" else _read(request)
    if station is None:
        return duty_board(request, now)
    if _own(request, permissions.MANAGE_DUTY) is None:
        return _page(request, station, _monday(request, now.astimezone(place(station.subdistrict).zone).date()), None, now)
    zone = place(station.subdistrict).zone
    today = now.astimezone(zone).date()
    monday, people = _monday(request, today), people_of_station(station.id, today)
    form = DutyForm(request.POST or None, people=people, day=max(monday, today))
    if form.is_valid():
        told = form.cleaned_data
        back = _address(told["first"] - timedelta(days=told["first"].weekday()))

        def perform() -> str:
            hours = {name: told[name] for name in ("first", "last", "begins", "ends")}
            account = told["person"]
            add_duty(station_id=station.id, account_id=account, name=people[account], by=request.actor, now=now, **hours)
            return back

        try:
            return once(request, perform, place=station.subdistrict, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _page(request, station, monday, form, now)


def _page(request: ActorRequest, station: StationRef, monday: date, form: DutyForm | None, now: datetime) -> HttpResponse:
    """`form` is None for who only reads it."""
    zone = place(station.subdistrict).zone
    starts = datetime.combine(monday, time(), zone)
    # Who came on duty on the Sunday evening before stands on this Monday too, till the shift ends.
    shifts = [one for one in shifts_between(station.id, starts - LONGEST, starts + WEEK) if one.ends_at > starts]
    of_week = [one for one in shifts if one.starts_at >= starts]
    named = station if _own(request, permissions.VIEW_DUTY) is None else None
    days, weekdays = [monday + timedelta(days=n) for n in range(7)], weekday_names()
    context = {
        "name": station_name(station),
        "days": [
            {
                "day": day,
                "weekday": weekdays[day.weekday()],
                "today": day == now.astimezone(zone).date(),
                "gaps": gaps(
                    datetime.combine(day, time(), zone),
                    calendar_at(station.path),
                    ((one.starts_at, one.ends_at) for one in shifts),
                ),
                "shifts": [
                    _shown(one, now, request.actor.account_id, datetime.combine(day, time(), zone))
                    for one in shifts
                    if max(one.starts_at, starts).astimezone(zone).date() == day
                ],
            }
            for day in days
        ],
        "form": form,
        "copy": CopyForm(initial={"monday": monday}) if of_week and form is not None else None,
        "last_day": days[-1],
        "before": _address(monday - WEEK, named),
        "after": _address(monday + WEEK, named),
        "this": _address(now.astimezone(zone).date(), named),
        "of_others": named is not None,
        "monday": monday,
    }
    return render(request, "pages/desk/duty.html", context, status=422 if form is not None and form.is_bound else 200)


def _shown(shift: DutyShift, now: datetime, reader: int | None, midnight: datetime) -> dict[str, Any]:
    """A shift in the row of the day that begins at `midnight`."""
    return {
        "shift": shift,
        "day_before": shift.starts_at < midnight,
        "next_day": shift.ends_at >= midnight + timedelta(days=1),
        "own": shift.account_id == reader,
        "now": shift.starts_at <= now < shift.ends_at,
        "over": shift.ends_at <= now,
    }


@require_POST
@for_staff(permissions.MANAGE_DUTY)
def duty_copy(request: ActorRequest) -> HttpResponseBase:
    """Copy the week that is shown to the next ones."""
    station, form, now = _kept(request), CopyForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Say to how many weeks, one to twelve."))
        return redirect("pages:duty")
    monday, weeks = form.cleaned_data["monday"], form.cleaned_data["weeks"]

    def perform() -> str:
        copy_duty_week(station_id=station.id, monday=monday, weeks=weeks, by=request.actor, now=now)
        return _address(monday + WEEK)

    return _done(request, station, perform, _address(monday))


@require_POST
@for_staff(permissions.MANAGE_DUTY)
def duty_remove(request: ActorRequest, shift_id: int) -> HttpResponseBase:
    """Take a shift off."""
    station, now = _kept(request), timezone.now()

    def perform() -> str:
        shift = remove_duty(shift_id=shift_id, by=request.actor, now=now)
        day = shift.starts_at.astimezone(place(station.subdistrict).zone).date()
        return _address(day - timedelta(days=day.weekday()))

    return _done(request, station, perform, reverse("pages:duty"))


def _done(request: ActorRequest, station: StationRef, perform: Callable[[], str], back: str) -> HttpResponseBase:
    """Once; a refusal is said on the page one comes back to."""
    try:
        return once(request, perform, place=station.subdistrict)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
