"""What is done to root-cause projects (根治项目办理): opened from a hot issue or a case, measures reported, another lead, given up."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import Class, catalogue
from shequtong.cases.forms.roots import ChangeLeadForm, GiveUpForm, MeasuresForm, OpenRootForm
from shequtong.cases.lookups.roots import Place, counts_at, place_at, places_of_case, standing_at
from shequtong.cases.models import HotIssue, RootProject
from shequtong.cases.roots import BEFORE
from shequtong.cases.roots_shown import root_shown
from shequtong.cases.shown import class_name
from shequtong.cases.views.desk import case_or_404
from shequtong.cases.views.roots import root_or_404
from shequtong.core.sent_forms import done_once
from shequtong.figures.write import day_of
from shequtong.organizations.stations import stations_of_subdistrict

_DAYS = 30  # that a plan is given, unless somebody says otherwise


@require_http_methods(["GET", "POST"])
@for_staff(permissions.LEAD_ROOT)
def desk_hot_cure(request: ActorRequest, issue_id: int) -> HttpResponse:
    """Make a hot issue a project: its class, its place."""
    issue = get_object_or_404(HotIssue.objects.filter(pk=issue_id).within_reach(request.actor, permissions.VIEW))
    where = place_at(issue.subdistrict_id, issue.place)
    kind, back = catalogue().classes[issue.case_class_id], reverse("cases:desk-hot")
    title = "、".join([class_name(kind), *issue.words])
    return _open(request, kind, [where] if where else [], back, {"title": title})


@require_http_methods(["GET", "POST"])
@for_staff(permissions.LEAD_ROOT)
def desk_case_cure(request: ActorRequest, number: str) -> HttpResponse:
    """Make what a case is about a project: its class, one of the places it lies at."""
    case = case_or_404(request, number, permissions.VIEW)
    if case.confidential:
        raise Http404  # such cases are not counted, and no project tells of them
    kind, back = catalogue().classes[case.case_class_id], reverse("cases:desk-detail", args=[number])
    # Not the case's title: it may be the reporter's words, and others read a project's.
    initial = {
        "title": _("%(class)s again and again") % {"class": class_name(kind)},
        **({"lead": case.lead_station_id} if case.lead_station_id else {}),
    }
    return _open(request, kind, places_of_case(case), back, initial)


def _open(request: ActorRequest, kind: Class, places: list[Place], back: str, initial: dict[str, Any]) -> HttpResponse:
    now, reach = timezone.now(), request.actor.reach(permissions.LEAD_ROOT).of_post
    mine = [one for one in places if reach.covers(one.reach_facts())]
    if not mine:
        raise Http404
    here = mine[0].subdistrict
    standing = standing_at(here, kind.id, [one.code for one in mine])
    free = [one for one in mine if one.code not in standing]
    if not free and request.method == "GET":
        return _led_to(request, standing[mine[0].code])
    counts, wished = counts_at(mine, kind.id, now), request.GET.get("place", "")
    chosen = next((one.code for one in free if one.code == wished), free[0].code if free else "")
    form = OpenRootForm(
        request.POST or None,
        places=[(one.code, _told_at(one, counts[one.code])) for one in mine],
        stations=stations_of_subdistrict(here),
        initial={"target_day": day_of(here, now) + timedelta(days=_DAYS), "place": chosen, **initial},
    )
    context = {"class_name": class_name(kind), "standing": [root_shown(one, now) for one in standing.values()]}
    made: list[RootProject] = []

    def perform() -> str:
        told = form.cleaned_data
        made.append(usecases.open_root_project(subdistrict_id=here, class_code=kind.code, **told, by=request.actor, now=now))
        return reverse("cases:desk-root", args=[made[0].pk])

    said = _("The project is open. Its lead station sees it in its list.")
    answer = done_once(request, form, perform, lambda: said if made and made[0].opened_at == now else _there(), place=here)
    return answer or _shown(request, form, _("Open a root-cause project"), back, **context)


def _told_at(place: Place, n: int) -> str:
    """A place with how often the same came from it."""
    told = ngettext("%(n)d case in %(days)d days", "%(n)d cases in %(days)d days", n) % {"n": n, "days": BEFORE.days}
    return f"{place.name} · {told}"


def _there() -> str:
    return _("A project for this class and place stands already; here it is.")


def _led_to(request: ActorRequest, project: RootProject) -> HttpResponse:
    messages.info(request, _there())
    return HttpResponseRedirect(reverse("cases:desk-root", args=[project.pk]))


@require_http_methods(["GET", "POST"])
@for_staff(permissions.REPORT_ROOT)
def desk_root_measures(request: ActorRequest, root_id: int) -> HttpResponse:
    """Say what was done; the 60 days begin."""
    project = _standing(request, root_id, permissions.REPORT_ROOT)
    form = MeasuresForm(request.POST or None)

    def perform() -> str:
        usecases.report_measures(root_id=root_id, **form.cleaned_data, by=request.actor, now=timezone.now())
        return _page_of(project)

    said = _("Reported. The project ends by itself when no new case comes for 60 days.")
    title = pgettext("root project", "Report measures as done")
    return done_once(request, form, perform, said, place=project.subdistrict_id) or _shown(
        request, form, title, _page_of(project), project=project
    )


@require_http_methods(["GET", "POST"])
@for_staff(permissions.LEAD_ROOT)
def desk_root_lead(request: ActorRequest, root_id: int) -> HttpResponse:
    """Name another lead, person or day."""
    project = _standing(request, root_id, permissions.LEAD_ROOT)
    initial = {"lead": project.lead_id, "person": project.person, "target_day": project.target_day}
    form = ChangeLeadForm(request.POST or None, stations=stations_of_subdistrict(project.subdistrict_id), initial=initial)

    def perform() -> str:
        usecases.change_root_lead(root_id=root_id, **form.cleaned_data, by=request.actor, now=timezone.now())
        return _page_of(project)

    title = pgettext("root project", "Change the lead")
    return done_once(request, form, perform, _("The lead is changed."), place=project.subdistrict_id) or _shown(
        request, form, title, _page_of(project), project=project
    )


@require_http_methods(["GET", "POST"])
@for_staff(permissions.LEAD_ROOT)
def desk_root_give_up(request: ActorRequest, root_id: int) -> HttpResponse:
    """End it without result."""
    project = _standing(request, root_id, permissions.LEAD_ROOT)
    form = GiveUpForm(request.POST or None)

    def perform() -> str:
        usecases.give_up_root(root_id=root_id, **form.cleaned_data, by=request.actor, now=timezone.now())
        return _page_of(project)

    title = pgettext("root project", "End it without result")
    return done_once(request, form, perform, _("The project is over."), place=project.subdistrict_id) or _shown(
        request, form, title, _page_of(project), project=project, danger="yes"
    )


def _page_of(project: RootProject) -> str:
    return reverse("cases:desk-root", args=[project.pk])


def _standing(request: ActorRequest, root_id: int, permission: str) -> RootProject:
    """What is over is changed no more; a form sent again finds its first answer, so that a POST goes on."""
    project = root_or_404(request, root_id, permission)
    if project.ended_at is not None and request.method == "GET":
        raise Http404
    return project


def _shown(request: ActorRequest, form: forms.Form, title: str, back: str, **more: Any) -> HttpResponse:
    project = more.get("project")
    about = root_shown(project, timezone.now()) if project else {}
    context = {"form": form, "title": title, "back": back, **about, **more}
    return render(request, "cases/desk/root_form.html", context, status=422 if form.is_bound else 200)
