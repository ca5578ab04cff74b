"""Load table rows (导入一批人口): some rows of a table become people, and the table moves on, in one transaction: killed, none or all of it stands."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange.models import PeopleChanges, PeopleRefusals, PeopleTable
from shequtong.interchange.people_in.differing import MOST, told_of
from shequtong.people import permissions
from shequtong.people.lookups.load_plan import Decision, Incoming
from shequtong.people.usecases import load_people


class CannotLoad(Refusal):
    """Another process brings in the same table."""


@transaction.atomic
def load_table_rows(
    *,
    table: PeopleTable,
    rows: Sequence[Incoming],
    wrong: Sequence[tuple[int, dict[int, str]]],
    columns: dict[str, int],
    last: int,
    ends: bool,
    by: Actor,
    now: datetime,
) -> tuple[PeopleTable, list[Decision]]:
    """Bring in the rows behind the table's position. `wrong`: rows that were not understood; `columns`: which column a fact stands in.

    Raises CannotLoad when somebody else has moved it on, Forbidden.
    """
    by.require(permissions.IMPORT, table)
    held = PeopleTable.objects.select_for_update().get(pk=table.pk, subdistrict=table.subdistrict_id)
    if held.position != table.position or held.state == PeopleTable.State.DONE:
        raise CannotLoad(_("Another process is bringing in this table. Wait for it."))
    decisions = load_people(rows=rows, subdistrict=held.subdistrict_id, source=held.source, under=held, by=by, now=now)
    _keep_changes(held, decisions, by, now)
    found = Counter(one.outcome for one in decisions)
    for name in ("created", "updated", "unchanged", "refused"):
        setattr(held, name, getattr(held, name) + found[name])
    held.refused += len(wrong)
    told = [*wrong, *((one.row.number, {columns.get(one.fact, -1): one.why}) for one in decisions if one.why)]
    if told:
        plain = [[number, sorted(why.items())] for number, why in sorted(told, key=lambda one: one[0])]
        PeopleRefusals.objects.create(subdistrict_id=held.subdistrict_id, table=held, rows=json.dumps(plain, ensure_ascii=False))
    held.position, held.moved_at = last, now
    held.state = PeopleTable.State.DONE if ends else PeopleTable.State.RUNNING
    held.save()
    return held, decisions


def _keep_changes(held: PeopleTable, decisions: Sequence[Decision], by: Actor, now: datetime) -> None:
    """The first rows that changed somebody, with what; those of the trial go with the first batch. No statement where nothing changed."""
    if held.position == 0:
        PeopleChanges.objects.filter(subdistrict=held.subdistrict_id, table=held, tried=True).delete()
    told = list(islice(told_of(decisions, by), max(0, MOST - held.updated)))
    if told:
        rows = json.dumps(told, ensure_ascii=False)
        PeopleChanges.objects.create(subdistrict_id=held.subdistrict_id, table=held, rows=rows, at=now)
