"""Grids of a community drawn anew (网格调整): each step of the map or of the lists comes back judged; nothing is written before it is asked for."""

import json
from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from shapely.errors import GEOSException

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.geo import point
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once, submitted_key
from shequtong.pages.views.grids_forms import RegridForm
from shequtong.pages.views.grids_history import change_of, earlier
from shequtong.pages.views.grids_shown import shown
from shequtong.territory import permissions
from shequtong.territory.cutting import CannotCut, Position
from shequtong.territory.division import Division, Standing, division_from, standing
from shequtong.territory.division_judged import judge
from shequtong.territory.division_steps import draw_grid, fill_gaps, give_buildings, merge_grids, named, split_grid
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, tree
from shequtong.territory.usecases.ask_regridding import ask_regridding

_MOST_CORNERS = 500
Sent = Mapping[str, str]


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_UNITS)
def grids(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The grids as they stand (`back`: as they stood before a change), or a step further; `ask` has them carried out."""
    one = _community_or_404(request, unit_id)
    stands = standing(Unit.objects.select_related("parent__parent").get(pk=one.id))
    division, refusal, undoes = stands.division(), "", ""
    if request.method == "GET":
        undoes = request.GET.get("back", "")
        if undoes:
            division = earlier(undoes, stands)
        return _page(request, one, stands, division, undoes=undoes)
    undoes = request.POST.get("undoes", "")
    try:
        division = _named(request, division_from(request.POST.get("drawing", ""), stands))
        if request.POST.get("op") == "ask":
            return _asked(request, one, division, stands)
        division = _step(request, division, stands)
    except GEOSException:  # shapes so strange that the geometry library gives up
        refusal = _("This step cannot be computed. Please draw it a little differently.")
    except Refusal as refused:
        refusal = str(refused)
    return _page(request, one, stands, division, refusal=refusal, undoes=undoes)


def _community_or_404(request: ActorRequest, unit_id: int) -> UnitRef:
    one = tree().by_id.get(unit_id)
    covered = one is not None and request.actor.reach(permissions.MANAGE_UNITS).covers(one.reach_facts())
    if one is None or one.ended or one.kind != Unit.Kind.COMMUNITY or not covered:
        raise Http404
    return one


def _page(
    request: ActorRequest, one: UnitRef, stands: Standing, division: Division, *, refusal: str = "", undoes: str = ""
) -> HttpResponse:
    form = RegridForm(request.POST if request.POST.get("op") == "ask" else None)
    picked = request.POST.get("from", "") if request.POST.get("op") == "pick" else ""
    context = shown(request, one, stands, division, judge(division, stands), picked=picked)
    # What was chosen stays so, but those that were merged are done with.
    context["chosen"] = [] if request.POST.get("op") == "merge" and not refusal else request.POST.getlist("grid")
    context |= {"form": form, "refusal": refusal, "undoes": undoes, "back": reverse("pages:unit", args=[one.id])}
    return render(request, "pages/desk/grids.html", context, status=422 if refusal else 200)


def _named(request: ActorRequest, division: Division) -> Division:
    """The division with the names and codes that stand in the fields of its list."""
    fields = {name.partition("-")[::2]: value for name, value in request.POST.items() if isinstance(value, str)}
    names = {key: value for (kind, key), value in fields.items() if kind == "name" and key}
    codes = {key: value for (kind, key), value in fields.items() if kind == "code" and key}
    return named(division, names, codes)


def _step(request: ActorRequest, division: Division, stands: Standing) -> Division:
    """What the pressed button says; to look again is no step."""
    sent, op = request.POST, request.POST.get("op", "")
    if op == "split":
        return split_grid(division, stands, _points(sent), sent.get("key", ""))
    if op == "draw":
        return draw_grid(division, stands, _points(sent))
    if op == "merge":
        return merge_grids(division, stands, sent.getlist("grid"))
    if op == "fill":
        return fill_gaps(division, stands)
    if op == "give":
        buildings = [int(key) for key in sent.getlist("building") if key.isascii() and key.isdecimal() and len(key) < 20]
        return give_buildings(division, stands, sent.get("gives", ""), buildings, sent.get("to", ""))
    return division


def _points(sent: Mapping[str, str]) -> list[Position]:
    """The corners of a line or outline, as the map sends them."""
    try:
        found = json.loads(sent.get("points", "")[:60_000] or "[]", parse_int=float)
        return [point(*corner) for corner in found[:_MOST_CORNERS]]
    except (ValueError, TypeError, RecursionError) as error:
        raise CannotCut(_("The line cannot be read. Please draw it again.")) from error


def _asked(request: ActorRequest, one: UnitRef, division: Division, stands: Standing) -> HttpResponse:
    """The task that carries it out; its page says how far it is."""
    form, undone = RegridForm(request.POST), change_of(request.POST.get("undoes", ""), stands)
    if not form.is_valid():
        raise CannotCut(_("Say why, or by which decision."))

    def perform() -> str:
        return ask_regridding(
            community_id=one.id,
            division=division,
            reason=form.cleaned_data["reason"],
            leave_gaps=form.cleaned_data["leave_gaps"],
            undoes=undone.pk if undone else None,
            by=request.actor,
            now=timezone.now(),
            submit_key=submitted_key(request),
        ).url

    return once(request, perform, place=one.subdistrict)
