"""Keep no longer than needed (到期清除): what is held of who moved away or died is emptied when its time is over; a closed shell is left.

Document, name, phone, sets and the past go, and with them by what a person is found; the days and doors of residences stay, of nobody.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people.facts import COUNT, DATE, FLAG, MONEY, PERSON, SETS
from shequtong.people.models import (
    AccountLink,
    Consent,
    LifeEvent,
    LifePart,
    Person,
    PersonMark,
    PersonPast,
    PersonTerm,
    RightsRequest,
)
from shequtong.people.retention import RULES, ended_before
from shequtong.people.usecases._care import empty_care
from shequtong.people.usecases._rights import nothing

BATCH = 50


@transaction.atomic
def retain_persons(*, subdistrict_id: int, by: Actor, now: datetime) -> int:
    """A batch of a subdistrict; how many. Any number of workers, safe to kill: a row is emptied whole or not at all, and once."""
    today = timezone.localdate(now)
    emptied = 0
    for why in RULES:
        due = Person.objects.within(subdistrict_id).filter(
            ended_on__lte=ended_before(why, today), ended_for=why, emptied_at__isnull=True
        )
        for person in due.order_by("ended_on", "id").select_for_update(of=("self",), skip_locked=True)[: BATCH - emptied]:
            _empty(person, now)
            log.record("people.retained", person, by=by, at=now, rule=why, ended_on=str(person.ended_on))
            emptied += 1
    return emptied


def _empty(person: Person, now: datetime) -> None:
    """About sixteen statements."""
    home = {"subdistrict": person.subdistrict_id, "person": person}
    for fact in PERSON:
        setattr(person, fact.name, "0" if fact.name == "sex" else nothing(fact.kind))
    person.origins, person.emptied_at, person.version = {}, now, person.version + 1
    person.save()
    for kind in SETS:
        for row in kind.model._default_manager.filter(**home):
            for fact in kind.facts:
                setattr(row, fact.name, _nothing_of(fact.kind))
            row.ended_for = ""  # what staff wrote may say more than that it ended
            row.save()
    for model in (PersonPast, PersonTerm, PersonMark, Consent, AccountLink):
        model._default_manager.filter(**home).delete()
    _forget_journal(person)
    empty_care(person)
    for request in RightsRequest.objects.filter(**home):
        request.proposed = request.words = request.answer = ""
        request.save(update_fields=["proposed", "words", "answer"])


def _forget_journal(person: Person) -> None:
    """What events kept of the person's own columns; that they happened, and on which day, stays. Two statements, one an event."""
    told = LifePart.objects.filter(subdistrict=person.subdistrict_id, person=person).values("event")
    for event in LifeEvent.objects.within(person.subdistrict_id).filter(pk__in=told):
        for line in event.journal:
            if line["model"] == "person" and line["id"] == person.pk:
                line["before"] = {}
        event.save(update_fields=["journal"])


def _nothing_of(kind: str) -> str | bool | None:
    return False if kind == FLAG else None if kind in (DATE, COUNT, MONEY) else ""
