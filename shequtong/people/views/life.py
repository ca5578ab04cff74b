"""What happened? (生活事件): short forms at the door; first what would change is shown, then it is recorded, once."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.core.locality.retry import retrying
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import Answer, answered, once, tried_once
from shequtong.people import permissions, usecases
from shequtong.people.forms import FindForm
from shequtong.people.gate import person_or_404, room_or_404
from shequtong.people.life_shown import told
from shequtong.people.lookups.life import household_now, makes_sense
from shequtong.people.lookups.listed import Wanted, persons_of
from shequtong.people.models import Home, LifeEvent, Person, Source
from shequtong.people.shown import age_on, room_text, who_text
from shequtong.people.views.care_life import care_sentences
from shequtong.people.views.life_forms import DeathForm, HeadForm, LifeForm, MoveInForm, MoveOutForm
from shequtong.people.views.life_forms_family import BirthForm, DivorceForm, MarriageForm, StreetForm, TenantsForm
from shequtong.territory.models import Room

Do = Callable[[], LifeEvent]
KIND = LifeEvent.Kind
FORMS: dict[str, tuple[type[LifeForm], Callable[..., LifeEvent]]] = {
    KIND.BIRTH: (BirthForm, usecases.record_birth),
    KIND.MOVE_IN: (MoveInForm, usecases.move_in),
    KIND.MOVE_OUT: (MoveOutForm, usecases.move_out),
    KIND.MOVE_TO_STREET: (StreetForm, usecases.move_to_street),
    KIND.MARRIAGE: (MarriageForm, usecases.record_marriage),
    KIND.DIVORCE: (DivorceForm, usecases.record_divorce),
    KIND.HEAD: (HeadForm, usecases.change_head),
    KIND.DEATH: (DeathForm, usecases.record_death),
}
LEADS = {
    KIND.BIRTH: gettext_lazy("The newborn joins the household of this parent."),
    KIND.MOVE_IN: gettext_lazy("Who lives in this street and sleeps behind another door of it from now on."),
    KIND.MOVE_OUT: gettext_lazy("Out of the street. Owners and who stays registered here keep a record, the others' are closed."),
    KIND.MOVE_TO_STREET: gettext_lazy("The record goes to the other subdistrict, which confirms it; here it is closed."),
    KIND.MARRIAGE: gettext_lazy("Both are married from the day on."),
    KIND.DIVORCE: gettext_lazy("Both are divorced from the day on; one may leave."),
    KIND.HEAD: gettext_lazy("Each member's relation is to the new head from the day on."),
    KIND.DEATH: gettext_lazy("The record is closed on the day, with all that applied to the person."),
    KIND.TENANTS: gettext_lazy("Who rented leaves, who rents now comes; the home counts as confirmed today."),
}


@require_GET
@for_staff(permissions.RECORD)
def desk_life_menu(request: ActorRequest, person_id: int) -> HttpResponse:
    """What happened to a person: what makes sense for them. Three statements beside the session."""
    person = person_or_404(request, person_id, permissions.RECORD)
    today = timezone.localdate()
    found = makes_sense(person, household_now(person), age_on(person.born_on, today)) if person.ended_on is None else []
    events = [
        {"url": reverse("people:desk-life", args=[person.pk, one]), "label": KIND(one).label, "lead": LEADS[KIND(one)]}
        for one in found
    ]
    back = reverse("pages:registry-person", args=[person.pk])
    return render(request, "people/desk/life_menu.html", {"who": who_text(person, today), "events": events, "back": back})


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_life(request: ActorRequest, person_id: int, event: str) -> HttpResponse:
    """One event of a person's."""
    person = person_or_404(request, person_id, permissions.RECORD)
    back = reverse("pages:registry-person", args=[person.pk])
    if person.ended_on is not None and request.method == "POST":
        if first := answered(request, place=person.subdistrict_id):
            return first.redirect()  # the same press once more: the first closed the record
        messages.error(request, _("Somebody else has closed this record meanwhile. Nothing was recorded."))
        return redirect(back)
    if event not in FORMS or person.ended_on is not None:
        raise Http404
    kind, perform = FORMS[event]
    household, today = household_now(person), timezone.localdate()
    if event in (KIND.HEAD, KIND.BIRTH) and household.own is None:
        raise Http404
    initial = {"source": Source.VISIT, "on": today, "version": person.version}
    form = kind(request.POST or None, household=household, actor=request.actor, room=_room_named(request), initial=initial)
    context = {"title": KIND(event).label, "lead": LEADS[KIND(event)], "who": who_text(person, today), "back": back}
    return _page(request, form, lambda: perform(**form.kwargs(), by=request.actor, now=timezone.now()), person, context)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_life_tenants(request: ActorRequest, room_id: int) -> HttpResponse:
    """Other tenants behind a door."""
    room, today = room_or_404(request, room_id, permissions.RECORD), timezone.localdate()
    kept = Home.objects.within(room.subdistrict_id).filter(room=room).values_list("version", flat=True).first()
    version = kept or Home._meta.get_field("version").default  # of a home nobody described yet: what it is made with
    form = TenantsForm(request.POST or None, initial={"source": Source.VISIT, "on": today, "version": version})

    def perform() -> LifeEvent:
        return usecases.change_tenants(room_id=room.pk, **form.kwargs(), by=request.actor, now=timezone.now())

    back = reverse("pages:registry-door", args=[room.pk])
    context = {"title": KIND.TENANTS.label, "lead": LEADS[KIND.TENANTS], "who": room_text(room), "back": back}
    return _page(request, form, perform, room, {**context, "rows": form.rows()})


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_life_who(request: ActorRequest, room_id: int) -> HttpResponse:
    """Somebody moves in behind this door: who? Looked for by a form, so that no name stands in an address; each search is in the security log."""
    room, today = room_or_404(request, room_id, permissions.RECORD), timezone.localdate()
    form, rows = FindForm(request.POST or None), []
    if form.is_valid():
        words = form.cleaned_data["q"]

        def attempt() -> Answer:
            usecases.note_search(words=words, by=request.actor, now=timezone.now())
            return Answer(200, "found")

        if tried_once(request, attempt, place=request.actor.home).again:
            usecases.note_search(words=words, by=request.actor, now=timezone.now(), again=True)
        rows = [_who(one, room, today) for one in persons_of(request.actor, Wanted(words=words), page=20).rows]
    back = reverse("pages:registry-door", args=[room.pk])
    context = {"room": room, "home": room_text(room), "form": form, "rows": rows, "back": back}
    response = render(request, "people/desk/life_who.html", context, status=422 if form.is_bound and form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _who(one: Person, room: Room, today: date) -> dict[str, str]:
    if one.room is not None and one.building is not None:
        one.room.entrance.building = one.building  # loaded beside it; not asked for again
    url = reverse("people:desk-life", args=[one.pk, KIND.MOVE_IN])
    return {"url": f"{url}?room={room.pk}", "who": who_text(one, today), "home": room_text(one.room)}


def _page(request: ActorRequest, form: Any, perform: Do, thing: Person | Room, context: dict[str, Any]) -> HttpResponse:
    """The form; what it would change; or, on the second press, done."""
    sentences: list[str] = []
    if form.is_valid():
        try:
            if request.POST.get("step") == "look":
                sentences = rehearsed(perform, lambda event: care_sentences(event, request.actor))
            else:
                back = context["back"]
                besides: list[str] = []

                def recorded() -> str:
                    besides[:] = care_sentences(perform(), request.actor)
                    return str(back)

                answer = once(request, recorded, place=thing.subdistrict_id, answer=back)
                messages.success(request, " ".join([_("It is on record."), *besides]))
                return answer
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/desk/life.html", {**context, "form": form, "sentences": sentences}, status=status)


class _Enough(Exception):
    """The rehearsal is over."""


def rehearsed(perform: Do, besides: Callable[[LifeEvent], list[str]]) -> list[str]:
    """What an event would change, in sentences: it is done, read, and undone. `besides`: what its journal does not say. Refusals pass through."""

    def rehearse() -> list[str]:
        found: list[str] = []
        try:
            with transaction.atomic():
                event = perform()
                found = told(event) + besides(event)
                raise _Enough
        except _Enough:
            return found

    return retrying(rehearse)  # it locks what the deed locks: of two in one household one may have to begin anew


def _room_named(request: ActorRequest) -> Room | None:
    """The door that a link from its page names."""
    text = request.GET.get("room", "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > HIGHEST_ID:
        return None
    return room_or_404(request, int(text), permissions.RECORD)
