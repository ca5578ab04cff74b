"""A move page (流转操作页): GET asks what must come with the move, POST makes it once. The verbs stand in the files beside this one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import move_name, shown
from shequtong.cases.usecases.turns import ChangedMeanwhile, as_seen
from shequtong.cases.views.moves import judged
from shequtong.cases.views.moves.meanwhile import meanwhile
from shequtong.cases.views.moves.phrases import offered
from shequtong.cases.views.photos import Taken, shown_again, take_photos
from shequtong.cases.workflow import MOVES
from shequtong.core.actors import Actor
from shequtong.core.clock import PauseReason
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once


@dataclass(frozen=True)
class Told:
    """What a move page hands to its use-case."""

    number: str
    data: dict[str, Any]
    photos: Taken
    by: Actor
    now: datetime


@dataclass(frozen=True)
class Asked:
    """What a form may need to know to offer its choices. `case` is loaded only for the page that asks, not for what is posted."""

    actor: Actor
    place: int
    case: Case | None
    posted: QueryDict | None = None
    query: QueryDict | None = None  # of the address

    def chose(self, name: str) -> bool:
        """Whether the posted form has a value for this field."""
        return bool(self.posted and self.posted.get(name))


@dataclass(frozen=True)
class MovePage:
    """A verb's form and use-case.

    `choices` are further arguments of the form. `sees` is the right by which the page finds its case, where it is not that of the move:
    a station that only assists. `above` is a template of what must be read before the move is made; `facts` are its values. `beside` is the other verdict, to be as near as
    this one.
    """

    form: type[forms.Form]
    perform: Callable[[Told], object]
    choices: Callable[[Asked], dict[str, Any]] | None = None
    sees: str = ""
    danger: bool = False
    above: str = ""
    facts: Callable[[Case, Actor], dict[str, Any]] | None = None
    beside: str = ""
    label: Promise | None = None  # where it is no move of its own
    asks_again: bool = False  # its choices depend on the case, and one must be made: the case is loaded for what is posted, too


def call(usecase: Callable[..., object], **renamed: str) -> Callable[[Told], object]:
    """Call `usecase` with number, by, now and the form's fields under the names it knows them by."""

    def perform(told: Told) -> object:
        values = {argument: told.data[name] for argument, name in renamed.items()}
        return usecase(number=told.number, by=told.by, now=told.now, **values)

    return perform


def call_with_photos(usecase: Callable[..., object], **renamed: str) -> Callable[[Told], object]:
    """The same, with the photos that came."""

    def perform(told: Told) -> object:
        values = {argument: told.data[name] for argument, name in renamed.items()}
        photos = {"photos": told.photos.ids, "claim": told.photos.claim}
        return usecase(number=told.number, by=told.by, now=told.now, **photos, **values)

    return perform


def own_station(actor: Actor, permission: str) -> int:
    """The station the actor is appointed to, for a move that answers for it; 0 for none."""
    stations = [grant.station for grant in actor.reach(permission).grants if grant.station is not None]
    return stations[0] if stations else 0


def make_move(request: ActorRequest, number: str, verb: str, page: MovePage) -> HttpResponse:
    """Make one move. A refusal comes back as the form with the reason; a repeat gets the first answer."""
    permission, parsed = MOVES[verb].permission, parse_number(number)
    if parsed is None or not request.actor.may(permission):
        raise Http404
    if request.FILES:
        _visible(request, number, page.sees or permission)  # nobody leaves files with a case they may not touch
    back = reverse("cases:desk-detail", args=[number])
    form = _form(page, request, number, parsed.place)
    # Stored whether or not the form is right: one that comes back still has its photos.
    taken, since = take_photos(request, form, parsed.place) if form.is_bound else Taken(), None
    if form.is_bound and form.is_valid():
        told = Told(number, form.cleaned_data, taken, request.actor, timezone.now())
        try:
            with as_seen(_seen(request)):
                answer = once(request, lambda: (page.perform(told), back)[1], place=parsed.place, answer=back)
        except ChangedMeanwhile as changed:
            form.add_error(None, str(changed))
            since = changed.since
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(verb)s %(number)s") % {"verb": _name(page, verb), "number": number})
            return answer
    return _page(request, verb, page, form, taken, back, since)


def _name(page: MovePage, verb: str) -> str:
    return str(page.label) if page.label else move_name(verb)


def _seen(request: ActorRequest) -> int | None:
    """The last step the page knew when it was opened; None for a form that does not say."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _LONGEST_COUNT else None


_LONGEST_COUNT = 7  # digits


def _page(
    request: ActorRequest, verb: str, page: MovePage, form: forms.Form, taken: Taken, back: str, since: int | None = None
) -> HttpResponse:
    number = back.rstrip("/").rsplit("/", 1)[-1]
    case = _visible(request, number, page.sees or MOVES[verb].permission)
    standard = catalogue().standards[case.standard_id]
    asked = verb in flow_of(case.subdistrict_id).evidence or (verb == "handle" and standard.after_photo_required)
    if asked and "photos" in form.fields and not taken.ids:
        form.fields["photos"].required = True  # only said: a photo that came with a refused form is kept beside the form
        if form.errors and not form.non_field_errors() and "photos" not in form.errors:
            form.add_error("photos", _("A photo is needed, too."))  # all that is missing at once
    _focus(form, after_reading=page.above == judged.ABOVE)
    context = {
        "case": case,
        "shown": shown(case, timezone.now()),
        "form": form,
        "verb": verb,
        "verb_name": _name(page, verb),
        "submit": _name(page, verb) if form.visible_fields() and not page.beside else "",  # else the page has buttons of its own
        "back": back,
        "danger": page.danger,
        "multipart": "photos" in form.fields,
        "standard": standard,
        "above": page.above,
        "judged": page.above == judged.ABOVE,
        "beside": {"verb": page.beside, "name": move_name(page.beside)} if page.beside else None,
        "ends_question": MOVES[verb].ends_question and case.paused == PauseReason.REPORTER_ASKED,
        "meanwhile": meanwhile(case, since, form) if since is not None else None,
        **(page.facts(case, request.actor) if page.facts else {}),
        **offered(request, case, verb, form),
        **shown_again(taken),
    }
    return render(request, "cases/desk/move.html", context, status=422 if form.is_bound else 200)


def _focus(form: forms.Form, *, after_reading: bool) -> None:
    """The first thing to fill in has the focus, in a form that comes back the first that is wrong; what is judged is read before."""
    wrong = [field for field in form.visible_fields() if form.is_bound and field.errors]
    asked = wrong if after_reading or form.is_bound else [field for field in form.visible_fields() if field.name != "photos"]
    for field in asked[:1]:
        if field.use_fieldset:  # of several choices none has the focus
            return
        field.field.widget.attrs["autofocus"] = True


def _visible(request: ActorRequest, number: str, permission: str) -> Case:
    """The case of the page, within reach of the right the page goes by."""
    case = Case.objects.numbered(number).within_post(request.actor, permission).first()
    if case is None:
        raise Http404
    return case


def _form(page: MovePage, request: ActorRequest, number: str, place: int) -> forms.Form:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if page.choices is None:
        return page.form(*posted)
    # What is posted is judged by the use-case; only the page that asks needs the case to put the likely choice first.
    seen = page.sees or permissions.VIEW
    case = (
        Case.objects.numbered(number).within_post(request.actor, seen).first()
        if request.method == "GET" or page.asks_again
        else None
    )
    return page.form(*posted, **page.choices(Asked(request.actor, place, case, posted[0], request.GET)))
