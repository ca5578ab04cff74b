"""What is printed of cases (打印): the slip at once, because a key may stand on it and must lie in no file; the rest as tasks."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import paper, permissions
from shequtong.cases.models import Case
from shequtong.cases.shown import shown, station_name
from shequtong.cases.task_kinds import PRINT_DAILY_SHEET, PRINT_FILE
from shequtong.cases.usecases import print_case
from shequtong.cases.usecases.print_case import SLIP
from shequtong.cases.views.resident_shown import is_reporter
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once, submitted_key
from shequtong.organizations.stations import StationRef, stations_of_subdistrict
from shequtong.tasks.usecases import start_task
from shequtong.ui import paper as sheets

TAKEN_IN = "taken_in"  # in the address: a proof that the case was taken in here just now
KEY_LASTS = timedelta(minutes=15)


def _signer(request: ActorRequest) -> signing.TimestampSigner:
    # Of the account and of its very session: the address in a log, a history or a message opens the key to nobody else.
    return signing.TimestampSigner(salt=f"taken-in:{request.actor.account_id}:{request.session.session_key}")


def taken_in_address(request: ActorRequest, number: str) -> str:
    """The page of a case as whoever just took it in is led to it: the key may stand on the slip they print next. No statement."""
    return f"{reverse('cases:desk-detail', args=[number])}?{urlencode({TAKEN_IN: _signer(request).sign(number)})}"


def just_taken_in(request: ActorRequest, case: Case) -> str:
    """The proof in the address that this very session took the case in a moment ago, to be handed on; "" without one, or a reporter."""
    proof = request.GET.get(TAKEN_IN, "")
    try:
        number = _signer(request).unsign(proof, max_age=KEY_LASTS)
    except signing.BadSignature:
        return ""
    return proof if number == case.number and case.reporter_id is not None else ""


@never_cache
@require_GET
@for_staff(permissions.VIEW)
def desk_slip(request: ActorRequest, number: str) -> HttpResponse:
    """The slip for who stands at the window; with the key only right after the intake, in the session that made it."""
    now = timezone.now()
    case = print_case(number=number, document=SLIP, by=request.actor, now=now)
    return _slip(request, case, with_key=bool(just_taken_in(request, case)), now=now)


@never_cache
@require_GET
def report_slip(request: ActorRequest, number: str) -> HttpResponse:
    """The slip of one's own matter: its key stands on the page it is printed from, too."""
    found = Case.objects.numbered(number).first()
    if found is None or not is_reporter(request.actor, found):
        raise Http404
    now = timezone.now()
    case = print_case(number=number, document=SLIP, by=request.actor, now=now)
    return _slip(request, case, with_key=True, now=now)


def _slip(request: ActorRequest, case: Case, *, with_key: bool, now: datetime) -> HttpResponse:
    """One page, some hundredths of a second; kept nowhere on its way to the printer."""
    base = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    address = base + reverse("cases:public", args=[case.number])
    key = case.reporter.key.reveal() if with_key and case.reporter is not None else ""
    try:
        made = sheets.render(paper.slip(case, address=address, key=key, by=request.actor, now=now), at=now)
    except sheets.NoFonts as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW)
def desk_print(request: ActorRequest, number: str) -> HttpResponse:
    """Which document; POST asks for the case file and leads to how far it is."""
    case = Case.objects.numbered(number).within_post(request.actor, permissions.VIEW).first()
    if case is None:
        raise Http404
    now, form = timezone.now(), forms.Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _ask(request, PRINT_FILE, {"number": case.number}, case.subdistrict_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"shown": shown(case, now), "form": form, "taken_in": just_taken_in(request, case)}
    return render(request, "cases/desk/print.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW)
def desk_daily_sheet(request: ActorRequest) -> HttpResponse:
    """The sheet of one's own station, or of one whose cases one sees all; POST asks for it."""
    stations = printable(request)
    if not stations:
        raise Http404
    form = forms.Form(request.POST or None)
    wanted = request.POST.get("station", "")
    if request.method == "POST" and form.is_valid():
        station = next((one for one in stations if str(one.id) == wanted), None)
        if station is None:
            raise Http404
        try:
            return _ask(request, PRINT_DAILY_SHEET, {"station": station.id}, station.subdistrict)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "stations": [{"id": one.id, "name": station_name(one)} for one in stations], "wanted": wanted}
    return render(request, "cases/desk/daily_sheet.html", context, status=422 if request.method == "POST" else 200)


def printable(request: ActorRequest) -> list[StationRef]:
    """The stations whose sheet this post may have. No statement."""
    reach = request.actor.reach(permissions.VIEW).of_post
    return [one for number in reach.subdistricts for one in stations_of_subdistrict(number) if reach.covers(one.reach_facts())]


def _ask(request: ActorRequest, kind: str, params: dict[str, Any], place: int) -> HttpResponse:
    key = submitted_key(request)

    def perform() -> str:
        task = start_task(kind=kind, params=params, by=request.actor, now=timezone.now(), submit_key=key, place=place)
        return f"{task.url}?fetch"  # the file comes by itself once it is made

    return once(request, perform, place=place)
