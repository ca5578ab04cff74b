"""The queue as a table (导出案件): by the filters and with the rights of whoever looks at it, in the order of the page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups import CAPPED, Filters, capped_count, page_of
from shequtong.cases.lookups.lights import NONE
from shequtong.cases.lookups.waits import COLLEAGUES, ME, OWN, TAKE_UP, WAITS
from shequtong.cases.shown import Dresser, class_name, place_name, station_name, unit_name
from shequtong.cases.usecases.choose_columns import COLUMNS
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.clock import Light, wording
from shequtong.core.refusals import Forbidden
from shequtong.organizations.stations import directory
from shequtong.tasks.kinds import Kind, Outcome, Run
from shequtong.tasks.xlsx import Cell, export
from shequtong.territory.units import at_path

BATCH = 500  # cases of one read
_EDGES = ("after", "before")  # where a page begins: no filter
_NUMBERS = re.compile(r"\d{7,}")  # of a telephone or a document, typed into a title


def may_export(actor: Actor, *, headers_only: bool) -> bool:
    """Whether the post in use sees such a list at all; what one told oneself is none."""
    reach = actor.reach(permissions.VIEW_HEADER if headers_only else permissions.VIEW)
    return bool(reach.grants) or reach.everything


def export_params(
    filters: Filters, *, headers_only: bool, hidden: Iterable[str] = (), added: Iterable[str] = ()
) -> dict[str, Any]:
    """What a queue page shows, as the params of its export; `hidden` are the columns its reader leaves out, `added` those they put to it."""
    kept = {name: value for name, value in asdict(filters).items() if name not in _EDGES and value}
    return {"filters": kept, "headers_only": headers_only, "hidden": sorted(hidden), "added": sorted(added)}


def _export_queue(run: Run) -> Outcome:
    headers_only = bool(run.params["headers_only"])
    permission = permissions.VIEW_HEADER if headers_only else permissions.VIEW
    if not may_export(run.actor, headers_only=headers_only):
        raise Forbidden(permission)
    known = {field.name for field in fields(Filters)} - {*_EDGES}
    filters = Filters(**{name: value for name, value in run.params["filters"].items() if name in known})
    wanted = _wanted(run, headers_only)
    total = CAPPED if filters.words else capped_count(run.actor, filters, run.now, permission)
    file, count = export(
        run,
        title=_("Cases"),
        columns=_columns(headers_only, wanted),
        rows=_rows(run, filters, permission, wanted),
        filters=in_words(filters),
        total=total if total < CAPPED else 0,
    )
    with transaction.atomic():
        log.record("cases.exported", run.task, by=run.actor, at=timezone.now(), rows=count, **run.params)
    return Outcome(_("%(n)s cases were exported.") % {"n": count}, file)


def _wanted(run: Run, headers_only: bool) -> frozenset[str]:
    """The columns between number, matter and time of receipt, which always stand there. Who is charged is no part of a header."""
    hidden, added = run.params.get("hidden", ()), run.params.get("added", ())
    never = {"person"} if headers_only else set[str]()
    return frozenset({column for column in COLUMNS if column not in hidden} | set(added)) - never


def _columns(headers_only: bool, wanted: frozenset[str]) -> list[str]:
    matter = [] if headers_only else [_("Matter")]
    kept = [word for key, words in _optional() if key in wanted for word in words]
    return [_("Number"), *matter, *kept, pgettext("case", "Received")]


def _optional() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Columns that one may leave out of the queue or put to it (choose_columns), with their heads."""
    return (
        ("class", (_("Class"),)),
        ("place", (_("Place"),)),
        ("station", (_("Station"),)),
        ("stage", (_("Stage"),)),
        ("due", (_("State of the clock"), _("Due"))),
        ("days", (_("Days left, below 0 is overdue"),)),
        ("person", (_("Person charged"),)),
        ("channel", (_("How it came"),)),
    )


def _rows(run: Run, filters: Filters, permission: str, wanted: frozenset[str]) -> Iterator[list[Cell]]:
    """A batch at a time, each where the one before ended."""
    edge, dress = filters, Dresser(run.now)
    while True:
        page = page_of(run.actor, edge, run.now, permission, page=BATCH)
        for case in page.rows:
            row = dress(case)
            matter = [without_numbers(case.title)] if permission == permissions.VIEW else []
            cells: dict[str, list[Cell]] = {
                "class": [row.class_name],
                "place": [row.place_name],
                "station": [row.station_name],
                "stage": [row.stage.label],
                "due": [row.light.label if row.light else None, row.due_at],
                "days": [round((row.due_at - run.now) / timedelta(days=1), 1) if row.due_at else None],
                "person": [case.assignee_name],
                "channel": [str(case.get_channel_display())],
            }
            kept = [cell for key, _words in _optional() if key in wanted for cell in cells[key]]
            yield [row.number, *matter, *kept, case.received_at]
        if page.next is None:
            return
        edge = Filters(**{**filters.__dict__, "after": page.next})


def without_numbers(text: str) -> str:
    """Long numbers with their middle hidden: a title is free text, and a table travels."""
    return _NUMBERS.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}" if len(found[0]) > 8 else "****", text)


def in_words(filters: Filters) -> str:
    """What was filtered, for who reads the table a year later."""
    parts = [_("All open")] if not filters.stage else [_("All") if filters.stage == "all" else str(Stage(filters.stage).label)]
    if filters.light:
        parts.append(_("No clock runs") if filters.light == NONE else wording.light_name(Light(filters.light)))
    if kind := catalogue().by_code.get(filters.class_code):
        parts.append(class_name(kind))
    if filters.station in directory().by_id:
        parts.append(station_name(directory().by_id[filters.station]))
    if filters.under:
        unit = at_path(filters.under)
        parts.append(place_name(filters.under) or (unit_name(unit) if unit else ""))
    if filters.waits in WAITS:
        parts.append(_waits_words()[filters.waits])
    if filters.words:
        parts.append(_("“%(words)s”") % {"words": without_numbers(filters.words)})
    if filters.issue is not None:
        parts.append(_("Of a hot issue"))
    if filters.mine is not None:
        parts.append(_("Assigned to me"))
    return pgettext("between names", ", ").join(parts)


def _waits_words() -> dict[str, str]:
    return {ME: _("Waits for me"), OWN: _("In my hands"), TAKE_UP: _("To take up"), COLLEAGUES: _("With colleagues")}


EXPORT_QUEUE = Kind("cases.export_queue", pgettext_lazy("task", "Export of cases"), _export_queue)
