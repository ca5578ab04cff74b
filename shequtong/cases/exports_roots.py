"""Root-cause projects as a table (导出根治项目): by the filters and with the rights of whoever looks at the list, in its order."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.exports import without_numbers
from shequtong.cases.lookups.roots import STATES, counts_of, wanted
from shequtong.cases.models import RootProject
from shequtong.cases.roots import BEFORE, ends_at
from shequtong.cases.roots_shown import STATE_WORDS, root_shown
from shequtong.cases.shown import place_name, station_name
from shequtong.core.places import place
from shequtong.organizations.stations import directory
from shequtong.tasks.kinds import Kind, Outcome, Run
from shequtong.tasks.xlsx import Cell, export

_BATCH = 100


def _export_roots(run: Run) -> Outcome:
    """`state` and `lead` as the list has them; what is unknown by now filters nothing."""
    state = run.params["state"] if run.params["state"] in STATES else ""
    lead = run.params["lead"] if run.params["lead"] in directory().by_id else None
    found = wanted(run.actor, state, lead)
    parts = [str(STATE_WORDS[state]), *([station_name(directory().by_id[lead])] if lead is not None else [])]
    file, count = export(
        run,
        title=_("Root-cause projects"),
        columns=_columns(),
        rows=(_row(one, run.now) for one in found.iterator(_BATCH)),
        filters=pgettext("between names", ", ").join(parts),
        total=found.count(),
    )
    with transaction.atomic():
        log.record("cases.roots_exported", run.task, by=run.actor, at=timezone.now(), rows=count, state=state, lead=lead)
    said = ngettext("%(n)s project was exported.", "%(n)s projects were exported.", count) % {"n": count}
    return Outcome(said, file)


def _columns() -> list[str]:
    return [
        pgettext("root project", "Project"),
        _("Class"),
        _("Place"),
        _("Territory"),
        _("Lead station"),
        _("Person responsible"),
        _("State"),
        _("To be done by"),
        _("Planned measures"),
        _("What was done"),
        _("Cases in the %(n)d days before") % {"n": BEFORE.days},
        _("Cases since it was opened"),
        _("Cases since the measures"),
        _("Last case"),
        pgettext("root project", "Opened"),
        _("Opened by"),
        _("Measures reported"),
        _("End test passed on, without another case"),
        pgettext("root project", "Ended"),
        _("Came back on"),
    ]


def _row(project: RootProject, now: datetime) -> list[Cell]:
    """One statement, along the index of its cases. A day is that of the project's street."""
    counts = counts_of(project)
    last = max((at for at in (counts.last_at, project.last_case_at) if at), default=None)
    row: dict[str, Any] = root_shown(project, now, last)
    stands = project.ended_at is None

    def day(at: datetime | None) -> str:
        return at.astimezone(place(project.subdistrict_id).zone).date().isoformat() if at else ""

    return [
        without_numbers(project.title),
        row["class_name"],
        project.place_name,
        place_name(project.place_path),
        row["lead_name"],
        project.person,
        row["badge"].label,
        project.target_day.isoformat(),
        without_numbers(project.plan),
        without_numbers(project.measures),
        counts.before,
        counts.since,
        counts.after if project.measures_at else None,
        day(last),
        day(project.opened_at),
        project.opened_by,
        day(project.measures_at),
        day(ends_at(project.measures_at, last)) if stands else "",
        day(project.ended_at),
        day(project.came_back_at),
    ]


EXPORT_ROOTS = Kind(
    "cases.export_roots", pgettext_lazy("task", "Export of root-cause projects"), _export_roots, permission=permissions.VIEW
)
