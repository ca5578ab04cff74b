"""Record a birth (登记新生儿): a person without a document yet, in the household of a parent, with a guardian."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people.counting import BIRTHS
from shequtong.people.days import younger
from shequtong.people.models import LifeEvent, Membership, Person, Residence
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases.register_person import NewPerson, register_person

YOUNGEST = 12  # years of a parent; below it the day or the person is most probably another one


@transaction.atomic
def record_birth(
    *,
    parent_id: int,
    facts: Mapping[str, Any],
    relation: str,
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    guardian_id: int | None = None,
    registered: bool = False,
    version: int | None = None,
) -> LifeEvent:
    """`facts`: name, sex and what is known more; born on the day. `guardian_id`: a member of the household, the parent unless said."""
    deed = Deed(LifeEvent.Kind.BIRTH, on, source, by, now)
    parent, guardian = _grown(deed.lock([parent_id, guardian_id or parent_id], version), on)
    member = Membership.objects.filter(subdistrict=parent.subdistrict_id, person=parent, ended_on=None).first()
    if parent.room_id is None or member is None:
        raise CannotRecord(_("The parent belongs to no household here. Record first where they live."))
    if not relation:
        raise CannotRecord(_("Say how the newborn is related to the head of the household."))
    room = room_with_place(parent.room_id)
    deed.home(room)  # locked: of two who record one child the second finds it
    _first_told(parent, member, facts, on)
    born = {**facts, "born_on": on, "guardian": guardian.name.reveal(), "marital": "10"}
    new = NewPerson(
        facts=born, room_id=room.pk, kind=Residence.Kind.FAMILY, registered=registered, household_id=member.household_id,
        relation=relation, since=on, source=source,
    )  # fmt: skip
    child = register_person(new=new, by=by, now=now)
    deed.persons[child.pk] = child
    deed.made(child)
    deed.counted.append((BIRTHS, child.grid_path))
    for rows in (child.residences, child.memberships):
        deed.made(rows.get(subdistrict=child.subdistrict_id))
    return finish(deed, child.grid_path)


def _first_told(parent: Person, member: Membership, facts: Mapping[str, Any], on: date) -> None:
    """Not the same child, told of by the other parent: twins of one sex have names of their own. The parent's version rises: a form on them
    that was opened before knows nothing of the child.
    """
    members = Membership.objects.filter(subdistrict=member.subdistrict_id, household=member.household_id, ended_on=None)
    others = Person.objects.within(member.subdistrict_id).filter(pk__in=members.values("person"), born_on=on, sex=facts["sex"])
    if any(one.name.reveal() == facts["name"] for one in others):
        raise CannotRecord(
            _("A child of this name, born on this day, is in the household already. Twins need names of their own.")
        )
    parent.version += 1
    parent.save(update_fields=["version"])


def _grown(locked: list[Person], on: date) -> tuple[Person, Person]:
    """The parent, who was old enough, and the guardian: the same one where one alone is locked."""
    if younger(locked[0].born_on, YOUNGEST, on):
        words = _("By the record the parent was younger than %(n)d on that day. Put that right first.")
        raise CannotRecord(words % {"n": YOUNGEST})
    return locked[0], locked[-1]
