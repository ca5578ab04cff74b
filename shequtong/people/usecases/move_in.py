"""Move to another door (户内迁移、入住): one or several who are on record sleep behind this door from the day on; what they left is left in order."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import HEAD, Household, LifeEvent, Membership, Person, Residence
from shequtong.people.usecases._families import join, leave_door, leave_household, live_at, rehead
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases.register_person import Spot
from shequtong.territory.models import Room

TOGETHER, APART = "01", "03"  # 人户同在, 人在户不在（本市）


@transaction.atomic
def move_in(
    *,
    person_ids: Collection[int],
    room_id: int,
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    kind: str = Residence.Kind.FAMILY,
    household_id: int | None = None,
    relations: Mapping[int, str] | None = None,
    version: int | None = None,
) -> LifeEvent:
    """`relations`: of who moves, and of who is left where the head leaves. Into the household named, else a new one of their own."""
    deed = Deed(LifeEvent.Kind.MOVE_IN, on, source, by, now)
    room = room_with_place(room_id)
    by.require(permissions.RECORD, Spot(room.subdistrict_id, room.entrance.building.grid_path))
    moving = deed.lock(person_ids, version)
    settle_in(deed, moving, room, kind=kind, household_id=household_id, relations=relations or {})
    return finish(deed, room.entrance.building.grid_path)


def settle_in(
    deed: Deed, moving: Collection[Person], room: Room, *, kind: str, household_id: int | None, relations: Mapping[int, str]
) -> None:
    """They leave where they slept, and sleep here."""
    if any(one.room_id == room.pk for one in moving):
        raise CannotRecord(_("They live behind this door already."))
    as_what = _relations(deed, moving, household_id, relations)
    left = {}
    for person in moving:
        leave_door(deed, person, Person.Ended.MOVED)
        household = leave_household(deed, person)
        if household is not None:
            left[household.pk] = household
    joined = Household.objects.select_for_update(of=("self",)).get(pk=household_id) if household_id else None
    for person in sorted(moving, key=lambda one: as_what[one.pk] != HEAD):
        live_at(deed, person, room, kind)
        joined = join(deed, person, joined, room, as_what[person.pk])
        _registered(deed, person, room)
        if person.confirmed_on is None:  # handed over from another street, and now seen here
            deed.noted(person, "confirmed", confirmed_on=None)
            person.confirmed_on = timezone.localdate(deed.now)
            person.save(update_fields=["confirmed_on"])
    for household in left.values():
        rehead(deed, household, relations)


def _relations(deed: Deed, moving: Collection[Person], household_id: int | None, relations: Mapping[int, str]) -> dict[int, str]:
    """Person -> relation where they go: as told; a household that moves with its head keeps what it was; who moves alone heads a new one."""
    if household_id is None and len(moving) == 1:
        return {one.pk: HEAD for one in moving}
    place, ids = next(iter(moving)).subdistrict_id, [one.pk for one in moving]
    rows = list(Membership.objects.filter(subdistrict=place, person__in=ids, ended_on=None))
    with_head = {one.household_id for one in rows if one.relation == HEAD}
    kept = {one.person_id: one.relation for one in rows if household_id is None and one.household_id in with_head}
    found = {one: relations.get(one) or kept.get(one, "") for one in ids}
    if not all(found.values()):
        raise CannotRecord(_("Say how each who moves in is related to the head of the household."))
    if household_id is None and list(found.values()).count(HEAD) != 1:
        raise CannotRecord(_("Say who is the head of the household now."))
    return found


def _registered(deed: Deed, person: Person, room: Room) -> None:
    """Whether they live where they are registered, as far as a door of the street is known for it."""
    rows = Residence.objects.within(person.subdistrict_id).filter(person=person, ended_on=None, registered=True)
    doors = set(rows.values_list("room_id", flat=True))
    if doors:
        deed.change(person, {"register_state": TOGETHER if room.pk in doors else APART})
