"""Move to another subdistrict (跨街道迁移): a new row stands there with all facts and sets, unconfirmed until somebody there has seen them; here it closes.

Whoever records it needs the right here alone; nobody there is read. A row never changes its subdistrict (docs/decisions/0023).
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.core.sealed import Sealed, hashes_of
from shequtong.people.events import PersonsHandedOver
from shequtong.people.facts import FACT_OF, PERSON, SET_OF
from shequtong.people.identity import ID_DOMAIN
from shequtong.people.models import HEAD, Household, LifeEvent, Membership, Person
from shequtong.people.usecases._care_life import hand_care_over
from shequtong.people.usecases._families import end_sets, leave_door, leave_household, rehead
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases._people import have_marks, have_terms, sets_of
from shequtong.people.usecases._rights_moved import hand_requests_over
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, unit

_KEPT = ("source", "valid_from", "recorded_at", "recorded_by", "account_id")


@transaction.atomic
def move_to_street(
    *,
    person_ids: Collection[int],
    unit_id: int,
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    relations: Mapping[int, str] | None = None,
    version: int | None = None,
) -> LifeEvent:
    """`unit_id`: the community that takes them. `relations`: of the members who are left. Raises CannotRecord, Changed, Gone, Forbidden."""
    deed = Deed(LifeEvent.Kind.MOVE_TO_STREET, on, source, by, now)
    gone = deed.lock(person_ids, version)
    path, to = gone[0].grid_path, unit(unit_id)
    if to.kind != Unit.Kind.COMMUNITY or to.ended or to.subdistrict == gone[0].subdistrict_id:
        raise CannotRecord(_("Choose a community of another subdistrict."))

    left, was, new = {}, _relations(gone), {}
    for person in gone:
        new[person.pk] = _row_there(person, to)
        household = leave_household(deed, person)
        if household is not None:
            left[household.pk] = household
        owns = leave_door(deed, person, Person.Ended.HANDED_OVER, registered=False)
        end_sets(deed, person, Person.Ended.HANDED_OVER)
        deed.hand_over(person, to=new[person.pk].pk, closes=not owns)  # who still owns a home here stays on record as its owner
    for household in left.values():
        rehead(deed, household, relations or {})
    _household_there(deed, {new[old]: code for old, code in was.items()}, to)
    event = finish(deed, path)
    hand_requests_over({person: new[person.pk] for person in gone}, by=by, now=now)
    hand_care_over(event, {person: new[person.pk] for person in gone}, by=by, now=now)
    arrived = tuple(sorted(one.pk for one in new.values()))
    events.publish(PersonsHandedOver(event.pk, to.subdistrict, to.path, arrived, gone[0].subdistrict_id, now))
    return event


def _relations(gone: Collection[Person]) -> dict[int, str]:
    """Person -> relation where they go: as it was with their head, else not known; who moves alone heads a household."""
    place, ids = next(iter(gone)).subdistrict_id, [one.pk for one in gone]
    if len(ids) == 1:
        return dict.fromkeys(ids, HEAD)
    rows = Membership.objects.filter(subdistrict=place, person__in=ids, ended_on=None)
    found = dict(rows.values_list("person_id", "relation"))
    return found if list(found.values()).count(HEAD) == 1 else {}


def _row_there(person: Person, to: UnitRef) -> Person:
    """The row there: the one that stands already by the document, else a new one with all facts and sets, kept by the community."""
    place, number = to.subdistrict, person.id_number.reveal() if person.id_number else ""
    hashes = hashes_of(ID_DOMAIN, number) if number else []
    known = Person.objects.within(place).standing().numbered(hashes).first() if hashes else None
    if known is not None:
        if known.moved_from is None:
            known.moved_from = person.pk
            known.save(update_fields=["moved_from"])
        return known
    facts = {fact.name: _text(getattr(person, fact.name)) for fact in PERSON}
    kept = {name: getattr(person, name) for name in _KEPT}
    row = Person.objects.create(
        subdistrict_id=place, grid_path=to.path, origins=dict(person.origins), moved_from=person.pk, **facts, **kept
    )
    for name, held in sets_of(person).items():
        values = {fact: _text(getattr(held, fact)) for fact in FACT_OF[name]}
        SET_OF[name].model._default_manager.create(
            subdistrict_id=place, person=row, **values, **{column: getattr(held, column) for column in _KEPT}
        )
    have_terms(row)
    have_marks(row)
    return row


def _text(value: Any) -> Any:
    """A column as another row is given it: a sealed one by its text, which is sealed anew for there."""
    return value.reveal() if isinstance(value, Sealed) else value


def _household_there(deed: Deed, relations: Mapping[Person, str], to: UnitRef) -> None:
    """Who came together is a household there, too, without a door yet; who belongs to one there already stays in it."""
    place = to.subdistrict
    ids = [one.pk for one in relations]
    taken = set(Membership.objects.filter(subdistrict=place, person__in=ids, ended_on=None).values_list("person_id", flat=True))
    free = {one: code for one, code in relations.items() if one.pk not in taken}
    if HEAD not in free.values():
        return
    household = Household.objects.create(subdistrict_id=place, grid_path=to.path, **deed.origin)
    for person, code in free.items():
        Membership.objects.create(subdistrict_id=place, household=household, person=person, relation=code, **deed.origin)
