"""Root-cause projects at the desk (根治项目): the list, and one with its end test, its history and its cases."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.exports_roots import EXPORT_ROOTS
from shequtong.cases.forms.roots import RootFilterForm
from shequtong.cases.lookups.roots import counts_of, earlier_at, listed, suggested, wanted
from shequtong.cases.models import Recurrence, RootProject, RootStep
from shequtong.cases.models.root_project import RootProjectQuerySet
from shequtong.cases.roots import BEFORE, QUIET, WATCHED
from shequtong.cases.roots_shown import root_shown
from shequtong.cases.shown import Dresser, class_name
from shequtong.core.keyset import parse_keyset
from shequtong.core.submissions import once, submitted_key
from shequtong.organizations.stations import StationRef, stations_of_subdistrict
from shequtong.tasks.usecases import start_task

_PAGE, _CASES, _SUGGESTED = 30, 20, 10
_LONGEST_QUERY = 2000
_LOOKS = {
    RootStep.Kind.OPENED: ("ring", "info"),
    RootStep.Kind.LEAD: ("arrow", "info"),
    RootStep.Kind.MEASURES: ("half", "info"),
    RootStep.Kind.MET: ("check", "good"),
    RootStep.Kind.GIVEN_UP: ("cross", "quiet"),
    RootStep.Kind.CAME_BACK: ("diamond", "bad"),
}


def root_or_404(request: ActorRequest, root_id: int, permission: str) -> RootProject:
    """The project within reach; absent and forbidden look the same. One statement."""
    found = RootProject.objects.filter(pk=root_id).within_reach(request.actor, permission).first()
    if found is None:
        raise Http404
    return found


@require_GET
@for_staff(permissions.VIEW)
def desk_roots(request: ActorRequest) -> HttpResponse:
    """Those of the ground the post sees, or of its station, the latest first. One statement; one more for what comes back, to who may open one."""
    now = timezone.now()
    form = RootFilterForm(request.GET, stations=_stations(request))
    form.is_valid()
    told = {"state": "", "lead": None, **form.cleaned_data}
    asked, may_open = bool(request.GET), bool(request.actor.reach(permissions.LEAD_ROOT).of_post.grants)
    rows = _page(wanted(request.actor, told["state"], told["lead"]), request.GET.get("after", ""))
    kept = {key: value for key, value in request.GET.items() if value and key != "after"}
    last = rows[_PAGE - 1] if len(rows) > _PAGE else None
    context = {
        "form": form,
        "filtered": bool(told["state"] or told["lead"]),
        "rows": [root_shown(row, now) for row in rows[:_PAGE]],
        "older": "?" + urlencode({**kept, "after": f"{last.opened_at.isoformat()}_{last.pk}"}) if last else "",
        "may_open": may_open,
        "suggested": [_again(one) for one in suggested(request.actor, _SUGGESTED)] if may_open and not asked else [],
        "span_days": BEFORE.days,
    }
    return render(request, "cases/desk/roots.html", context)


def _again(one: Recurrence) -> dict[str, Any]:
    """A suggestion, with the address of the form that opens it. No statement."""
    number = one.last.number
    return {
        "again": one,
        "class_name": class_name(catalogue().classes[one.case_class_id]),
        "number": number,
        "case_url": reverse("cases:desk-detail", args=[number]),
        "open_url": reverse("cases:desk-case-cure", args=[number]) + "?" + urlencode({"place": one.place}),
    }


def _stations(request: ActorRequest) -> list[StationRef]:
    """Of the streets the post reaches. No statement."""
    return [
        one for number in request.actor.reach(permissions.VIEW).of_post.subdistricts for one in stations_of_subdistrict(number)
    ]


def _page(found: RootProjectQuerySet, after: str) -> list[RootProject]:
    if key := parse_keyset(after):
        found = found.filter(opened_at__lte=key[0]).exclude(opened_at=key[0], id__gte=key[1])
    return list(found[: _PAGE + 1])


@require_POST
@for_staff(permissions.VIEW)
def desk_roots_export(request: ActorRequest) -> HttpResponse:
    """The list as a table, a task: `query` is its address as it was seen; nonsense in it filters nothing, as there."""
    form = RootFilterForm(QueryDict(request.POST.get("query", "")[:_LONGEST_QUERY]), stations=_stations(request))
    form.is_valid()
    params = {"state": "", "lead": None, **form.cleaned_data}

    def perform() -> str:
        key, now = submitted_key(request), timezone.now()
        task = start_task(kind=EXPORT_ROOTS.name, params=params, by=request.actor, now=now, submit_key=key)
        return f"{task.url}?fetch"  # the file comes by itself once it is made

    return once(request, perform, place=request.actor.home)


@require_GET
@for_staff(permissions.VIEW)
def desk_root(request: ActorRequest, root_id: int) -> HttpResponse:
    """One project. Five statements."""
    now, actor = timezone.now(), request.actor
    project = root_or_404(request, root_id, permissions.VIEW)
    counts, after = counts_of(project), parse_keyset(request.GET.get("after", ""))
    cases = listed(project, actor, _CASES + 1, after)
    last = cases[_CASES - 1] if len(cases) > _CASES else None
    leads, reports = (
        actor.reach(one).of_post.covers(project.reach_facts()) for one in (permissions.LEAD_ROOT, permissions.REPORT_ROOT)
    )
    stands = project.ended_at is None
    steps = list(project.steps.order_by("-at", "-id"))
    context = {
        **root_shown(project, now, max((at for at in (counts.last_at, project.last_case_at) if at), default=None)),
        "counts": counts,
        "quiet_days": QUIET.days,
        "watched_days": WATCHED.days,
        "steps": [_step(one) for one in steps],
        "cases": list(map(Dresser(now), cases[:_CASES])),
        "older": "?" + urlencode({"after": f"{last.received_at.isoformat()}_{last.pk}"}) + "#cases" if last else "",
        "newer": "?#cases" if after else "",
        "earlier": [
            root_shown(one, now) for one in earlier_at(project) if actor.reach(permissions.VIEW).of_post.covers(one.reach_facts())
        ],
        "again_url": _again_from(steps) if leads else "",
        "may_lead": stands and leads,
        "may_report": stands and reports,
        "back": reverse("cases:desk-roots"),
    }
    return render(request, "cases/desk/root.html", context)


def _again_from(steps: list[RootStep]) -> str:
    """Where a new project is opened from the case that came back; "" where none did."""
    number = next((one.note for one in steps if one.kind == RootStep.Kind.CAME_BACK), "")
    return reverse("cases:desk-case-cure", args=[number]) if number else ""


def _step(step: RootStep) -> dict[str, Any]:
    kind = RootStep.Kind(step.kind)
    shape, tone = _LOOKS[kind]
    return {"step": step, "name": kind.label, "shape": shape, "tone": tone, "actor": step.actor or _("The platform")}
