"""Record a divorce (登记离婚): both are divorced from the day on; one may leave, to another door here or away."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import LifeEvent, Membership, Person, Residence
from shequtong.people.relations import UNRELATED, Kin
from shequtong.people.usecases._families import rehead
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases.move_in import settle_in
from shequtong.people.usecases.move_out import depart
from shequtong.people.usecases.register_person import Spot

DIVORCED = "40"  # GB/T 2261.2: 离婚


@transaction.atomic
def record_divorce(
    *,
    person_id: int,
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    spouse_id: int | None = None,
    leaver_id: int | None = None,
    room_id: int | None = None,
    relations: Mapping[int, str] | None = None,
    version: int | None = None,
) -> LifeEvent:
    """`leaver_id` leaves, to the door `room_id`, else out of the street. `relations`: of who is left, where the head leaves."""
    deed = Deed(LifeEvent.Kind.DIVORCE, on, source, by, now)
    both = deed.lock([person_id, *([spouse_id] if spouse_id else [])], version)
    path = both[0].grid_path
    if any(one.marital == DIVORCED for one in both) or spouse_id == person_id:
        raise CannotRecord(_("By the record they are divorced already."))
    if leaver_id not in (None, *(one.pk for one in both)):
        raise CannotRecord(_("Say which of the two leaves."))
    for one in both:
        deed.change(one, {"marital": DIVORCED})
    leaving = [one for one in both if one.pk == leaver_id]
    if leaving and room_id is not None:
        room = room_with_place(room_id)
        by.require(permissions.RECORD, Spot(room.subdistrict_id, room.entrance.building.grid_path))
        settle_in(deed, leaving, room, kind=Residence.Kind.TENANT, household_id=None, relations=relations or {})
    elif leaving:
        depart(deed, leaving, keeps_register=True, relations=relations or {})
    else:
        _no_more_spouse(deed, both)
    return finish(deed, path)


def _no_more_spouse(deed: Deed, both: list[Person]) -> None:
    """Who stays in the household is the head's husband or wife no more; GB/T 4761 knows no code of its own for it."""
    ids = [one.pk for one in both]
    place = both[0].subdistrict_id
    rows = Membership.objects.select_related("household").filter(subdistrict=place, person__in=ids, ended_on=None)
    for row in rows:
        if Kin(row.relation).kind == "spouse":
            rehead(deed, row.household, {row.person_id: UNRELATED})
