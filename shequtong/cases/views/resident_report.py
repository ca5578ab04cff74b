"""Tell us (告诉我们): a resident reports in three steps, where, what, send; each page is complete without a script.

The place travels in the address, words and name in the fields of forms and, from page to page, sealed in a draft (resident_draft):
nothing of them is in an address or a log, and nothing is readable where they wait.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.request import ActorRequest, hold_case
from shequtong.accounts.addresses import address_of
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.take_allowance import TooMany
from shequtong.cases import routing
from shequtong.cases.chosen_place import ChosenPlace, chosen_place
from shequtong.cases.models import Case
from shequtong.cases.resident_forms import UNSURE, SendForm, WhatForm
from shequtong.cases.shown import undecided_limits
from shequtong.cases.usecases import NewCase, open_case
from shequtong.cases.usecases.open_case import reserve_serial
from shequtong.cases.views.allowance import allow
from shequtong.cases.views.photos import Taken, keep_taken, take_photos
from shequtong.cases.views.resident_draft import address, drop_draft, go_on, typed
from shequtong.cases.views.resident_shown import expected, is_reporter, no_case, place_words, what_next
from shequtong.cases.views.resident_steps import near, near_words, open_near, send_page, what_page, where_page
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import BadSubmitKey, answered, once


def _account(request: ActorRequest) -> Account | None:
    return request.user if request.user.is_authenticated else None


def _place(request: ActorRequest) -> ChosenPlace | None:
    """From the address, or the form."""
    return chosen_place(request.GET) or (chosen_place(request.POST) if request.method == "POST" else None)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_where(request: ActorRequest) -> HttpResponse:
    """Step 1: a building by its address, or a point on the map. POST is the step back to it, which keeps what was typed."""
    kept = go_on(request, "cases:report", typed(request)) if request.method == "POST" else None
    return kept or where_page(request)


@never_cache
@require_GET
def report_near(request: ActorRequest) -> HttpResponse:
    """What lies at a point marked on the map, in the words of the next step. At most two statements."""
    chosen = chosen_place(request.GET)
    spot = chosen.spot() if chosen and chosen.point else None
    if chosen is None or spot is None:
        return JsonResponse(
            {"served": False, "words": _("This spot lies outside, or is not on our map. Please mark another one.")}
        )
    return JsonResponse(
        {"served": True, "words": _("Marked: %(place)s") % {"place": place_words(spot, near_words(near(chosen)))}}
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_what(request: ActorRequest) -> HttpResponse:
    """Step 2: class and words. POST leads on to step 3, narrows the classes, or is a step back; each to an address of its own."""
    chosen = _place(request)
    if chosen is None:
        return where_page(request, refused=True)
    said = typed(request)
    if request.method == "GET":
        return what_page(request, chosen, WhatForm(initial=said))
    if taken := request.POST.get("take"):  # a suggestion, pressed where there is no script
        said["cls"] = taken
        return go_on(request, "cases:report-what", said, chosen.query) or what_page(request, chosen, WhatForm(initial=said))
    narrows = "narrow" in request.POST or ("find" in said and "cls" not in said)  # Enter among the words looked for
    if not narrows:
        said.pop("find", None)
    if narrows or "back" in request.POST:
        if _keep_photos(request, chosen):
            said["photos_kept"] = "1"
        return go_on(request, "cases:report-what", said, chosen.query) or what_page(request, chosen, WhatForm(initial=said))
    form = WhatForm(request.POST)
    if not form.is_valid():
        return what_page(request, chosen, form)
    said |= form.cleaned_data
    # As initial values, so that nothing is complained about that nobody was asked yet.
    return go_on(request, "cases:report-send", said, chosen.query) or send_page(
        request, chosen, SendForm(account=_account(request), initial=said)
    )


def _keep_photos(request: ActorRequest, chosen: ChosenPlace) -> bool:
    """Photos chosen before the step back; one that is no photo is said so when it is sent."""
    if not request.FILES:
        return False
    try:
        allow(request, reports=0)
        take_photos(request, SendForm(request.POST, request.FILES, account=None), chosen.subdistrict)
    except TooMany as refusal:
        messages.warning(request, str(refusal))
    except BadSubmitKey:
        return False
    keep_taken(request)
    return True


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def report_send(request: ActorRequest) -> HttpResponse:
    """Step 3: photos, who tells it, the notice; then the case is opened, once for one form."""
    chosen = _place(request)
    if chosen is None:
        return where_page(request, refused=True)
    if request.method == "GET":
        said = typed(request)
        if not {"cls", "text"} <= said.keys():
            return redirect(address(request, "cases:report-what", chosen.query))
        return send_page(request, chosen, SendForm(account=_account(request), initial=said))
    form, stale = SendForm(request.POST, request.FILES, account=_account(request)), False
    if form.errors.keys() & {"cls", "text"}:
        return what_page(request, chosen, WhatForm(request.POST))
    status, held = 0, tuple[str, ...]()
    try:
        if request.FILES:  # with its photos; one without is counted with the case it opens
            held = allow(request, reports=1, teller=form.told_by() if form.is_valid() else None)
        taken = take_photos(request, form, chosen.subdistrict)
        if form.is_valid():
            return _open(request, chosen, form, taken, held)
    except BadSubmitKey:
        stale = True
        form.add_error(
            None,
            _(
                "This page was open for too long, so nothing was sent. What you wrote is still here: please press the button once more."
            ),
        )
    except TooMany as refusal:
        first = answered(request, place=chosen.subdistrict)
        if first is not None and first.status == 302:
            return _led(request, first.redirect(), form, [])
        form.add_error(None, str(refusal))
        status = 429
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    answer = send_page(request, chosen, form, stale=stale)
    answer.status_code = status or answer.status_code
    return answer


def _open(request: ActorRequest, chosen: ChosenPlace, form: SendForm, taken: Taken, held: tuple[str, ...]) -> HttpResponse:
    """Open the case, or find the one this very form opened before; either way the sender holds its key."""
    opened: list[Case] = []
    now = timezone.now()
    serial, number = reserve_serial(chosen.subdistrict, now=now)
    done = reverse("cases:report-done", args=[number])  # known before, so that it is stored with the key

    teller = form.told_by()

    def perform() -> str:
        why, kind, decided = held, form.cleaned_data["cls"], tuple[routing.Finding, ...]()
        if kind == UNSURE:
            guess, finding = routing.guess(form.cleaned_data["text"], chosen.spot())
            why, kind, decided = (*why, "unclear"), guess.code if guess else "", (finding,)
        if not request.FILES:
            why = (*why, *allow(request, reports=1, teller=teller))
        with override(settings.LANGUAGE_CODE):
            nearby = near_words(open_near(chosen, request.POST.get("near", "")))
        new = NewCase(
            class_code=kind,
            text=form.cleaned_data["text"],
            channel=Case.Channel.RESIDENT,
            building_id=chosen.building_id,
            point=chosen.point,
            address=nearby,
            reporter=teller,
            held=why,
            decided=decided,
            photos=taken.ids,
            claim=taken.claim,
            serial=serial,
            sent_from=address_of(request),
        )
        opened.append(open_case(new=new, by=request.actor, now=now))
        return done

    return _led(request, once(request, perform, place=chosen.subdistrict, answer=done), form, opened)


def _led(request: ActorRequest, answer: HttpResponse, form: SendForm, opened: list[Case]) -> HttpResponse:
    """Where the first answer led; who told it without signing in may open it."""
    drop_draft(request, answer)
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
        "undecided": undecided_limits(case),
        "signed_in": request.actor.is_signed_in,
        "told_phone": bool(case.reporter and case.reporter.phone),
    }
    response = render(request, "cases/resident/done.html", context)
    response["Cache-Control"] = "no-store"
    return response
