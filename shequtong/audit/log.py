"""`record()` is the only writer of the log; it runs in the transaction of the deed."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from shequtong.audit import journal
from shequtong.audit.marks import canonical, mark_of
from shequtong.audit.models import Entry
from shequtong.core.actors import Actor
from shequtong.core.gathered import put
from shequtong.core.locality import INSTALLATION
from shequtong.core.locality.ids import new_id


def _insert(entries: list[Entry]) -> None:
    Entry.objects.bulk_create(entries)


def record(what: str, thing: models.Model, *, by: Actor, at: datetime, **facts: Any) -> Entry:
    """Write that `by` did `what` to `thing` at `at`. `facts` are JSON values, never personal data of residents. One INSERT.

    The row goes to the subdistrict of `thing`; to the installation for shared and coordinator-only things.
    """
    place = getattr(thing, "subdistrict_id", None) or INSTALLATION
    entry = Entry(
        id=new_id(place),
        subdistrict_id=place,
        what=what,
        object_kind=thing._meta.label,
        object_id=thing.pk,
        at=at,
        recorded_at=timezone.now(),
        account_id=by.account_id,
        appointment_id=by.appointment_id,
        actor=by.name[:80],
        post=by.post[:120],
        facts=canonical(facts),
    )
    entry.mark = mark_of(entry)
    put(_insert, [entry])

    # A function and no partial: Django names the hook that fails by its __qualname__, which a partial lacks.
    def witnessed() -> None:
        journal.witness(entry.id, entry.mark)

    transaction.on_commit(witnessed, robust=True)
    return entry
