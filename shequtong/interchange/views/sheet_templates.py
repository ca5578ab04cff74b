"""Templates of sheets (报表模板): uploaded by the street, with the words they may hold, and three to start from."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.interchange.exports import content_of
from shequtong.interchange.forms.sheets import SheetTemplateForm
from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.permissions import MANAGE_SHEETS
from shequtong.interchange.sheets_out.examples import EXAMPLES, workbook
from shequtong.interchange.sheets_out.plan import Fault
from shequtong.interchange.sheets_out.received import received
from shequtong.interchange.sheets_out.shown import vocabulary
from shequtong.interchange.usecases import keep_sheet_template, retire_sheet_template
from shequtong.tasks.xlsx import XLSX


@require_GET
@for_staff(MANAGE_SHEETS)
def desk_sheet_templates(request: ActorRequest) -> HttpResponse:
    """Those in use, three to start from, and the words. One statement beside the session."""
    context = {
        "templates": list(_within(request).order_by("name", "id")),
        "examples": [{"slug": slug, "file": f"{one.title}.xlsx", "about": one.about} for slug, one in EXAMPLES.items()],
        "words": vocabulary(),
        "back": reverse("interchange:desk-sheets"),
    }
    return render(request, "interchange/desk/sheet_templates.html", context)


@require_http_methods(["GET", "POST"])
@for_staff(MANAGE_SHEETS)
def desk_sheet_template_new(request: ActorRequest) -> HttpResponse:
    """Upload one. No statement beside the session, and the deed's."""
    return _form(request, SheetTemplateForm(request.POST or None, request.FILES or None), None)


@require_http_methods(["GET", "POST"])
@for_staff(MANAGE_SHEETS)
def desk_sheet_template(request: ActorRequest, template_id: int) -> HttpResponse:
    """Its settings, and its next version. One statement beside the session, and the deed's."""
    one = _one_or_404(request, template_id)
    told = {"name": one.name, "level": one.level, "due_day": one.due_day, "due_next": "next" if one.due_next else "same"}
    return _form(request, SheetTemplateForm(request.POST or None, request.FILES or None, initial=told, there=True), one)


def _form(request: ActorRequest, form: SheetTemplateForm, one: SheetTemplate | None) -> HttpResponse:
    back, faults = reverse("interchange:desk-sheet-templates"), list[Fault]()
    if form.is_bound and form.is_valid():
        try:
            return _kept(request, form, one, faults)
        except Refusal as refusal:
            form.add_error("file" if form.cleaned_data["file"] else None, str(refusal))
    context = {"form": form, "one": one, "faults": faults, "back": back}
    return render(request, "interchange/desk/sheet_template.html", context, status=422 if form.is_bound else 200)


def _kept(request: ActorRequest, form: SheetTemplateForm, one: SheetTemplate | None, faults: list[Fault]) -> HttpResponse:
    """The bytes are stored before the form counts: what is sent twice leaves a piece more, which is swept."""
    by, now, file = request.actor, timezone.now(), form.cleaned_data["file"]
    place = one.subdistrict_id if one is not None else by.home
    read = received(file.read(), file.name, place=place, by=by, now=now, faults=faults) if file else None

    def perform() -> str:
        template_id = one.pk if one is not None else None
        keep_sheet_template(told=form.settings, file=read, by=by, now=now, template_id=template_id)
        return reverse("interchange:desk-sheet-templates")

    return once(request, perform, place=place)


@require_POST
@for_staff(MANAGE_SHEETS)
def desk_sheet_template_retire(request: ActorRequest, template_id: int) -> HttpResponse:
    """Take it out of use; a second press finds it so."""
    one, back = get_object_or_404(_reached(request), pk=template_id), reverse("interchange:desk-sheet-templates")

    def perform() -> str:
        retire_sheet_template(template_id=one.pk, by=request.actor, now=timezone.now())
        return back

    return once(request, perform, place=one.subdistrict_id, answer=back)


@require_GET
@for_staff(MANAGE_SHEETS)
def desk_sheet_template_file(request: ActorRequest, template_id: int) -> HttpResponse:
    """The workbook as it was uploaded. Two statements beside the session."""
    one = _one_or_404(request, template_id)
    try:
        content = content_of(one)
    except Refusal:
        raise Http404 from None
    return _saved(content, one.file_name)


@require_GET
@for_staff(MANAGE_SHEETS)
def desk_sheet_example(request: ActorRequest, name: str) -> HttpResponse:
    """One to start from. No statement beside the session."""
    if name not in EXAMPLES:
        raise Http404
    return _saved(workbook(EXAMPLES[name]), f"{EXAMPLES[name].title}.xlsx")


def _saved(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _reached(request: ActorRequest) -> Any:
    places = request.actor.reach(MANAGE_SHEETS).of_post.subdistricts
    return SheetTemplate.objects.within(*places).within_reach(request.actor, MANAGE_SHEETS)


def _within(request: ActorRequest) -> Any:
    return _reached(request).in_use()


def _one_or_404(request: ActorRequest, template_id: int) -> SheetTemplate:
    found: SheetTemplate = get_object_or_404(_within(request), pk=template_id)
    return found
