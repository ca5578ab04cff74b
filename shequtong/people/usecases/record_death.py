"""Record a death (登记死亡): the row closes on the day, with all that held of the person; who was left has a head, who was married is widowed."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.people.counting import DEATHS
from shequtong.people.models import AccountLink, LifeEvent, Person, Residence
from shequtong.people.usecases._families import end_sets, leave_household, rehead
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import Deed
from shequtong.people.usecases._life_end import finish
from shequtong.people.usecases._links import end_link

WIDOWED = "30"  # GB/T 2261.2: 丧偶


@transaction.atomic
def record_death(
    *,
    person_id: int,
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    relations: Mapping[int, str] | None = None,
    widowed_id: int | None = None,
    version: int | None = None,
) -> LifeEvent:
    """`relations`: of the members who are left, where the dead was the head. Raises CannotRecord, Changed, Gone, Forbidden."""
    deed = Deed(LifeEvent.Kind.DEATH, on, source, by, now)
    dead, *widowed = deed.lock([person_id, *([widowed_id] if widowed_id else [])], version)

    for row in Residence.objects.within(dead.subdistrict_id).filter(person=dead, ended_on=None):
        deed.end(row, Person.Ended.DIED)
        deed.home(room_with_place(row.room_id))
    household = leave_household(deed, dead)
    if household is not None:
        rehead(deed, household, relations or {})
    end_sets(deed, dead, Person.Ended.DIED)
    for link in AccountLink.objects.filter(subdistrict=dead.subdistrict_id, person=dead, revoked_at=None):
        end_link(link, why=AccountLink.Revoked.ENDED, by=by, now=now)
        deed.noted(link, "revoked")
    for one in widowed:
        deed.change(one, {"marital": WIDOWED})
    deed.counted.append((DEATHS, dead.grid_path))
    deed.gone.append(dead)
    deed.close(dead, Person.Ended.DIED)
    return finish(deed, dead.grid_path)
