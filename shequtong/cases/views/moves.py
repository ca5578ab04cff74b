"""The move pages of the desk (流转操作): one page a verb, all of one shape. GET asks what must come with the move, POST makes it once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import forms as case_forms
from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import move_name, shown
from shequtong.cases.views.photos import Taken, shown_again, take_photos
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.organizations.stations import StationRef, nearest_station, stations_of_subdistrict


@dataclass(frozen=True)
class Told:
    """What a move page hands to its use-case."""

    number: str
    data: dict[str, Any]
    photos: Taken
    by: Actor
    now: datetime


@dataclass(frozen=True)
class MovePage:
    """A verb's form and use-case. `stations` says that the form chooses among the stations of the subdistrict."""

    form: type[forms.Form]
    permission: str
    perform: Callable[[Told], object]
    stations: bool = False
    danger: bool = False


def _do(usecase: Callable[..., object], **renamed: str) -> Callable[[Told], object]:
    """Call `usecase` with number, by, now and the form's fields under the names it knows them by."""

    def perform(told: Told) -> object:
        values = {argument: told.data[name] for argument, name in renamed.items()}
        return usecase(number=told.number, by=told.by, now=told.now, **values)

    return perform


def _with_photos(usecase: Callable[..., object], words: str) -> Callable[[Told], object]:
    def perform(told: Told) -> object:
        return usecase(
            number=told.number,
            by=told.by,
            now=told.now,
            photos=told.photos.ids,
            claim=told.photos.claim,
            **{words: told.data["note"]},
        )

    return perform


def _answer_assistance(told: Told) -> object:
    """The sub-task answered is that of the station the actor is appointed to."""
    stations = [grant.station for grant in told.by.reach(permissions.ANSWER_ASSIST).grants if grant.station is not None]
    return usecases.answer_assistance(
        number=told.number,
        station_id=stations[0] if stations else 0,
        done=told.data["done"],
        answer=told.data["note"],
        by=told.by,
        now=told.now,
    )


PAGES: dict[str, MovePage] = {
    "register": MovePage(case_forms.NoteForm, permissions.REGISTER, _do(usecases.register_case, note="note")),
    "dispatch": MovePage(
        case_forms.DispatchForm, permissions.DISPATCH, _do(usecases.dispatch_case, to="to", note="note"), stations=True
    ),
    "accept": MovePage(case_forms.PlainForm, permissions.ACCEPT, _do(usecases.accept_case)),
    "send_back": MovePage(case_forms.ReasonForm, permissions.SEND_BACK, _do(usecases.send_back_case, reason="note")),
    "assist": MovePage(
        case_forms.AssistForm, permissions.ASSIST, _do(usecases.ask_assistance, station_id="station", task="note"), stations=True
    ),
    "answer_assist": MovePage(case_forms.AnswerAssistanceForm, permissions.ANSWER_ASSIST, _answer_assistance),
    "handle": MovePage(case_forms.HandleForm, permissions.HANDLE, _with_photos(usecases.handle_case, "result")),
    "verify": MovePage(case_forms.VerifyForm, permissions.VERIFY, _with_photos(usecases.verify_case, "note")),
    "rework": MovePage(case_forms.ReworkForm, permissions.VERIFY, _with_photos(usecases.rework_case, "reason")),
    "answer": MovePage(case_forms.AnswerForm, permissions.ANSWER, _do(usecases.answer_case, text="text", publish="publish")),
    "close": MovePage(case_forms.NoteForm, permissions.CLOSE, _do(usecases.close_case, note="note")),
    "reopen": MovePage(case_forms.ReasonForm, permissions.REOPEN, _do(usecases.reopen_case, reason="note")),
    "void": MovePage(case_forms.ReasonForm, permissions.VOID, _do(usecases.void_case, reason="note"), danger=True),
}


@require_http_methods(["GET", "POST"])
@for_staff(*sorted({page.permission for page in PAGES.values()}))
def desk_move(request: ActorRequest, number: str, verb: str) -> HttpResponse:
    """Make one move. A refusal comes back as the form with the reason; a repeat gets the first answer."""
    page, parsed = PAGES[verb], parse_number(number)
    if parsed is None or not request.actor.may(page.permission):
        raise Http404
    back = reverse("cases:desk-detail", args=[number])
    form = _form(page, request, number, parsed.place)
    # Stored whether or not the form is right: one that comes back still has its photos.
    taken = take_photos(request, form, parsed.place) if form.is_bound else Taken()
    if form.is_bound and form.is_valid():
        told = Told(number, form.cleaned_data, taken, request.actor, timezone.now())
        try:
            answer = once(request, lambda: (page.perform(told), back)[1], place=parsed.place, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(verb)s %(number)s") % {"verb": move_name(verb), "number": number})
            return answer
    case = _visible(request, number, verb)
    standard = catalogue().standards[case.standard_id]
    if verb == "handle" and standard.after_photo_required and not taken.ids:
        form.fields["photos"].required = True  # only said: a photo that came with a refused form is kept beside the form
    context = {
        "case": case,
        "shown": shown(case, timezone.now()),
        "form": form,
        "verb": verb,
        "verb_name": move_name(verb),
        "back": back,
        "danger": page.danger,
        "multipart": "photos" in form.fields,
        "standard": standard,
        **shown_again(taken),
        "no_station": page.stations and verb == "dispatch" and _suggested(case) is None,
    }
    return render(request, "cases/desk/move.html", context, status=422 if form.is_bound else 200)


def _visible(request: ActorRequest, number: str, verb: str) -> Case:
    """The case of the page; an assisting station sees it by its part."""
    permission = permissions.VIEW if verb == "answer_assist" else PAGES[verb].permission
    case = Case.objects.numbered(number).within_post(request.actor, permission).first()
    if case is None:
        raise Http404
    return case


def _suggested(case: Case) -> int | None:
    """The duty list's lead agency, at its station for the place; None is shown to the dispatcher, who names one himself."""
    agency = catalogue().classes[case.case_class_id].lead_agency
    found = nearest_station(agency, case.place_path) if agency is not None else None
    return found.id if found else None


def _form(page: MovePage, request: ActorRequest, number: str, place: int) -> forms.Form:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if not page.stations:
        return page.form(*posted)
    choosing = cast("type[case_forms.DispatchForm | case_forms.AssistForm]", page.form)
    # What is posted is judged by the use-case; only the page that asks needs the case to put the likely station first.
    case = Case.objects.numbered(number).first() if request.method == "GET" else None
    return choosing(*posted, **_stations(choosing, case, list(stations_of_subdistrict(place))))


def _stations(form: type[forms.Form], case: Case | None, everyone: list[StationRef]) -> dict[str, Any]:
    """The stations to choose from: for a dispatch the duty list's lead chosen, for assistance its assistants first and never the lead."""
    if case is None:
        return {"stations": everyone}
    if form is case_forms.DispatchForm:
        suggested = _suggested(case)
        return {"stations": everyone, "initial": {"to": suggested} if suggested else {}}
    agencies = catalogue().classes[case.case_class_id].assisting_agencies
    likely = [found.id for found in (nearest_station(agency, case.place_path) for agency in agencies) if found]
    others = [found for found in everyone if found.id != case.lead_station_id]
    return {"stations": sorted(others, key=lambda found: found.id not in likely)}
