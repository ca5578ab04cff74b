"""The trial of routing (去向试算): pasted reports, and what would become of each, with the reasons. Reads only."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.flow_place import street_of
from shequtong.cases.forms.trial import TrialForm
from shequtong.cases.lookups.trial import Trial, try_out
from shequtong.cases.routed_shown import in_words
from shequtong.cases.shown import class_name, limit_words, place_name, stage_badge, station_name
from shequtong.core.places import place

MAY_TRY = (permissions.REGISTER, permissions.DISPATCH, permissions.MANAGE_FLOW)


@require_http_methods(["GET", "POST"])
@for_staff(*MAY_TRY)
def desk_trial(request: ActorRequest) -> HttpResponse:
    """The form, and below it what would become of what was pasted. Words and addresses go by POST and are kept nowhere."""
    street = street_of(request.actor.home)
    if street is None:
        raise Http404
    form, trials = TrialForm(request.POST or None), list[Trial]()
    if form.is_bound and form.is_valid():
        trials = try_out(subdistrict=street.subdistrict, now=timezone.now(), **form.as_columns())
    context = {
        "street": street,
        "form": form,
        "trials": [_shown(n, one, street.subdistrict) for n, one in enumerate(trials, start=1)],
        "back": reverse("cases:desk-flow"),
    }
    response = render(request, "cases/desk/flow/trial.html", context, status=200 if trials or not form.is_bound else 422)
    response["Cache-Control"] = "no-store"
    return response


def _shown(n: int, trial: Trial, subdistrict: int) -> dict[str, Any]:
    zone = place(subdistrict).zone
    return {
        "n": n,
        "trial": trial,
        "kind": class_name(trial.kind) if trial.kind else "",
        "place": place_name(trial.spot.path) if trial.spot else "",
        "stage": stage_badge(trial.stage) if trial.stage else None,
        "limit": limit_words(trial.standard.limit) if trial.standard else "",
        "station": station_name(trial.station) if trial.station else "",
        "why": [in_words(one, zone) for one in trial.findings],
    }
