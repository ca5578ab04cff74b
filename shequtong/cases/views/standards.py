"""Pages of the standards that hold (立结案标准): the trees, one class with its rows and history, two versions side by side, editing.

Whoever works with cases may look, for what holds for a case is no secret of the office; who publishes may write.
"""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import Class, Standard, catalogue, limit_words
from shequtong.cases.forms.standards import ChooseForm, ClassForm, ConditionForms, VersionsForm, conditions_of
from shequtong.cases.shown import class_name
from shequtong.cases.standards import words
from shequtong.cases.standards.comparing import differences
from shequtong.cases.standards.lines import ROW_FIELDS, Line
from shequtong.cases.standings import agencies, duties_of, history, line_of
from shequtong.cases.suggested import learnt
from shequtong.cases.usecases.prepare_standards import prepare_standards
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once

LOOK = (permissions.VIEW, permissions.VIEW_HEADER, permissions.PUBLISH_STANDARD)
DESK = "desk"  # the source of a batch that no file brought


@require_GET
@for_staff(*LOOK)
def desk_standards(request: ActorRequest) -> HttpResponse:
    """The classes of one tree by group, or those that hold the words asked for in all trees. No statement of its own."""
    form = ChooseForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    asked, kind, tree = chosen.get("q", "").strip(), chosen.get("kind", ""), request.GET.get("tree", words.TREES[0])
    standing = [found for found in catalogue().classes.values() if not found.ended and found.standards]
    counts: dict[str, int] = defaultdict(int)
    for found in standing:
        counts[found.tree] += 1
    shown = [found for found in standing if (_holds(found, asked) if asked else found.tree == tree) and kind in ("", found.kind)]
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for found in sorted(shown, key=lambda one: (one.tree != tree, one.tree, one.group_code == "", one.code)):
        groups[found.tree, found.kind, found.group_code, found.group_name].append(_class_row(found))
    context = {
        "form": form,
        "asked": asked,
        "tabs": [
            {
                "label": words.tree_name(each),
                "url": "?" + urlencode({"tree": each}),
                "active": not asked and each == tree,
                "count": counts[each],
            }
            for each in dict.fromkeys([*words.TREES, *counts])
        ],
        "groups": [
            {
                "name": " · ".join(filter(None, (words.tree_name(key[0]) if asked else "", words.kind_name(key[1]), key[3]))),
                "rows": rows,
            }
            for key, rows in groups.items()
        ],
        "tree": tree,
        "publishes": request.actor.may(permissions.PUBLISH_STANDARD),
        "trained": learnt(),
        "rows": sum(len(found.standards) for found in shown),
        "classes": len(shown),
    }
    return render(request, "cases/desk/standards/list.html", context)


def _holds(found: Class, asked: str) -> bool:
    words_of = (found.code, found.name, found.name_en, found.group_name, *(one.register_condition for one in found.standards))
    return any(asked.casefold() in each.casefold() for each in words_of)


def _class_row(found: Class) -> dict[str, Any]:
    lead = agencies().get(found.lead_agency or 0)
    return {
        "code": found.code,
        "name": class_name(found),
        "conditions": len(found.standards),
        "limits": "、".join(dict.fromkeys(limit_words(one) for one in found.standards)),
        "lead": lead.name if lead else "",
        "is_example": any(one.is_example for one in found.standards),
    }


def class_or_404(code: str) -> Class:
    """The class a code names."""
    found = catalogue().by_code.get(code)
    if found is None:
        raise Http404
    return found


@require_GET
@for_staff(*LOOK)
def desk_standard(request: ActorRequest, code: str) -> HttpResponse:
    """One class: its conditions as they hold, who answers for it, and every version there was."""
    found = class_or_404(code)
    known = {agency.code: agency.name for agency in agencies().values()}
    context = {
        "found": found,
        "name": class_name(found),
        "tree": words.tree_name(found.tree),
        "kind": words.kind_name(found.kind),
        "publishes": request.actor.may(permissions.PUBLISH_STANDARD),
        "rows": [{"standard": one, "limit": limit_words(one), "marks": _marks(one)} for one in found.standards],
        "duties": [
            {"agency": known[agency], "leads": part == "lead", "basis": basis} for agency, part, basis in duties_of(found)
        ],
        "history": [
            {
                "row": row,
                "versions": [{"standard": one, "limit": limit_words(one)} for one in versions],
                "several": len(versions) > 1,
            }
            for row, versions in history(found).items()
        ],
    }
    return render(request, "cases/desk/standards/class.html", context)


def _marks(one: Standard) -> list[str]:
    names = ("after_photo_required", "answer_required", "confirm_required", "answer_approval")
    return [words.field_name(name) for name in names if getattr(one, name)]


@require_GET
@for_staff(*LOOK)
def desk_standard_compare(request: ActorRequest, code: str) -> HttpResponse:
    """Two versions of one row of a class, field by field; the two latest when none are named."""
    found = class_or_404(code)
    rows = history(found)
    asked = request.GET.get("row", "")
    versions = rows.get(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0) or next(
        (each for each in rows.values() if len(each) > 1), next(iter(rows.values()), [])
    )
    if not versions:
        raise Http404
    labels = [(one.id, _("Version %(number)s") % {"number": one.version}) for one in versions]
    initial = {"new": versions[0].id, "old": versions[1].id if len(versions) > 1 else versions[0].id}
    form = VersionsForm(request.GET if {"old", "new"} <= request.GET.keys() else None, versions=labels, initial=initial)
    chosen = form.cleaned_data if form.is_valid() else initial
    old, new = (catalogue().standards[int(chosen[name])] for name in ("old", "new"))
    context = {
        "found": found,
        "name": class_name(found),
        "form": form,
        "row": versions[0].row,
        "alone": len(versions) == 1,
        "old": old,
        "new": new,
        "fields": [
            field_shown(each.name, each.old, each.new)
            for each in differences(line_of(found, old), line_of(found, new), ROW_FIELDS)
        ],
    }
    return render(request, "cases/desk/standards/compare.html", context)


def field_shown(name: str, old: Any, new: Any) -> dict[str, str]:
    """One changed field for a page."""
    return {"name": words.field_name(name), "old": words.value_text(name, old), "new": words.value_text(name, new)}


@require_http_methods(["GET", "POST"])
@for_staff(permissions.PUBLISH_STANDARD)
def desk_standard_edit(request: ActorRequest, code: str = "") -> HttpResponse:
    """Write a class or a new one anew. What was typed becomes a batch to look at; nothing holds before that is published."""
    found = class_or_404(code) if code else None
    held = [line_of(found, one) for one in found.standards] if found else []
    form = ClassForm(request.POST or None, found=found)
    rows = ConditionForms(request.POST or None, initial=conditions_of(held), prefix="rows")
    if form.is_bound and form.is_valid() and rows.is_valid():
        try:
            return once(request, lambda: _prepared(request, form, rows, held))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    back = reverse("cases:desk-standard", args=[code]) if code else reverse("cases:desk-standards")
    context = {"found": found, "name": class_name(found) if found else "", "form": form, "rows": rows, "back": back}
    return render(request, "cases/desk/standards/edit.html", context, status=422 if form.is_bound else 200)


def _prepared(request: ActorRequest, form: ClassForm, rows: Any, held: list[Line]) -> str:
    """The batch of one class, and where it is looked at."""
    base, before = form.base(), {line.row: line for line in held}
    typed = [each.line(base) for each in rows.forms if each.cleaned_data.get("limit") and not each.cleaned_data.get("ends")]
    # What nobody touched is still the example it was.
    lines = [_still_example(line, before.get(line.row)) for line in typed]
    parts = form.parts()
    batch = prepare_standards(
        source=f"{DESK} {base.code}",
        lines=lines,
        ends=[] if lines or not held else [base.code],
        duties={base.code: parts} if lines and parts != list(form.duties) else {},
        by=request.actor,
        now=timezone.now(),
    )
    return reverse("cases:desk-standards-batch", args=[batch.pk])


def _still_example(line: Line, before: Line | None) -> Line:
    same = before is not None and all(each.name == "is_example" for each in differences(before, line))
    return before if same and before is not None else line
