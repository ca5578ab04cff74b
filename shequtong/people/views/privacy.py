"""A person's privacy on the desk (个人信息保护): whose account is linked, what they agreed to, who looked; done at the window."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.locality import part_of
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.people import permissions, usecases
from shequtong.people.bases import BASIS_OF, CONSENT_GROUPS
from shequtong.people.facts import FACT_OF
from shequtong.people.gate import person_or_404
from shequtong.people.lookups.held_of import asked_of, consents_of, link_of_person
from shequtong.people.models import Person, RightsRequest
from shequtong.people.resident_forms import AskForm, ConsentForm, CorrectForm, LinkForm
from shequtong.people.shown import asks, who_text
from shequtong.people.views.own_shown import looks_of
from shequtong.people.views.rights_shown import light


@require_GET
@for_staff(permissions.RECORD)
def desk_privacy(request: ActorRequest, person_id: int) -> HttpResponse:
    """Six statements beside the session."""
    person = person_or_404(request, person_id, permissions.RECORD)
    consents, now = consents_of(person), timezone.now()
    answers = request.actor.reach(permissions.ANSWER_RIGHTS).of_post.covers(person.reach_facts())
    context = {
        "person": person,
        "who": who_text(person, timezone.localdate()),
        "link": link_of_person(person),
        "consents": [{"basis": one, "row": consents.get(one.group)} for one in CONSENT_GROUPS],
        "looks": looks_of(person, None),
        "requests": [{"one": one, "asks": asks(one), "light": light(one, now)} for one in asked_of(person)],
        "answers": answers,
        "kept_by": kept_by(person),
        "back": reverse("pages:registry-person", args=[person.pk]),
    }
    return render(request, "people/desk/privacy.html", context)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_link(request: ActorRequest, person_id: int) -> HttpResponse:
    """Link the account of who stands at the window, or end the link."""
    person = person_or_404(request, person_id, permissions.RECORD)
    link, back = link_of_person(person), _back(person)
    ending = request.POST.get("do") == "end"
    form = LinkForm(None if ending else request.POST or None)

    def perform() -> str:
        if ending and link is not None:
            usecases.unlink_account(link_id=link.pk, by=request.actor, now=timezone.now())
        elif not ending:
            phone = form.cleaned_data["phone"]
            usecases.link_at_window(person_id=person.pk, phone=phone, by=request.actor, now=timezone.now())
        return back

    if ending or form.is_valid():
        try:
            answer = once(request, perform, place=person.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The link has ended.") if ending else _("The account is linked."))
            return answer
    context = {"form": form, "link": link, "who": who_text(person, timezone.localdate()), "back": back}
    return render(request, "people/desk/link.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_consent(request: ActorRequest, person_id: int, group: str) -> HttpResponse:
    """What the person said of a group that rests on consent."""
    person, basis = person_or_404(request, person_id, permissions.RECORD), BASIS_OF.get(group)
    if basis is None or not basis.consent:
        raise Http404
    form, back = ConsentForm(request.POST or None), _back(person)
    if form.is_valid():
        told: dict[str, Any] = {"person_id": person.pk, "group": group, "how": form.cleaned_data["how"]}
        told |= {"by": request.actor, "now": timezone.now()}

        def perform() -> str:
            if form.cleaned_data["stands"] == "yes":
                usecases.give_consent(**told)
            else:
                usecases.take_back_consent(**told)
            return back

        try:
            answer = once(request, perform, place=person.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What the person said is on record."))
            return answer
    context = {"form": form, "basis": basis, "who": who_text(person, timezone.localdate()), "back": back}
    return render(request, "people/desk/consent.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.ANSWER_RIGHTS)
def desk_ask(request: ActorRequest, person_id: int) -> HttpResponse:
    """A request taken down at the window; the desk of rights answers it."""
    person = person_or_404(request, person_id, permissions.ANSWER_RIGHTS)
    form = AskForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        if told["kind"] == RightsRequest.Kind.CORRECT and told["fact"]:
            return redirect("people:desk-ask-correct", person.pk, told["fact"])
        try:
            return _asked(request, person, usecases.NewRequest(told["kind"], group=told["group"], words=told["words"]))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _asking(request, person, form)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.ANSWER_RIGHTS)
def desk_ask_correct(request: ActorRequest, person_id: int, what: str) -> HttpResponse:
    """What a fact should be, as the person says at the window; decided on the desk of rights, perhaps by somebody else."""
    person, fact = person_or_404(request, person_id, permissions.ANSWER_RIGHTS), FACT_OF[""].get(what)
    if fact is None:
        raise Http404
    form = CorrectForm(request.POST or None, facts=[fact], now_held={"id_kind": person.id_kind})
    if form.is_valid():
        told = form.cleaned_data
        new = usecases.NewRequest(RightsRequest.Kind.CORRECT, fact=what, proposed=told[what], words=told["words"])
        try:
            return _asked(request, person, new)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _asking(request, person, form)


def _asking(request: ActorRequest, person: Person, form: AskForm | CorrectForm) -> HttpResponse:
    context = {"form": form, "who": who_text(person, timezone.localdate()), "back": _back(person), "kept_by": kept_by(person)}
    return render(request, "people/desk/ask.html", context, status=422 if form.is_bound else 200)


def _asked(request: ActorRequest, person: Person, new: usecases.NewRequest) -> HttpResponse:
    def perform() -> str:
        made = usecases.ask_rights(person_id=person.pk, new=new, by=request.actor, now=timezone.now())
        return reverse("people:desk-right", args=[made.pk]) if made.person_id == person.pk else _back(person)

    answer = once(request, perform, place=person.subdistrict_id)
    if street := kept_by(person):
        messages.success(
            request, _("The request lies with %(street)s, which keeps the record and answers it.") % {"street": street}
        )
    return answer


def kept_by(person: Person) -> str:
    """The subdistrict that took over who moved there and whose row here is closed; "" of anybody else."""
    moved = person.ended_for == Person.Ended.HANDED_OVER and person.moved_to is not None
    return place(part_of(person.moved_to)).name if moved and person.moved_to else ""


def _back(person: Person) -> str:
    return reverse("people:desk-privacy", args=[person.pk])
