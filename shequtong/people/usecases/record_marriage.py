"""Record a marriage (登记结婚): both are married from the day on; one may move to the other's door with it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people.days import younger
from shequtong.people.models import LifeEvent, Membership, Residence
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases.move_in import settle_in

YOUNGEST = 20  # 民法典 1047: the younger of the two ages
MARRIED = "20"  # GB/T 2261.2: 已婚


@transaction.atomic
def record_marriage(
    *,
    person_id: int,
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    spouse_id: int | None = None,
    relation: str = "",
    version: int | None = None,
) -> LifeEvent:
    """`spouse_id` where they are on record here, too. With a `relation` the spouse joins the person's household behind their door."""
    deed = Deed(LifeEvent.Kind.MARRIAGE, on, source, by, now)
    both = deed.lock([person_id, *([spouse_id] if spouse_id else [])], version)
    person, path = both[0], both[0].grid_path
    if spouse_id == person_id:
        raise CannotRecord(_("Choose somebody else as the spouse."))
    if any(one.marital in (MARRIED, "21", "22", "23") for one in both):
        raise CannotRecord(_("By the record one of them is married already. Put that right first."))
    if any(younger(one.born_on, YOUNGEST, on) for one in both):
        raise CannotRecord(
            _("By the record one of them was younger than %(n)d on that day. Put that right first.") % {"n": YOUNGEST}
        )
    for one in both:
        deed.change(one, {"marital": MARRIED})
    if spouse_id and relation:
        member = Membership.objects.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None).first()
        if person.room_id is None or member is None:
            raise CannotRecord(_("The person belongs to no household here. Record first where they live."))
        room, to = room_with_place(person.room_id), {both[1].pk: relation}
        settle_in(deed, both[1:], room, kind=Residence.Kind.FAMILY, household_id=member.household_id, relations=to)
    return finish(deed, path)
