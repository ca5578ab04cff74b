"""Tell us (告诉我们): a resident reports in three steps, where, what, send; each page is complete without a script.

The place travels in the address, words and name only in hidden fields of POSTs: nothing of them is in an address, a session or a log.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.request import ActorRequest, hold_case
from shequtong.accounts.models import Account
from shequtong.cases.catalogue import open_classes
from shequtong.cases.chosen_place import ChosenPlace, chosen_place, served
from shequtong.cases.map_layers import report_layers
from shequtong.cases.models import Case
from shequtong.cases.resident_forms import SendForm, WhatForm
from shequtong.cases.shown import class_example, class_name
from shequtong.cases.usecases import NewCase, open_case
from shequtong.cases.views.photos import Taken, kept_photos, take_photos
from shequtong.cases.views.resident_shown import expected, is_reporter, no_case, place_words, what_next
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import BadSubmitKey, once
from shequtong.files.uploads import DROP_FIELD, thumbs
from shequtong.territory.address import nearest_building, search_buildings

_CARRIED = ("cls", "text", "name", "phone", "photos_kept")  # what a step back or forth takes along
_FOUND = 10  # buildings shown


def _carried(request: ActorRequest) -> dict[str, str]:
    """What was typed so far, when a step back brought it here."""
    return {name: request.POST[name] for name in _CARRIED if request.POST.get(name)} if request.method == "POST" else {}


def _place(request: ActorRequest) -> ChosenPlace | None:
    """From the address; a step back to the map brings its point in the form."""
    return chosen_place(request.GET) or (chosen_place(request.POST) if request.method == "POST" else None)


def _account(request: ActorRequest) -> Account | None:
    return request.user if request.user.is_authenticated else None


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_where(request: ActorRequest) -> HttpResponse:
    """Step 1: a building by its address, or a point on the map. POST is the step back to it, with what was typed."""
    return _where_page(request)


def _where_page(request: ActorRequest, *, refused: bool = False) -> HttpResponse:
    q = (request.POST.get("q") or request.GET.get("q", "")).replace("\x00", "").strip()[:60]
    context = {
        "q": q,
        "matches": search_buildings(q, served(), limit=_FOUND) if q and not refused else [],
        "carried": _carried(request),
        "layers": report_layers(),
        "refused": refused,
    }
    return render(request, "cases/resident/where.html", context, status=422 if refused else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_what(request: ActorRequest) -> HttpResponse:
    """Step 2: class and words. POST leads on to step 3, or, as a step back from there, shows what was typed. Nothing is stored but photos."""
    chosen = _place(request)
    if chosen is None:
        return _where_page(request, refused=True)
    if request.method == "POST" and "back" not in request.POST:
        form = WhatForm(request.POST)
        if form.is_valid():
            # As initial values, so that nothing is complained about that nobody was asked yet.
            typed = {**request.POST.dict(), **form.cleaned_data}
            return _send_page(request, chosen, SendForm(account=_account(request), initial=typed))
        return _what_page(request, chosen, form)
    if request.FILES:
        _keep_photos(request, chosen)
    return _what_page(request, chosen, WhatForm(initial=_carried(request)))


def _keep_photos(request: ActorRequest, chosen: ChosenPlace) -> None:
    """Photos chosen before the step back; one that is no photo is said so when it is sent."""
    try:
        take_photos(request, SendForm(request.POST, request.FILES, account=None), chosen.subdistrict)
    except BadSubmitKey:
        return


def _what_page(request: ActorRequest, chosen: ChosenPlace, form: WhatForm) -> HttpResponse:
    spot = chosen.spot()
    if spot is None:
        return _where_page(request, refused=True)
    carried = {name: value for name, value in _carried(request).items() if name not in form.fields}
    if request.FILES:
        carried["photos_kept"] = "1"
    context = {
        "form": form,
        "action": f"{reverse('cases:report-what')}?{chosen.query}",
        "place": place_words(spot, _near(chosen)),
        "tiles": [
            {"code": one.code, "name": class_name(one), "example": class_example(one), "checked": form["cls"].value() == one.code}
            for one in open_classes(for_residents=True)
        ],
        "carried": carried,
    }
    return render(request, "cases/resident/what.html", context, status=422 if form.is_bound else 200)


def _near(chosen: ChosenPlace) -> str:
    """What a point is called: the building nearest to it. At most two statements, none for a building."""
    if chosen.point is None:
        return ""
    found = nearest_building(*chosen.point, chosen.subdistrict)
    return _("Near %(address)s") % {"address": found[0].address} if found else ""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_send(request: ActorRequest) -> HttpResponse:
    """Step 3: photos, who tells it, the notice; then the case is opened, once for one form."""
    chosen = _place(request)
    if chosen is None:
        return _where_page(request, refused=True)
    if request.method == "GET":
        return redirect(f"{reverse('cases:report-what')}?{chosen.query}")
    form, stale = SendForm(request.POST, request.FILES, account=_account(request)), False
    if form.errors.keys() & {"cls", "text"}:
        return _what_page(request, chosen, WhatForm(request.POST))
    try:
        taken = take_photos(request, form, chosen.subdistrict)
        if form.is_valid():
            return _open(request, chosen, form, taken)
    except BadSubmitKey:
        stale = True
        form.add_error(
            None,
            _(
                "This page was open for too long, so nothing was sent. What you wrote is still here: please press the button once more."
            ),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return _send_page(request, chosen, form, stale=stale)


def _open(request: ActorRequest, chosen: ChosenPlace, form: SendForm, taken: Taken) -> HttpResponse:
    """Open the case, or find the one this very form opened before; either way the sender holds its key."""
    opened: list[Case] = []

    def perform() -> str:
        with override(settings.LANGUAGE_CODE):
            near = _near(chosen)
        new = NewCase(
            class_code=form.cleaned_data["cls"],
            text=form.cleaned_data["text"],
            channel=Case.Channel.RESIDENT,
            building_id=chosen.building_id,
            point=chosen.point,
            address=near,
            reporter=form.told_by(),
            photos=taken.ids,
            claim=taken.claim,
        )
        opened.append(open_case(new=new, by=request.actor, now=timezone.now()))
        return reverse("cases:report-done", args=[opened[-1].number])

    answer = once(request, perform, place=chosen.subdistrict)
    if form.account is None:
        _hold(request, answer["Location"], opened)
    return answer


def _hold(request: ActorRequest, address: str, opened: list[Case]) -> None:
    """Who has the form's key opened this case: a client that lost the first answer gets its key from the repeated one."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return
    if found.view_name != "cases:report-done":
        return
    number = found.kwargs["number"]
    case = next((one for one in opened if one.number == number), None) or Case.objects.numbered(number).only("pk").first()
    if case is not None:
        hold_case(request, case.pk)


def _send_page(request: ActorRequest, chosen: ChosenPlace, form: SendForm, *, stale: bool = False) -> HttpResponse:
    spot = chosen.spot()
    if spot is None:
        return _where_page(request, refused=True)
    # A new key unless photos hang on the one this form came with: who goes back and reports another matter is not taken for a repeat.
    keep = not stale and (form.is_bound or bool(request.POST.get("photos_kept")))
    photos = _photos(request, chosen) if keep else []
    kind = next((one for one in open_classes(for_residents=True) if one.code == form["cls"].value()), None)
    context = {
        "form": form,
        "action": f"{reverse('cases:report-send')}?{chosen.query}",
        "back": f"{reverse('cases:report-what')}?{chosen.query}",
        "place": place_words(spot, _near(chosen)),
        "kind_name": class_name(kind) if kind else "",
        "words": form["text"].value(),
        "keep_key": keep,
        "photos": photos,
        "drop_field": DROP_FIELD,
        "signed_in": form.account is not None,
    }
    return render(request, "cases/resident/send.html", context, status=422 if form.is_bound else 200)


def _photos(request: ActorRequest, chosen: ChosenPlace) -> list[Any]:
    """Thumbnails of what this form has stored so far."""
    if not (request.FILES or request.POST.get("photos_kept")):
        return []
    try:
        blobs = kept_photos(request, chosen.subdistrict)
    except BadSubmitKey:
        return []
    return list(thumbs(blobs, blobs[0].claim)) if blobs else []


@never_cache
@require_GET
def report_done(request: ActorRequest, number: str) -> HttpResponse:
    """Number and key, big, to write down; what happens next and by when. Only for who just reported it."""
    case = Case.objects.numbered(number).select_related("reporter").first()
    if case is None:
        return no_case(request, number)
    if not is_reporter(request.actor, case):
        return redirect("cases:public", case.number)
    context = {
        "case": case,
        "key": case.reporter.key.reveal() if case.reporter else "",
        "next": what_next(case),
        "expected": expected(case),
        "signed_in": request.actor.is_signed_in,
        "told_phone": bool(case.reporter and case.reporter.phone),
    }
    response = render(request, "cases/resident/done.html", context)
    response["Cache-Control"] = "no-store"
    return response
