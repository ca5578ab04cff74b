"""Move away (迁出): one or several leave their door for somewhere outside the street; owners and who stays registered keep a row, others' close."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.people.models import LifeEvent, Person
from shequtong.people.usecases._families import end_sets, leave_door, leave_household, rehead
from shequtong.people.usecases._life import Deed
from shequtong.people.usecases._life_end import finish

AWAY, OWNS_ONLY = "02", "06"  # 户在人不在, 房在人户不在


@transaction.atomic
def move_out(
    *,
    person_ids: Collection[int],
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    keeps_register: bool = True,
    relations: Mapping[int, str] | None = None,
    version: int | None = None,
) -> LifeEvent:
    """`relations`: of the members who are left, where the head leaves. Raises CannotRecord, Changed, Gone, Forbidden."""
    deed = Deed(LifeEvent.Kind.MOVE_OUT, on, source, by, now)
    gone = deed.lock(person_ids, version)
    path = gone[0].grid_path
    depart(deed, gone, keeps_register=keeps_register, relations=relations or {})
    return finish(deed, path)


def depart(deed: Deed, gone: Collection[Person], *, keeps_register: bool, relations: Mapping[int, str]) -> None:
    """They are away from the day on."""
    left = {}
    for person in gone:
        tied = leave_door(deed, person, Person.Ended.MOVED, registered=keeps_register)
        household = leave_household(deed, person)
        if household is not None:
            left[household.pk] = household
        deed.gone.append(person)  # an owner too: care goes with who sleeps where
        if tied:
            registered = person.residences.filter(subdistrict=person.subdistrict_id, ended_on=None, registered=True).exists()
            deed.change(person, {"register_state": AWAY if registered else OWNS_ONLY})
        else:
            end_sets(deed, person, Person.Ended.MOVED)
            deed.close(person, Person.Ended.MOVED)
    for household in left.values():
        rehead(deed, household, relations)
