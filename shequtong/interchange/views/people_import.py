"""Pages that bring in a table of people (人口表导入): send it, look at its columns, try it, import it. A table is its sender's alone."""

import json
from typing import Any, NamedTuple

from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once, submitted_key
from shequtong.files.usecases import store_document
from shequtong.interchange.forms.people_tables import ColumnsForm, PeopleTableForm
from shequtong.interchange.models import PeopleChanges, PeopleMapping, PeopleTable
from shequtong.interchange.people_in.differing import in_words
from shequtong.interchange.people_in.heads import LOOKED_AT, Head
from shequtong.interchange.people_in.kept import TableGone, content_of, sealed
from shequtong.interchange.people_in.mapping import Guess, guessed, signature
from shequtong.interchange.people_in.received import received, samples_of
from shequtong.interchange.people_in.shown import counted, examples, preview
from shequtong.interchange.people_in.table import Row, rows_of
from shequtong.interchange.task_kinds import IMPORT_PEOPLE, TRY_PEOPLE
from shequtong.interchange.usecases import keep_people_table, map_people_table
from shequtong.interchange.usecases.forget_changes import KEPT
from shequtong.people import permissions
from shequtong.tasks.usecases import start_task

_LATEST, _PREVIEWED, _CHANGES = 20, 12, 50  # tables, rows looked at, changed rows of a page
_FOLDED = 12  # columns of which nothing is guessed stand with the others up to here
State = PeopleTable.State


class _Column(NamedTuple):
    """A column as the page shows it."""

    field: BoundField
    guess: Guess
    examples: list[str]

    @property
    def is_nothing(self) -> bool:
        """Nothing is guessed of it, nothing was chosen, nothing is wrong with it."""
        return not (self.guess.target or self.guess.barred or self.field.errors or self.field.data)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.IMPORT)
def desk_people_import(request: ActorRequest) -> HttpResponse:
    """Send a table in; those one sent before. One statement beside the session."""
    form = PeopleTableForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _kept(request, file.read(), file.name)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    mine = PeopleTable.objects.within(request.actor.home).sent_by(request.actor.account_id).order_by("-id")[:_LATEST]
    context = {"form": form, "tables": list(mine)}
    return render(request, "interchange/desk/people_import.html", context, status=422 if form.is_bound else 200)


def _kept(request: ActorRequest, content: bytes, name: str) -> HttpResponse:
    """The bytes are stored before the form counts: what is sent twice leaves a piece more, which is swept."""
    by, now = request.actor, timezone.now()
    read = received(content, name)
    blob = store_document(content=sealed(content), subdistrict_id=by.home, by=by, now=now)

    def perform() -> str:
        kept = keep_people_table(read=read, by=by, now=now, blob_id=blob.pk)
        return reverse("interchange:desk-people-columns", args=[kept.pk])

    return once(request, perform, place=by.home)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.IMPORT)
def desk_people_columns(request: ActorRequest, table_id: int) -> HttpResponse:
    """What each column is, guessed with why and three masked examples; then the trial as a task."""
    table = _mine(request, table_id)
    rows = _first_rows(table)
    if rows is None or table.state in (State.RUNNING, State.DONE):
        return _one(request, table)
    samples = samples_of(rows, Head(table.head_row, tuple(table.names)))
    guesses = _guesses(table, samples)
    form = ColumnsForm(request.POST or None, names=table.names, guesses=guesses, initial={"source": table.source})
    if form.is_bound and form.is_valid():
        now = timezone.now()

        def perform() -> str:
            told = {"targets": form.targets, "source": form.cleaned_data["source"]}
            map_people_table(table_id=table.pk, by=request.actor, now=now, **told)
            return _task(request, TRY_PEOPLE, table)

        try:
            return once(request, perform, place=table.subdistrict_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    columns = [
        _Column(field, guess, [] if guess.barred else examples(samples, at, guess.target))
        for at, (field, guess) in enumerate(zip(form.column_fields, guesses, strict=True))
    ]
    rest = [one for one in columns if one.is_nothing]
    rest = rest if len(rest) > _FOLDED else []
    shown = [one for one in columns if one not in rest]
    context = {"table": table, "form": form, "columns": shown, "rest": rest}
    return render(request, "interchange/desk/people_columns.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.IMPORT)
def desk_people_table(request: ActorRequest, table_id: int) -> HttpResponse:
    """What would come of it, or came; a POST imports it as a task. About twelve statements, however many rows."""
    table = _mine(request, table_id)
    if request.method == "POST" and table.state in (State.LOOKED, State.RUNNING):
        try:
            return once(request, lambda: _task(request, IMPORT_PEOPLE, table), place=table.subdistrict_id)
        except Refusal as refusal:
            return _one(request, table, said=str(refusal))
    return _one(request, table)


def _one(request: ActorRequest, table: PeopleTable, said: str = "") -> HttpResponse:
    rows = _first_rows(table) if table.state in (State.SENT, State.LOOKED) else None
    shown = preview(table, rows[: table.head_row + _PREVIEWED], by=request.actor, now=timezone.now()) if rows else []
    context: dict[str, Any] = {
        "table": table,
        "said": said,
        "tried": counted(table) if table.state == State.LOOKED else None,
        "preview": shown[:_PREVIEWED] if table.state == State.LOOKED else [],
        "gone": rows is None and table.state in (State.SENT, State.LOOKED),
        "forgotten": table.state in (State.RUNNING, State.DONE) and timezone.now() - table.moved_at > KEPT,
        **_changed(request, table),
        "counts": [table.created, table.updated, table.unchanged, table.refused],
    }
    return render(request, "interchange/desk/people_table.html", context, status=422 if said else 200)


def _changed(request: ActorRequest, table: PeopleTable) -> dict[str, Any]:
    """Which rows change what, a page of them. Two statements; none where nothing changes."""
    looked = table.state == State.LOOKED
    many = table.tried.get("updated", 0) if looked else table.updated
    if not many or table.state == State.SENT:
        return {}
    kept = PeopleChanges.objects.filter(subdistrict=table.subdistrict_id, table=table).order_by("id")
    told = [row for one in kept for row in json.loads(one.rows.reveal())]
    asked = request.GET.get("from", "")
    at = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    first = min(at, max(0, len(told) - 1)) // _CHANGES * _CHANGES
    shown = in_words(table, told[first : first + _CHANGES])
    return {
        "changed": shown,
        "changed_more": many if many > len(told) else 0,
        "changed_told": len(told),
        "newer": f"?from={first - _CHANGES}" if first else "",
        "older": f"?from={first + _CHANGES}" if first + _CHANGES < len(told) else "",
    }


def _mine(request: ActorRequest, table_id: int) -> PeopleTable:
    """A table that this account sent in, in its own place; else it is not there."""
    mine = PeopleTable.objects.within(request.actor.home).sent_by(request.actor.account_id)
    found = mine.filter(pk=table_id).first()
    if found is None or not request.actor.reach(permissions.IMPORT).covers(found.reach_facts()):
        raise Http404
    return found


def _first_rows(table: PeopleTable) -> list[Row] | None:
    """The rows that headings are looked for in; None where the bytes are gone."""
    try:
        return list(rows_of(content_of(table), LOOKED_AT))
    except TableGone:
        return None


def _guesses(table: PeopleTable, samples: list[Any]) -> list[Guess]:
    """What the table holds, with the why of the guess where it is still the guess."""
    own = PeopleMapping.objects.filter(subdistrict=table.subdistrict_id, office=table.office, signature=signature(table.names))
    same = own.first()
    fresh = guessed(table.names, samples, same.targets if same else ())
    return [
        guess if guess.barred or guess.target == held else Guess(held) for guess, held in zip(fresh, table.targets, strict=True)
    ]


def _task(request: ActorRequest, kind: str, table: PeopleTable) -> str:
    task = start_task(
        kind=kind,
        params={"table": str(table.pk)},
        by=request.actor,
        now=timezone.now(),
        submit_key=submitted_key(request),
        place=table.subdistrict_id,
    )
    return task.url
