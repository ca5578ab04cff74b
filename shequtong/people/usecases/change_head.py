"""Change the head of a household (变更户主): one ends, another begins, and each member's relation is to the new one."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import HEAD, Household, LifeEvent, Membership
from shequtong.people.usecases._families import rehead
from shequtong.people.usecases._homes import room_with_place
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._life_end import finish


@transaction.atomic
def change_head(
    *,
    household_id: int,
    relations: Mapping[int, str],
    on: date,
    source: str,
    by: Actor,
    now: datetime,
    version: int | None = None,
) -> LifeEvent:
    """`relations`: person -> code of every member, one of them the head. `version` is of the head of before. Raises CannotRecord, Changed, Forbidden."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    by.require(permissions.RECORD, household)
    deed = Deed(LifeEvent.Kind.HEAD, on, source, by, now)
    rows = Membership.objects.filter(subdistrict=household.subdistrict_id, household=household, ended_on=None)
    old = rows.filter(relation=HEAD).first()
    if old is not None:
        deed.lock(
            [old.person_id], version
        )  # first: who chose the same head a moment later is told of the other, not of their choice
    if household.ended_on is not None or (old is not None and relations.get(old.person_id, HEAD) == HEAD):
        raise CannotRecord(_("Choose another member as the head."))
    if household.room_id is not None:
        deed.home(room_with_place(household.room_id))
    rehead(deed, household, relations)
    return finish(deed, household.grid_path)
