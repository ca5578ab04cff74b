"""Changing a calendar (修改工作日历): the year's notice with a preview, single days, office hours. Each goes through one use-case."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.core.sent_forms import done_once
from shequtong.territory.calendar_users import open_work
from shequtong.territory.calendars import CalendarRef
from shequtong.territory.day_file import read_file
from shequtong.territory.forms import ConfirmForm, DaysForm, NoticeForm, SeasonFormSet, seasons_of, write_days
from shequtong.territory.holiday_notice import HOLIDAY, WORKDAY, DaysRead, read_notice, year_named
from shequtong.territory.models import CalendarDay, OfficeHours
from shequtong.territory.shown import calendar_name, in_words
from shequtong.territory.usecases.set_calendar_days import set_calendar_days
from shequtong.territory.usecases.set_office_hours import set_office_hours
from shequtong.territory.views.calendars import year_of
from shequtong.territory.views.gate import actor_of, for_calendar_staff, managed_or_404


@require_http_methods(["GET", "POST"])
@for_calendar_staff
def calendar_notice(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Paste or choose, look at what was read, confirm. Nothing is written before that."""
    found = managed_or_404(request, calendar_id)
    year = year_of(request, timezone.localdate().year + 1)
    if "days" in request.POST:
        return _confirmed(request, found, year)
    form = NoticeForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        text = form.cleaned_data["text"]
        read = read_file(file.read(), year) if file else read_notice(text, year)
        named = None if file else year_named(text)
        if named not in (None, year):
            read.faults.append(
                _("The text is the notice of %(named)d, this page is for %(year)d.") % {"named": named, "year": year}
            )
        return _preview(request, found, year, form, read)
    context = {**_about(found, year), "form": form, "back": _year_url(found, year)}
    return render(request, "territory/desk/calendar_notice.html", context, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, found: CalendarRef, year: int, form: NoticeForm, read: DaysRead) -> HttpResponse:
    stand = {
        one.day: (one.kind, one.name)
        for one in CalendarDay.objects.filter(calendar=found.id, day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
    }
    source = form.cleaned_data["source"]
    kinds = {day: kind for day, (kind, _name) in stand.items()}
    context = {
        **_about(found, year),
        "source": source,
        "read": read,
        "off": in_words({day: told for day, told in read.days.items() if told[0] == HOLIDAY}),
        "worked": in_words({day: told for day, told in read.days.items() if told[0] == WORKDAY}),
        "changed": in_words({day: told for day, told in read.days.items() if kinds.get(day) != told[0]}),
        "gone": in_words({day: told for day, told in stand.items() if day not in read.days}),
        "form": None if read.faults else ConfirmForm(initial={"source": source, "days": write_days(read.days)}),
        "again": form,
        "back": request.get_full_path(),
        "open_work": open_work(found.id),
    }
    return render(request, "territory/desk/calendar_preview.html", context, status=422 if read.faults else 200)


def _confirmed(request: HttpRequest, found: CalendarRef, year: int) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        answer = _saved(
            request,
            form,
            _year_url(found, year),
            lambda: set_calendar_days(
                calendar_id=found.id,
                days=told["days"],
                year=year,
                source=told["source"],
                by=actor_of(request),
                now=timezone.now(),
            ),
        )
        if answer:
            return answer
    again = NoticeForm(initial={"source": request.POST.get("source", "")[:120]})
    context = {**_about(found, year), "form": again, "refused": form, "back": _year_url(found, year)}
    return render(request, "territory/desk/calendar_notice.html", context, status=422)


@require_http_methods(["GET", "POST"])
@for_calendar_staff
def calendar_days(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """A day or a few of the place's own, beside those of the notice."""
    found, form = managed_or_404(request, calendar_id), DaysForm(request.POST or None)
    if form.is_valid():
        back = _year_url(found, form.cleaned_data["first"].year)
        deed = _deed(request, set_calendar_days, found, days=form.days())
        if answer := _saved(request, form, back, deed):
            return answer
    year = timezone.localdate().year
    context = {**_about(found, year), "form": form, "back": _year_url(found, year), "open_work": open_work(found.id)}
    return render(request, "territory/desk/calendar_days.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_calendar_staff
def calendar_hours(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Office hours by season; one more season than there are, left empty by who needs none."""
    found = managed_or_404(request, calendar_id)
    rows = list(OfficeHours.objects.filter(calendar=calendar_id))
    formset = SeasonFormSet(request.POST or None, initial=seasons_of(rows))
    refused = forms.Form({})
    if formset.is_valid():
        hours = [span for form in formset if form.cleaned_data for span in form.spans()]
        deed = _deed(request, set_office_hours, found, hours=hours)
        if answer := _saved(request, refused, _year_url(found, timezone.localdate().year), deed):
            return answer
    context = {
        **_about(found, timezone.localdate().year),
        "formset": formset,
        "refused": refused,
        "back": _year_url(found, timezone.localdate().year),
        "open_work": open_work(found.id),
    }
    return render(request, "territory/desk/calendar_hours.html", context, status=422 if formset.is_bound else 200)


def _deed(request: HttpRequest, usecase: Callable[..., object], found: CalendarRef, **told: Any) -> Callable[[], object]:
    return lambda: usecase(calendar_id=found.id, by=actor_of(request), now=timezone.now(), **told)


def _saved(request: HttpRequest, form: forms.Form, back: str, deed: Callable[[], object]) -> HttpResponse | None:
    done = _("Saved. Open due times are being computed anew.")
    return done_once(request, form, lambda: (deed(), back)[1], done, answer=back)


def _about(found: CalendarRef, year: int) -> dict[str, Any]:
    return {"calendar": found, "name": calendar_name(found), "year": year}


def _year_url(found: CalendarRef, year: int) -> str:
    return f"{reverse('territory:desk-calendar', args=[found.id])}?year={year}"
