"""Make search terms anew (重建查找词): after a change of keys, or where the proof found some wrong; a thousand people at a time."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.models import Subdistrict
from shequtong.people import permissions
from shequtong.people.models import Person
from shequtong.people.usecases._people import have_marks, have_terms
from shequtong.people.usecases.register_person import Spot

BATCH = 200


@transaction.atomic
def renew_terms(*, place: int, after: int, by: Actor, now: datetime) -> int | None:
    """Terms and marks of the next people of a subdistrict behind the id `after`; the last id, None when there are no more."""
    by.require(permissions.RECORD, Spot(place, ""))
    rows = list(Person.objects.within(place).filter(pk__gt=after).order_by("pk").select_for_update(of=("self",))[:BATCH])
    for person in rows:
        have_terms(person)
        have_marks(person)
    if rows:
        log.record("people.terms_renewed", Subdistrict.objects.get(pk=place), by=by, at=now, people=len(rows))
    return rows[-1].pk if rows else None
