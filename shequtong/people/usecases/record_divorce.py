"""Record a divorce (登记离婚): both are divorced from the day on; one may leave, to another door here or away."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import LifeEvent, Residence
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
    return finish(deed, path)
