"""Change of tenants (租客更替): who rented leaves, who rents now comes, all on one day; the home is let, and seen to be so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.core.sealed import hashes_of
from shequtong.people import permissions
from shequtong.people.counting import MOVED_IN
from shequtong.people.identity import ID_DOMAIN
from shequtong.people.models import HEAD, Household, LifeEvent, Membership, Person, Residence
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases.move_in import settle_in
from shequtong.people.usecases.move_out import depart
from shequtong.people.usecases.register_person import NewPerson, Spot, register_person
from shequtong.territory.models import Room


@dataclass(frozen=True)
class NewTenant:
    """Who rents now: facts of a person, and the relation to the first of them, who heads the household."""

    facts: Mapping[str, Any]
    relation: str = "90"


@transaction.atomic
def change_tenants(
    *,
    room_id: int,
    tenants: Sequence[NewTenant],
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    version: int | None = None,
) -> LifeEvent:
    """`version` is of the home, as a form showed it. Who is on record here already moves. Raises CannotRecord, CannotRegister, Forbidden."""
    room = room_with_place(room_id)
    by.require(permissions.RECORD, Spot(room.subdistrict_id, room.entrance.building.grid_path))
    deed = Deed(LifeEvent.Kind.TENANTS, on, source, by, now)
    home = deed.home(room)
    if version is not None and home.version != version:
        raise CannotRecord(_("Somebody else has changed this record meanwhile. Look at it again before you save."))
    old, known = tenants_of(room), [_on_record(deed, one) for one in tenants]
    staying = {one.pk for one in known if one is not None and one.room_id == room.pk}
    leaving = deed.lock([one for one in old if one not in staying])
    if staying and len(leaving) != len(old):
        raise CannotRecord(_("One of the new tenants lives here already. Leave them out, and record who moved away instead."))
    if not leaving and not tenants:
        raise CannotRecord(_("Nobody rents here, and nobody was named."))
    if leaving:
        depart(deed, leaving, keeps_register=True, relations={})

    household = None
    for number, (tenant, person) in enumerate(zip(tenants, known, strict=True)):
        relation = HEAD if number == 0 else tenant.relation
        household = _comes(deed, room, tenant, person, relation, household)
    return finish(deed, home.grid_path, confirmed=True)


def tenants_of(room: Room) -> list[int]:
    """Who rents here, and who lives with them in their household."""
    living = Residence.objects.within(room.subdistrict_id).filter(room=room, ended_on=None, lives=True)
    found = dict(living.values_list("person_id", "kind"))
    renting = {person for person, kind in found.items() if kind == Residence.Kind.TENANT}
    rows = Membership.objects.filter(subdistrict=room.subdistrict_id, person__in=sorted(found), ended_on=None)
    of = dict(rows.values_list("person_id", "household_id"))
    theirs = {of[one] for one in renting if one in of}
    family = {one for one, kind in found.items() if of.get(one) in theirs and kind != Residence.Kind.OWNER}
    return sorted(renting | family)


def _on_record(deed: Deed, tenant: NewTenant) -> Person | None:
    """The row of who is on record in the street by their document."""
    place = next(iter(deed.homes.values())).subdistrict_id
    number = str(tenant.facts.get("id_number") or "")
    found = Person.objects.within(place).standing().numbered(hashes_of(ID_DOMAIN, number)).first() if number else None
    if found is None:
        return None
    try:
        return deed.lock([found.pk])[0]
    except Forbidden:
        raise CannotRecord(
            _(
                "One of them is on record at another door of the street: the community there, or the street, has to record the move."
            )
        ) from None


def _comes(deed: Deed, room: Room, tenant: NewTenant, person: Person | None, relation: str, household: int | None) -> int:
    """Into the home, and the household of the new tenants; its id."""
    place, kind = room.subdistrict_id, Residence.Kind.TENANT
    if person is not None:
        settle_in(deed, [person], room, kind=kind, household_id=household, relations={person.pk: relation})
    else:
        new = NewPerson(
            facts=tenant.facts, room_id=room.pk, kind=kind, household_id=household, relation=relation, since=deed.on,
            source=deed.source,
        )  # fmt: skip
        person = register_person(new=new, by=deed.by, now=deed.now)
        deed.persons[person.pk] = person
        deed.made(person)
        deed.counted.append((MOVED_IN, person.grid_path))
        deed.made(Residence.objects.within(place).get(person=person, ended_on=None))
        if household is None:
            deed.made(Household.objects.get(subdistrict=place, members__person=person, members__ended_on=None))
        deed.made(Membership.objects.get(subdistrict=place, person=person, ended_on=None))
    return int(Membership.objects.get(subdistrict=place, person=person, ended_on=None).household_id)
