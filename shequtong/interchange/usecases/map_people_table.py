"""Map a table of people (确认列对应): what each column is, as somebody chose it; remembered for the office."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange.models import PeopleMapping, PeopleTable
from shequtong.interchange.people_in.fields import KNOWN
from shequtong.interchange.people_in.mapping import faults, signature
from shequtong.people import permissions
from shequtong.people.models import Source


class CannotMap(Refusal):
    """A column is missing or said twice, or the import has begun."""


@transaction.atomic
def map_people_table(*, table_id: int, targets: Sequence[str], source: str, by: Actor, now: datetime) -> PeopleTable:
    """The table as it is to be read. What was tried before counts no more. Raises CannotMap, Forbidden."""
    table = PeopleTable.objects.select_for_update().get(pk=table_id)
    by.require(permissions.IMPORT, table)
    if table.state in (PeopleTable.State.RUNNING, PeopleTable.State.DONE):
        raise CannotMap(_("The import of this table has begun. Send it in again to read it otherwise."))
    if source not in (Source.IMPORT, Source.DOCUMENT, Source.POLICE) or any(one and one not in KNOWN for one in targets):
        raise CannotMap(_("Choose from the list."))
    if wrong := faults(targets, table.names):
        raise CannotMap(" ".join(wrong))
    table.targets, table.source, table.moved_at = list(targets)[: len(table.names)], source, now
    table.state, table.tried = PeopleTable.State.SENT, {}
    table.save()
    PeopleMapping.objects.update_or_create(
        subdistrict_id=table.subdistrict_id,
        office=table.office,
        signature=signature(table.names),
        defaults={"targets": table.targets, "used_at": now},
    )
    log.record("interchange.people_table_mapped", table, by=by, at=now, targets=table.targets, source=source)
    return table
