"""Note a trial (记下试导入结果): what would become of the rows of a table, in numbers; nothing was written."""

from datetime import datetime
from typing import Any

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.interchange.models import PeopleTable
from shequtong.people import permissions


@transaction.atomic
def note_trial(*, table_id: int, tried: dict[str, Any], total: int, by: Actor, now: datetime) -> PeopleTable:
    """`tried`: counts by outcome, and how often each column was at fault. Raises Forbidden."""
    table = PeopleTable.objects.select_for_update().get(pk=table_id)
    by.require(permissions.IMPORT, table)
    if table.state in (PeopleTable.State.SENT, PeopleTable.State.LOOKED):
        table.tried, table.total, table.moved_at, table.state = tried, total, now, PeopleTable.State.LOOKED
        table.save()
        log.record("interchange.people_table_tried", table, by=by, at=now, rows=total)
    return table
