"""Pages of what is to be published (标准导入与发布): a workbook sent in, what it would change, the order to publish; and the table taken out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.forms.standards import WorkbookForm
from shequtong.cases.models import StandardBatch
from shequtong.cases.standards import words
from shequtong.cases.standards.comparing import ClassChange, RowChange, State
from shequtong.cases.standards.lines import Kind
from shequtong.cases.standards.reading import read_table
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import DutyChange, Preview, agencies, preview_of
from shequtong.cases.usecases.export_standards import export_standards
from shequtong.cases.usecases.prepare_standards import prepare_standards
from shequtong.cases.usecases.publish_batch import publish_batch
from shequtong.cases.views.standards import DESK, field_shown
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once

EXAMPLES = "examples"  # the source of a batch made of the trees we ship
_RECENT = 20
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@for_staff(permissions.PUBLISH_STANDARD)
def desk_standards_import(request: ActorRequest) -> HttpResponse:
    """Send a workbook in; it is read at once (519 rows in a twentieth of a second) and shown as what it would change."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _read(request, form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    batches = StandardBatch.objects.defer("content", "findings").order_by("-made_at", "-id")[:_RECENT]
    context = {"form": form, "batches": [{"batch": batch, "source": source_text(batch)} for batch in batches]}
    return render(request, "cases/desk/standards/import.html", context, status=422 if form.is_bound else 200)


def _read(request: ActorRequest, told: dict[str, Any]) -> str:
    table = read_table(told["file"].read(), kind=Kind(told["kind"]) if told["kind"] else None)
    batch = prepare_standards(
        source=told["file"].name,
        lines=table.lines,
        findings=table.findings,
        complete=[Kind(each) for each in told["complete"]],
        by=request.actor,
        now=timezone.now(),
    )
    return reverse("cases:desk-standards-batch", args=[batch.pk])


@require_POST
@for_staff(permissions.PUBLISH_STANDARD)
def desk_standards_examples(request: ActorRequest) -> HttpResponse:
    """The trees we ship as a batch to look at: a place's first day."""

    def perform() -> str:
        duties = example_duties(agency.code for agency in agencies().values())
        batch = prepare_standards(source=EXAMPLES, lines=example_lines(), duties=duties, by=request.actor, now=timezone.now())
        return reverse("cases:desk-standards-batch", args=[batch.pk])

    return once(request, perform)


@require_POST
@for_staff(permissions.PUBLISH_STANDARD)
def desk_standards_export(request: ActorRequest) -> HttpResponse:
    """The standards that hold, as a workbook."""
    now = timezone.now()
    content = export_standards(tree=request.POST.get("tree", ""), by=request.actor, now=now)
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="standards-{timezone.localtime(now):%Y%m%d}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@for_staff(permissions.PUBLISH_STANDARD)
def desk_standards_batch(request: ActorRequest, batch: int) -> HttpResponse:
    """What a batch would change, sorted by what becomes of each class."""
    return _batch_page(request, get_object_or_404(StandardBatch, pk=batch))


@require_POST
@for_staff(permissions.PUBLISH_STANDARD)
def desk_standards_publish(request: ActorRequest, batch: int) -> HttpResponse:
    """Publish what was looked at; a refusal comes back as the page with the reason."""
    here = reverse("cases:desk-standards-batch", args=[batch])

    def perform() -> str:
        publish_batch(batch_id=batch, fingerprint=request.POST.get("fingerprint", ""), by=request.actor, now=timezone.now())
        return here

    try:
        answer = once(request, perform, answer=here)
    except StandardBatch.DoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        return _batch_page(request, get_object_or_404(StandardBatch, pk=batch), error=str(refusal))
    messages.success(request, _("The standards are published. Open cases keep the versions they were registered under."))
    return answer


def _batch_page(request: ActorRequest, batch: StandardBatch, error: str = "") -> HttpResponse:
    preview = preview_of(batch)
    parts = _parts(preview)
    show = request.GET.get("show", "")
    if show not in parts:
        show = next((name for name, count in parts.items() if count), State.SAME.value)
    context = {
        "batch": batch,
        "source": source_text(batch),
        "preview": preview,
        "error": error,
        "publishable": batch.published_at is None and preview.changes_something,
        "counts": [
            {"label": words.state_name(state), "count": preview.comparison.rows(state)}
            for state in (State.NEW, State.CHANGED, State.ENDED)
        ],
        "tabs": [
            {"label": _part_name(name), "url": f"?show={name}", "active": name == show, "count": count}
            for name, count in parts.items()
        ],
        "show": show,
        "findings": sorted(preview.findings, key=lambda each: not each.why.is_fault) if show == "findings" else [],
        "duties": [_duty_shown(each) for each in preview.duties] if show == "duties" else [],
        "classes": [_class_shown(each) for each in preview.comparison.classes if each.state.value == show],
        "complete": [words.kind_name(kind) for kind in batch.content.get("complete", [])],
    }
    return render(request, "cases/desk/standards/batch.html", context, status=422 if error else 200)


def source_text(batch: StandardBatch) -> str:
    """Where a batch came from."""
    if batch.source == EXAMPLES:
        return _("The examples we ship")
    if batch.source.startswith(f"{DESK} "):
        return _("Edited at the desk: %(code)s") % {"code": batch.source.removeprefix(f"{DESK} ")}
    return batch.source


def _parts(preview: Preview) -> dict[str, int]:
    """The parts of the page with how much is in each; what needs a look comes first."""
    classes = preview.comparison.classes
    counts = {
        state.value: sum(each.state is state for each in classes) for state in (State.CHANGED, State.NEW, State.ENDED, State.SAME)
    }
    return {"findings": len(preview.findings), **counts, "duties": len(preview.duties)}


def _part_name(name: str) -> str:
    return {"findings": _("To look at"), "duties": _("Duty list")}.get(name) or words.state_name(State(name))


def _class_shown(change: ClassChange) -> dict[str, Any]:
    return {
        "code": change.code,
        "name": change.line.name,
        "group": change.line.group_name,
        "kind": words.kind_name(change.line.kind),
        "fields": [field_shown(each.name, each.old, each.new) for each in change.differences],
        "rows": [_row_shown(each) for each in change.rows],
    }


def _row_shown(row: RowChange) -> dict[str, Any]:
    return {
        "number": row.row,
        "state": words.state_name(row.state),
        "same": row.state is State.SAME,
        "condition": row.line.register_condition,
        "limit": words.limit_text(row.line.limit, row.line.limit_note),
        "closing": row.line.close_condition,
        "unit": row.line.handling_unit,
        "fields": [field_shown(each.name, each.old, each.new) for each in row.differences],
    }


def _duty_shown(change: DutyChange) -> dict[str, Any]:
    known = {agency.code: agency.name for agency in agencies().values()}

    def told(parts: tuple[tuple[str, str, str], ...]) -> list[str]:
        leads = _("leads")
        assists = _("assists")
        return [f"{known.get(agency, agency)} ({leads if part == 'lead' else assists}) {basis}" for agency, part, basis in parts]

    return {"code": change.code, "old": told(change.old), "new": told(change.new)}
