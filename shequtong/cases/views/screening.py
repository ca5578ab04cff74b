"""Held reports (待审): read one under the other, and decided together."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.flow import flow_of
from shequtong.cases.forms.screening import ScreenForm
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.models import Case, Step
from shequtong.cases.shown import Dresser, held_words, teller_words
from shequtong.cases.suggested import suggest
from shequtong.cases.usecases.block_sender import senders_of
from shequtong.cases.usecases.screen_reports import ADMIT, MOST, REFUSE, Screened
from shequtong.cases.views.suggesting import suggestion
from shequtong.cases.workflow import Stage
from shequtong.core.keyset import parse_keyset
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.files.models import Blob


@require_http_methods(["GET", "POST"])
@for_staff(permissions.SCREEN)
def desk_screening(request: ActorRequest) -> HttpResponse:
    """All that waits to be read first within reach, the longest waiting first; POST decides the ticked ones together."""
    form = ScreenForm(request.POST or None)
    if request.method == "POST":
        answer = _decided(request, form)
        if answer is not None:
            return answer
    return _page(request, form, timezone.now())


def _decided(request: ActorRequest, form: ScreenForm) -> HttpResponse | None:
    """The answer where something was decided; None where the page is to be shown again."""
    back, found = reverse("cases:desk-screening"), Screened()
    if not form.is_valid():
        return None
    told = form.cleaned_data
    verdict = told["verdict"] if told["verdict"] in (ADMIT, REFUSE) else ADMIT

    def perform() -> str:
        made = usecases.screen_reports(
            numbers=request.POST.getlist("case"),
            verdict=verdict,
            why=told["why"],
            words=told["note"] if verdict == REFUSE else "",
            by=request.actor,
            now=timezone.now(),
        )
        found.done, found.left = made.done, made.left
        return back

    try:
        answer = once(request, perform, place=request.actor.home, answer=back)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    _say(request, verdict, found)
    return answer


def _say(request: ActorRequest, verdict: str, found: Screened) -> None:
    """How many moved; each that did not, with its reason."""
    n = len(found.done)
    if n and verdict == ADMIT:
        messages.success(request, ngettext("%(n)d report admitted.", "%(n)d reports admitted.", n) % {"n": n})
    elif n:
        messages.success(request, ngettext("%(n)d report not accepted.", "%(n)d reports not accepted.", n) % {"n": n})
    for one in found.left:
        messages.warning(request, one)


def _page(request: ActorRequest, form: ScreenForm, now: datetime) -> HttpResponse:
    """Five statements whatever the number of rows."""
    after = parse_keyset(request.GET.get("after", ""))
    page = queue(request.actor, Filters(stage=Stage.HELD, after=after), now, permissions.SCREEN, MOST)
    ticked = set(request.POST.getlist("case"))
    every = bool(request.GET.get("all"))
    context = {
        "rows": [{**row, "ticked": every or row["shown"].number in ticked} for row in _rows(request, page.rows, now)],
        "form": form,
        "every": every,
        "older": f"?after={page.next[0].isoformat()}_{page.next[1]}".replace("+", "%2B") if page.next else "",
        "anonymous": flow_of(request.actor.home).anonymous,
        "may_refuse": bool(request.actor.reach(permissions.REGISTER).of_post.grants),
    }
    return render(request, "cases/desk/screening.html", context, status=422 if form.is_bound else 200)


def _rows(request: ActorRequest, cases: list[Case], now: datetime) -> list[dict[str, Any]]:
    """Each with its whole words, who told it (masked), why it is held and the photos that came with it."""
    keys = [case.pk for case in cases]
    full = {case.pk: case for case in Case.objects.filter(pk__in=keys).select_related("reporter")} if keys else {}
    first = Step.objects.filter(case_id__in=keys, number=1).values_list("case_id", "details") if keys else ()
    why = {case_id: details.get("held", []) for case_id, details in first}
    photos = _photos(keys)
    may_correct = request.actor.reach(permissions.CORRECT).of_post
    may_block, dress = request.actor.reach(permissions.BLOCK).of_post, Dresser(now)
    return [
        {
            "shown": dress(full[case.pk]),
            "why": held_words(why.get(case.pk, [])),
            "unclear": "unclear" in why.get(case.pk, []) and may_correct.covers(case.reach_facts()),
            "suggested": _suggested(full[case.pk]) if "unclear" in why.get(case.pk, []) else None,
            "told": teller_words(full[case.pk]),
            "photos": photos[case.pk],
            "blockable": may_block.covers(case.reach_facts()) and bool(senders_of(full[case.pk])),
        }
        for case in cases
        if case.pk in full
    ]


def _suggested(case: Case) -> dict[str, Any] | None:
    """What its words say it is about, where the reporter left that open. No statement."""
    found: dict[str, Any] | None = suggestion(suggest(case.text), path=case.place_path)["suggested"]
    return found


def _photos(keys: list[int]) -> dict[int, list[Blob]]:
    """The photos of each. One statement."""
    places, found = sorted({key >> 46 for key in keys}), defaultdict[int, list[Blob]](list)
    kept = Blob.objects.filter(subdistrict__in=places, owner_kind=Case._meta.label, owner_id__in=keys)
    for blob in kept.exclude(state=Blob.State.SWEPT).order_by("id") if keys else ():
        found[blob.owner_id or 0].append(blob)
    return found
