"""Note a trial (记下试导入结果): what would become of the rows of a table, in numbers; nothing was written."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.interchange.models import PeopleChanges, PeopleTable
from shequtong.interchange.people_in.differing import Told
from shequtong.people import permissions


@transaction.atomic
def note_trial(
    *, table_id: int, tried: dict[str, Any], total: int, by: Actor, now: datetime, changed: Sequence[Told] = ()
) -> PeopleTable:
    """`tried`: counts by outcome, and how often each column was at fault; `changed` takes the place of an earlier trial's. Raises Forbidden."""
    table = PeopleTable.objects.select_for_update().get(pk=table_id)
    by.require(permissions.IMPORT, table)
    if table.state in (PeopleTable.State.SENT, PeopleTable.State.LOOKED):
        table.tried, table.total, table.moved_at, table.state = tried, total, now, PeopleTable.State.LOOKED
        table.save()
        PeopleChanges.objects.filter(subdistrict=table.subdistrict_id, table=table).delete()
        if changed:
            rows = json.dumps(changed, ensure_ascii=False)
            PeopleChanges.objects.create(subdistrict_id=table.subdistrict_id, table=table, tried=True, rows=rows, at=now)
        log.record("interchange.people_table_tried", table, by=by, at=now, rows=total)
    return table
