"""What interchange can be asked to do outside a request (后台任务): a table of people tried, and imported."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.core.actors import Actor
from shequtong.core.bulk import count_anew
from shequtong.core.refusals import Refusal
from shequtong.interchange.exports import SHEET
from shequtong.interchange.models import PeopleRefusals, PeopleTable
from shequtong.interchange.people_in.batches import batches
from shequtong.interchange.people_in.fields import KNOWN
from shequtong.interchange.people_in.kept import content_of
from shequtong.interchange.people_in.result import write_refused
from shequtong.interchange.people_in.table import Reading, Row, rows_of
from shequtong.interchange.people_in.trying import Wrong, translator_of, tried
from shequtong.interchange.usecases import load_table_rows, note_trial
from shequtong.people import permissions
from shequtong.people.lookups.load_plan import HOME
from shequtong.people.models import Disability, Elderly, Home, Household, Membership, Person, PersonMark, PersonTerm, Residence
from shequtong.tasks.kinds import Kind, NewFile, Outcome, Run
from shequtong.tasks.xlsx import XLSX

TRY_PEOPLE, IMPORT_PEOPLE = "interchange.try_people", "interchange.import_people"
_MANY = 500  # rows between two notes of progress


def _table(run: Run) -> PeopleTable:
    """The table as it stands. Forbidden where the right has ended meanwhile."""
    table = PeopleTable.objects.get(pk=int(run.params["table"]), subdistrict=run.task.subdistrict_id)
    run.actor.require(permissions.IMPORT, table)
    return table


def _try(run: Run) -> Outcome:
    """Every row decided, nothing written; the refused ones are the result."""
    table = _table(run)
    content, wrong = content_of(table), dict[int, dict[int, str]]()

    def keep(found: Wrong) -> None:
        wrong.update(found)

    def watch(done: int) -> None:
        run.progress(done)

    trial = tried(table, rows_of(content), by=run.actor, now=run.now, watch=watch, wrong_rows=keep)
    note_trial(
        table_id=table.pk, tried=trial.as_json(), total=trial.rows, changed=trial.changed, by=run.actor, now=timezone.now()
    )
    words = _("%(created)s would be new, %(updated)s changed, %(unchanged)s stay as they are, %(refused)s refused.")
    link = reverse("interchange:desk-people-table", args=[table.pk])
    return Outcome(words % trial.as_json(), _refused(run, table, content, wrong), link, left_out=bool(wrong))


def _import(run: Run) -> Outcome:
    """The rows behind the table's position, a batch at a time."""
    table = _table(run)
    if table.state == PeopleTable.State.SENT:
        raise Refusal(_("The columns were changed since this import was asked for. Try the table once more, then import it."))
    content = content_of(table)
    with Reading(content) as rows:
        for moved in brought(table, rows, by=run.actor):
            table = moved
            done = table.created + table.updated + table.unchanged + table.refused
            run.save_cursor(table.position, done=done, total=max(table.total, done))
    counts = {name: getattr(table, name) for name in ("created", "updated", "unchanged", "refused")}
    words = _("%(created)s are new, %(updated)s changed, %(unchanged)s stayed as they were, %(refused)s were refused.") % counts
    link = reverse("interchange:desk-people-table", args=[table.pk])
    return Outcome(words, _refused(run, table, content, refused_rows(table)), link, left_out=bool(table.refused))


GROWING = (Person, Residence, Household, Membership, Home, PersonTerm, PersonMark, Elderly, Disability)


def brought(table: PeopleTable, rows: Reading, *, by: Actor) -> Iterator[PeopleTable]:
    """Bring in what lies behind the table's position; the table after each batch. Nothing for one that is done."""
    if table.state == PeopleTable.State.DONE:
        return
    translator = translator_of(table, by, timezone.now())
    columns = {name: translator.column_of(name) for name in (*KNOWN, HOME)}
    out = refused_rows(table) if table.position else {}
    for nth, batch in enumerate(batches(rows, translator, behind=table.position, out=out), start=1):
        table, _done = load_table_rows(
            table=table,
            rows=[line.incoming for line in batch.lines if line.incoming is not None],
            wrong=[(line.number, line.wrong) for line in batch.lines if line.incoming is None],
            columns=columns,
            last=batch.last,
            ends=batch.ends,
            by=by,
            now=timezone.now(),
        )
        if nth & (nth - 1) == 0:  # each time it has doubled
            count_anew(GROWING)
        yield table


def refused_rows(table: PeopleTable) -> dict[int, dict[int, str]]:
    """Rows that were refused, with why by column."""
    batches_of = PeopleRefusals.objects.filter(subdistrict=table.subdistrict_id, table=table).order_by("id")
    return {number: dict(why) for one in batches_of for number, why in json.loads(one.rows.reveal())}


def _refused(run: Run, table: PeopleTable, content: bytes, wrong: Mapping[int, dict[int, str]]) -> NewFile | None:
    """The workbook of refused rows; none where all came in."""
    if not wrong:
        return None
    title = _("Refused rows of %(file)s") % {"file": table.file_name}

    def refused() -> Iterator[tuple[Row, Mapping[int, str]]]:
        for count, row in enumerate(rows_of(content)):
            if count % _MANY == 0:
                run.progress(run.task.done)
            if row[0] in wrong:
                yield row, wrong[row[0]]

    path = run.folder / "refused.xlsx"
    write_refused(path, table.names, refused(), title)
    name = _("Refused rows of %(file)s") % {"file": Path(table.file_name).stem[:60]}
    return NewFile(f"{name}.xlsx", XLSX, path)


KINDS = (
    SHEET,
    Kind(TRY_PEOPLE, gettext_lazy("Trial of a table of people"), _try, permission=permissions.IMPORT),
    Kind(IMPORT_PEOPLE, gettext_lazy("Import of a table of people"), _import, resumable=True, permission=permissions.IMPORT),
)
