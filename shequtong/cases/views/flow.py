"""The flow of one's street (流程配置): everyone on staff may look; the supervisor writes, looks at what would change, publishes, goes back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.flow import rules_of
from shequtong.cases.flow_document import read_document
from shequtong.cases.flow_lint import lint
from shequtong.cases.flow_picture import picture
from shequtong.cases.flow_place import changes_of, people_of, place_of, street_of
from shequtong.cases.flow_shown import differences, lines_of, move_rows
from shequtong.cases.forms.flow import FlowForm, FlowTextForm, PublishFlowForm, write_document
from shequtong.cases.models import Flow
from shequtong.cases.usecases import publish_flow
from shequtong.cases.usecases.publish_flow import CannotPublishFlow
from shequtong.cases.views.trial import MAY_TRY, desk_trial
from shequtong.cases.workflow import MOVES
from shequtong.core.submissions import once
from shequtong.territory.units import UnitRef

_SHOWN = 20  # versions in the list


@require_GET
@for_staff(permissions.VIEW, permissions.VIEW_HEADER)
def desk_flow(request: ActorRequest) -> HttpResponse:
    """The picture, the table beside it, what the street says otherwise, its versions. One statement."""
    street = street_of(request.actor.home)
    versions = list(Flow.objects.filter(subdistrict=street.subdistrict).order_by("-version")[:_SHOWN]) if street else []
    document = versions[0].rules if versions else {}
    context = {
        "street": street,
        "picture": mark_safe(picture(MOVES, rules_of(document).off)),  # noqa: S308  # our own drawing; its words are escaped
        "moves": move_rows(document),
        "own": [line for line in lines_of(document) if line.is_own],
        "lines": lines_of(document),
        "versions": versions,
        "manages": street is not None and _manages(request, street),
        "tries": street is not None and any(request.actor.may(one) for one in MAY_TRY),
    }
    return render(request, "cases/desk/flow/flow.html", context)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_FLOW)
def desk_flow_edit(request: ActorRequest) -> HttpResponse:
    """Write by fields, then look at what would change; what would be refused comes back with its findings."""
    street, latest = _own(request)
    form, findings = FlowForm(request.POST or None, document=latest.rules if latest else {}), []
    if form.is_valid():
        document = form.document()
        findings = lint(MOVES, document, place_of(street.subdistrict, people_of(street.subdistrict, timezone.now())))
        if not any(finding.refuses for finding in findings):
            return _preview(request, street, latest, document)
    # What is refused is mended where it was chosen; the text is for those who write it.
    context = {"street": street, "form": form, "findings": findings, "back": reverse("cases:desk-flow")}
    return render(request, "cases/desk/flow/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_FLOW)
def desk_flow_text(request: ActorRequest) -> HttpResponse:
    """Write as text, then look at what would change."""
    street, latest = _own(request)
    initial = {"document": write_document(latest.rules if latest else {})}
    form = FlowTextForm(request.POST or None, initial=initial)
    if form.is_valid():
        reading = read_document(form.cleaned_data["document"])
        if not reading.faults:
            return _preview(request, street, latest, reading.document)
        for fault in reading.faults:
            form.add_error(None, f"{fault.place}: {fault.words}" if fault.place else fault.words)
    context = {"street": street, "form": form, "back": reverse("cases:desk-flow")}
    return render(request, "cases/desk/flow/text.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_staff(permissions.MANAGE_FLOW)
def desk_flow_version(request: ActorRequest, version: int) -> HttpResponse:
    """An earlier version, beside the one in force, to be published again."""
    street, latest = _own(request)
    earlier = Flow.objects.filter(subdistrict=street.subdistrict, version=version).first()
    if earlier is None:
        raise Http404
    return _preview(request, street, latest, earlier.rules, earlier=earlier)


@require_POST
@for_staff(permissions.MANAGE_FLOW)
def desk_flow_publish(request: ActorRequest) -> HttpResponse:
    """Publish what was looked at. A refusal comes back with its findings."""
    street, latest = _own(request)
    form = PublishFlowForm(request.POST)
    if not form.is_valid():
        document = form.cleaned_data.get("document")
        if not isinstance(document, dict) or read_document(document).faults:
            raise Http404  # nothing that a page of ours sent
        return _preview(request, street, latest, document, form)
    told, back = form.cleaned_data, reverse("cases:desk-flow")
    wanted = {"subdistrict_id": street.subdistrict, "document": told["document"], "note": told["note"], "seen": told["seen"]}
    try:
        answer = once(
            request,
            lambda: (publish_flow(by=request.actor, now=timezone.now(), **wanted), back)[1],
            place=street.subdistrict,
            answer=back,
        )
    except CannotPublishFlow as refusal:
        form.add_error(None, str(refusal))
        for fault in refusal.faults:
            form.add_error(None, f"{fault.place}: {fault.words}")
        document = read_document(told["document"]).document
        return _preview(request, street, latest, document, form)
    messages.success(request, _("Published. Everybody's pages go by it from now on."))
    return answer


def _preview(
    request: ActorRequest,
    street: UnitRef,
    latest: Flow | None,
    document: dict[str, Any],
    form: forms.Form | None = None,
    earlier: Flow | None = None,
) -> HttpResponse:
    """What would change, for whom, and what the linter says. Nothing is written. Three statements beside the version's."""
    document = read_document(document).document
    before = latest.rules if latest else {}
    people = people_of(street.subdistrict, timezone.now())
    findings = lint(MOVES, document, place_of(street.subdistrict, people))
    refused = any(finding.refuses for finding in findings)
    initial = {"document": write_document(document), "seen": latest.version if latest else 0}
    context = {
        "street": street,
        "earlier": earlier,
        "findings": findings,
        "refused": refused,
        "differences": differences(before, document),
        "changes": changes_of(before, document, people),
        "form": form or PublishFlowForm(initial=initial),
        "text_form": FlowTextForm(initial=initial),
        "publishable": not refused and before != document,
        "back": reverse("cases:desk-flow"),
    }
    bad = refused or (form is not None and form.is_bound)
    return render(request, "cases/desk/flow/preview.html", context, status=422 if bad else 200)


def _own(request: ActorRequest) -> tuple[UnitRef, Flow | None]:
    """The street of the post in use and the version in force there; 404 where there is none or it is another's."""
    street = street_of(request.actor.home)
    if street is None or not _manages(request, street):
        raise Http404
    return street, Flow.objects.filter(subdistrict=street.subdistrict).order_by("-version").first()


def _manages(request: ActorRequest, street: UnitRef) -> bool:
    return request.actor.reach(permissions.MANAGE_FLOW).covers(street.reach_facts())


# What follows desk/flow/, the view, its name.
PAGES = (
    ("", desk_flow, "desk-flow"),
    ("edit/", desk_flow_edit, "desk-flow-edit"),
    ("text/", desk_flow_text, "desk-flow-text"),
    ("publish/", desk_flow_publish, "desk-flow-publish"),
    ("trial/", desk_trial, "desk-flow-trial"),
    ("<int:version>/", desk_flow_version, "desk-flow-version"),
)
