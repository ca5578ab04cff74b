"""Confirm a home (核实房屋): somebody has seen how it is lived in; it wants to be seen again after a time that depends on that."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.freshness import due_on
from shequtong.people.models import Home, Person, Residence, Source
from shequtong.people.usecases._homes import have_home, room_with_place
from shequtong.people.usecases._people import provenance
from shequtong.people.usecases.register_person import Spot


@transaction.atomic
def confirm_home(
    *, room_id: int, state: str, by: Actor, now: datetime, source: str = Source.VISIT, absent: Collection[int] = ()
) -> Home:
    """`state` of Home.State. All who live there are confirmed with it but the `absent`; none with an empty home. Raises Forbidden. 8 statements."""
    room = room_with_place(room_id)
    by.require(permissions.RECORD, Spot(room.subdistrict_id, room.entrance.building.grid_path))
    home = have_home(room, source, by, now)
    today, was = timezone.localdate(now), home.state

    home.state, home.confirmed_on, home.due_on = Home.State(state), today, due_on(state, today)
    for name, value in provenance(source, by, now, today).items():
        setattr(home, name, value)
    home.version += 1
    home.save()
    living = Residence.objects.within(room.subdistrict_id).filter(room=room, ended_on=None, lives=True)
    nobody = state in (Home.State.EMPTY, Home.State.TO_LET)  # of who is still on record there, nobody was seen
    seen = [] if nobody else sorted(set(living.values_list("person_id", flat=True)) - set(absent))
    Person.objects.within(room.subdistrict_id).filter(pk__in=seen).update(confirmed_on=today)
    log.record("people.home_confirmed", home, by=by, at=now, state=state, was=was, people=len(seen))
    return home
