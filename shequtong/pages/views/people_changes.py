"""Giving and taking posts (任免): appoint, name a deputy, end; open an account. Each goes through one use-case."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access import permissions
from shequtong.access.gates import for_staff
from shequtong.access.lookups import colleagues
from shequtong.access.models import Appointment
from shequtong.access.request import ActorRequest
from shequtong.access.usecases import appoint, appoint_by_phone, end_appointment
from shequtong.accounts import permissions as accounts
from shequtong.accounts.usecases.open_staff_account import open_staff_account
from shequtong.core.sent_forms import done_once
from shequtong.organizations.models import Station
from shequtong.pages.views.people import is_lasting, may_change, places_within, post_or_404, shown, stations_within
from shequtong.pages.views.people_ending import left_behind
from shequtong.pages.views.people_forms import AccountForm, AppointForm, DeputyForm, EndForm
from shequtong.territory import units
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name


@require_http_methods(["GET", "POST"])
@for_staff(permissions.APPOINT)
def person_new(request: ActorRequest) -> HttpResponse:
    """Appoint somebody; who reaches several streets chooses one first."""
    reach = request.actor.reach(permissions.APPOINT)
    places, stations = places_within(reach), stations_within(reach)
    street = units.with_code(request.GET.get("street", "")) if reach.everything else None
    if reach.everything and (street is None or street.ended or street.kind not in (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT)):
        tops = [one for one in places if one.kind in (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT)]
        return render(request, "pages/desk/person_where.html", {"tops": [{"unit": one, "name": unit_name(one)} for one in tops]})
    if street is not None:
        places = [street] if street.kind == Unit.Kind.DISTRICT else units.under(street.path)
        stations = [one for one in stations if one.subdistrict == street.subdistrict]
    else:
        places = [one for top in reach.grants for one in units.under(top.path)]
    today, opens = timezone.localdate(), request.actor.may(accounts.OPEN)
    form = AppointForm(
        request.POST or None, actor=request.actor, places=places, stations=stations, opens=opens, initial={"starts_on": today}
    )
    if form.is_valid():
        told = form.cleaned_data
        unit = Unit.objects.filter(code=told["place"]).first() if told["place"] and told["station"] is None else None
        station = Station.objects.select_related("unit").filter(pk=told["station"]).first() if told["station"] else None
        days = {name: told[name] for name in ("starts_on", "ends_on")}
        who = {name: told[name] for name in ("phone", "name", "role")}

        def perform() -> str:
            made = appoint_by_phone(**who, **days, unit=unit, station=station, by=request.actor, now=timezone.now())
            return reverse("pages:person", args=[made.pk])

        answer = done_once(request, form, perform, _("Appointed. It counts from the first day on."), place=request.actor.home)
        if answer:
            return answer
    context = {"form": form, "street": street, "opens": opens}
    return render(request, "pages/desk/person_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.APPOINT)
def person_deputy(request: ActorRequest, appointment_id: int) -> HttpResponse:
    """Name who stands in, from day to day."""
    row, today, back = _changed(request, appointment_id), timezone.localdate(), reverse("pages:person", args=[appointment_id])
    if row.stands_in_for_id is not None or not is_lasting(row, today):
        raise Http404
    people = colleagues(row, today)
    named = [(str(key), f"{one.account_name} · {_told(one)}") for key, one in people.items() if key != request.actor.account_id]
    form = DeputyForm(request.POST or None, people=named, today=max(today, row.starts_on))
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            days = {name: told[name] for name in ("starts_on", "ends_on")}
            who = {"account_id": told["person"], "role": row.role, "unit": None, "stands_in_for": row}
            appoint(**who, **days, by=request.actor, now=timezone.now())
            return back

        answer = done_once(request, form, perform, _("The deputy is named."), place=row.subdistrict_id, answer=back)
        if answer:
            return answer
    context = {"one": shown(row, today), "form": form, "back": back, "nobody": not named}
    return render(request, "pages/desk/person_deputy.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.APPOINT)
def person_end(request: ActorRequest, appointment_id: int) -> HttpResponse:
    """End a post; first, what its holder has in hand and what becomes of it."""
    row, now, back = _changed(request, appointment_id), timezone.now(), reverse("pages:person", args=[appointment_id])
    form = EndForm(request.POST or None)
    if form.is_valid():

        def perform() -> str:
            end_appointment(appointment_id=row.pk, reason=form.cleaned_data["reason"], by=request.actor, now=now)
            return back

        answer = done_once(
            request, form, perform, _("The post has ended; it gives nothing any more."), place=row.subdistrict_id, answer=back
        )
        if answer:
            return answer
    elif not is_lasting(row, timezone.localdate(now)):
        raise Http404
    context = {"one": shown(row, timezone.localdate(now)), "form": form, "back": back, **left_behind(request.actor, row, now)}
    return render(request, "pages/desk/person_end.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(accounts.MANAGE)
def account_new(request: ActorRequest) -> HttpResponse:
    """Open an account; its owner gets a post from who appoints."""
    form, back = AccountForm(request.POST or None), f"{reverse('pages:accounts')}?posts=none"
    if form.is_valid():

        def perform() -> str:
            made = open_staff_account(**form.cleaned_data, place=None, by=request.actor, now=timezone.now())
            return reverse("pages:account", args=[made.pk])

        words = _(
            "The account of %(name)s is open. Next, the security administrator or who leads the street gives a post; before that it gives nothing."
        )
        answer = done_once(request, form, perform, words % {"name": form.cleaned_data["name"]})
        if answer:
            return answer
    return render(request, "pages/desk/account_new.html", {"form": form, "back": back}, status=422 if form.is_bound else 200)


def _changed(request: ActorRequest, appointment_id: int) -> Appointment:
    row = post_or_404(request, appointment_id, permissions.APPOINT)
    if not may_change(request, row):
        raise Http404
    return row


def _told(row: Appointment) -> str:
    one = shown(row, row.starts_on)
    return f"{one['role']} · {one['station'] or one['place']}"
