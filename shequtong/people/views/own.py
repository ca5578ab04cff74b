"""One's own record (我的登记信息): what is held, why, who looked; linked, shown in full, copied, unlinked."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.sent_forms import looked_once
from shequtong.core.submissions import Answer, once, tried_once
from shequtong.people import usecases
from shequtong.people.lookups.held_of import asked_of, consents_of, link_of_account
from shequtong.people.lookups.one_person import person_on
from shequtong.people.models import AccountLink
from shequtong.people.resident_forms import TailForm
from shequtong.people.shown import room_text, who_text
from shequtong.people.views.own_care import WITHHELD_WORDS, care_copy, care_in_full, care_masked
from shequtong.people.views.own_paper import printed
from shequtong.people.views.own_shown import changes_of, groups_of, kept_until, looks_of, missing, whole_copy
from shequtong.people.views.rights_shown import request_line
from shequtong.people.views.signed import for_signed_in

_EVERY_LOOK = 10_000
_HOW = {"copy": "copied", "paper": "printed"}


def own_link(request: ActorRequest) -> AccountLink:
    """The live link of who is signed in; without one there is nothing here."""
    link = link_of_account(request.actor.account_id)
    if link is None:
        raise Http404
    return link


@never_cache
@require_GET
@for_signed_in
def own(request: ActorRequest) -> HttpResponse:
    """What is held of oneself, masked. Twenty-two statements at most, beside the session; two for who is not linked."""
    link = link_of_account(request.actor.account_id)
    if link is None:
        return render(request, "people/resident/unlinked.html", {})
    person, today = link.person, timezone.localdate()
    known = person_on(person, today)
    context = {
        "link": link,
        "who": who_text(person, today),
        "groups": groups_of(known, consents_of(person)),
        "missing": missing(known),
        "homes": [
            {"text": room_text(one.room), "as": one.get_kind_display(), "since": one.valid_from} for one in known.residences
        ],
        "looks": looks_of(person, request.actor.account_id),
        "requests": [request_line(one, timezone.now()) for one in asked_of(person)],
        "changes": changes_of(known),
        "care": care_masked(person),
        "kept": kept_until(),
    }
    return render(request, "people/resident/own.html", context)


class NotTheirs(Refusal):
    """The places typed are not those of the document on record."""


@never_cache
@require_http_methods(["GET", "POST"])
@for_signed_in
def own_linking(request: ActorRequest) -> HttpResponse:
    """Link one's account to one's record. What does not fit looks the same whatever is wrong."""
    home, form = reverse("people:own"), TailForm(request.POST or None)
    if request.method == "GET" and link_of_account(request.actor.account_id) is not None:
        return redirect(home)
    if form.is_valid():

        def attempt() -> Answer:
            try:
                link = usecases.link_self(tail=form.cleaned_data["tail"], by=request.actor, now=timezone.now())
            except Refusal as refusal:
                return Answer(422, str(refusal))
            return Answer(302, home) if link is not None else Answer(422, _no_fit())

        answer = tried_once(request, attempt)
        if answer.status == 302:
            messages.success(request, _("Your account is linked to your record."))
            return answer.redirect()
        form.add_error(None, answer.text)
    return render(request, "people/resident/linking.html", {"form": form}, status=422 if form.is_bound else 200)


def _no_fit() -> str:
    return _(
        "That could not be confirmed. Check the last six places; if your phone on record is another one, come to the window of your"
        " community with your document."
    )


@never_cache
@require_http_methods(["GET", "POST"])
@for_signed_in
def own_show(request: ActorRequest) -> HttpResponse:
    """All of it in full, on the page, on paper or as a file, after the last six places of one's document; logged as anybody's look."""
    link, form = own_link(request), TailForm(request.POST or None)
    how = _HOW.get(request.POST.get("how", ""), "seen")

    def look(again: bool) -> bool:
        told = {"link": link, "tail": form.cleaned_data["tail"], "how": how}
        if not usecases.show_own(**told, by=request.actor, now=timezone.now(), again=again):
            raise NotTheirs(_("These are not the last six places of the document on record."))
        return True

    if form.is_valid():
        shown, refused = looked_once(request, look, place=link.subdistrict_id)
        if shown:
            return _in_full(request, link, how)
        form.add_error(None, refused)
    context = {"form": form, "no_document": not link.person.id_number}
    return render(request, "people/resident/show.html", context, status=422 if form.is_bound else 200)


def _in_full(request: ActorRequest, link: AccountLink, how: str) -> HttpResponse:
    now = timezone.now()
    known = person_on(link.person, timezone.localdate(now))
    if how == "printed":
        response = printed(link, known, now)
    elif how == "copied":
        whole = whole_copy(link.person, known, looks_of(link.person, link.linked_account_id, _EVERY_LOOK), now)
        whole["restricted"] = care_copy(link.person)
        response = HttpResponse(json.dumps(whole, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="registry-{timezone.localtime(now):%Y-%m-%d}.json"'
    else:
        context: dict[str, Any] = {
            "groups": groups_of(known, consents_of(link.person), clear=True),
            "homes": [
                {"text": room_text(one.room), "as": one.get_kind_display(), "since": one.valid_from} for one in known.residences
            ],
            "care": care_in_full(link.person),
            "withheld": WITHHELD_WORDS,
            "now": now,
        }
        response = render(request, "people/resident/in_full.html", context)
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@for_signed_in
def own_unlink(request: ActorRequest) -> HttpResponse:
    """End the link: asked, then done once."""
    home, link = reverse("people:own"), link_of_account(request.actor.account_id)
    if request.method == "POST":

        def perform() -> str:
            if link is not None:
                usecases.unlink_account(link_id=link.pk, by=request.actor, now=timezone.now())
            return home

        answer = once(request, perform, answer=home)
        messages.success(request, _("The link has ended. Your record stays; you see it here no more."))
        return answer
    if link is None:
        return redirect(home)
    return render(request, "people/resident/unlink.html", {"link": link})
