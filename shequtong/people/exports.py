"""The list of persons as a table (导出人员名单): masked unless it was approved in clear; with the rights of whoever asked as they are when it is made."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from shequtong.audit import log
from shequtong.audit.reveal import REVEALED
from shequtong.audit.security import note
from shequtong.core.refusals import Forbidden
from shequtong.core.sealed import Sealed
from shequtong.people import permissions
from shequtong.people.facts import FACT_OF, PERSON, SET_OF
from shequtong.people.lookups.listed import Wanted, persons_of, sets_of
from shequtong.people.models import ExportRequest, Person, SetRow
from shequtong.people.shown import fact_text, room_text
from shequtong.people.usecases._exports import EXPORT_PERSONS, Approved, wanted_of
from shequtong.tasks.kinds import Kind, Outcome, Run
from shequtong.tasks.xlsx import Cell, export
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path

BATCH = 500  # persons of one read
HOME, GRID, CONFIRMED = "home", "grid", "confirmed"
_MORE: dict[str, str | Promise] = {
    HOME: pgettext_lazy("registry", "Home"),
    GRID: pgettext_lazy("unit", "Grid"),
    CONFIRMED: pgettext_lazy("people", "Last confirmed"),
}
COLUMNS: dict[str, str | Promise] = {**{fact.name: fact.label for fact in PERSON}, **_MORE}


def columns_of(marks: Iterable[str]) -> dict[str, str | Promise]:
    """What a list may carry: facts of a person, and those of the sets it is filtered by, as `elderly.living`."""
    kinds = [SET_OF[mark] for mark in marks if mark in SET_OF]
    return {**COLUMNS, **{f"{kind.name}.{fact.name}": f"{kind.label} · {fact.label}" for kind in kinds for fact in kind.facts}}


def labels_of(names: Iterable[str]) -> list[str]:
    """Columns in words."""
    told = list(names)
    known = columns_of(dict.fromkeys(name.partition(".")[0] for name in told if "." in name))
    return [str(known[name]) for name in told if name in known]


USUAL = ("name", "sex", "born_on", "id_number", "phone", HOME, GRID)


def export_of(run: Run) -> ExportRequest:
    """The export a task is for, with the rights of whoever asked as they are now; one in clear is noted as a look. Raises Forbidden."""
    asked = ExportRequest.objects.within(run.task.subdistrict_id).filter(pk=run.params["export"]).first()
    if asked is None or asked.account_id != run.actor.account_id or asked.task_id != run.task.pk:
        raise Forbidden(permissions.EXPORT)
    run.actor.require(permissions.EXPORT, asked)
    if asked.in_clear:
        run.actor.require(permissions.REVEAL, asked)
        post = {"post": run.actor.post[:120]} if run.actor.post else {}
        note(
            REVEALED,
            what="people.export",
            by=run.actor,
            subdistrict_id=asked.subdistrict_id,
            object_kind=ExportRequest._meta.label,
            object_id=asked.pk,
            reason=asked.reason,
            facts={**post, "count": asked.count},
            now=run.now,
        )
    return asked


def _export_persons(run: Run) -> Outcome:
    asked = export_of(run)
    wanted = wanted_of(asked)
    known = columns_of(wanted.marks)
    columns = [name for name in asked.columns if name in known]
    file, count = export(
        run,
        title=_("Persons in clear") if asked.in_clear else _("Persons"),
        columns=[str(known[name]) for name in columns],
        rows=_rows(run, asked, wanted, columns),
        filters=asked.filters,
        total=asked.count,
    )
    with transaction.atomic():
        log.record(
            "people.exported", asked, by=run.actor, at=timezone.now(), rows=count, filters=asked.filters, in_clear=asked.in_clear
        )
    return Outcome(_("%(n)s persons were exported.") % {"n": count}, file)


def _rows(run: Run, asked: ExportRequest, wanted: Wanted, columns: list[str]) -> Iterator[list[Cell]]:
    """A batch at a time, each where the one before ended. Raises CannotExport: the list may change between the press and the last row."""
    edge, approved = None, Approved(asked)
    while True:
        page = persons_of(run.actor, wanted, after=edge, page=BATCH)
        sets = sets_of(page.rows, (name.partition(".")[0] for name in columns if "." in name))
        for person in page.rows:
            approved.require(person.pk)
            yield [_cell(person, name, asked.in_clear, sets.get(person.pk, {})) for name in columns]
        if page.next is None:
            return
        edge = page.next


def _cell(person: Person, name: str, clear: bool, sets: Mapping[str, SetRow]) -> Cell:
    if name == HOME:
        if person.room is not None and person.building is not None:
            person.room.entrance.building = person.building  # loaded beside it; not asked for again
        return room_text(person.room)
    if name == GRID:
        place = at_path(person.grid_path)
        return unit_name(place) if place else ""
    if name == CONFIRMED:
        return person.confirmed_on
    held, _dot, fact = name.rpartition(".")
    row: Any = sets.get(held) if held else person
    value: Any = getattr(row, fact) if row is not None else ""
    return value.reveal() if clear and isinstance(value, Sealed) else fact_text(FACT_OF[held][fact], value)


EXPORT = Kind(EXPORT_PERSONS, pgettext_lazy("task", "Export of persons"), _export_persons, permission=permissions.EXPORT)
