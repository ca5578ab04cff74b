"""Assign (指派): the station names who of its people has the case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access.posts import people_of_station
from shequtong.cases.models import Case
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.figures.write import day_of


class CannotAssign(CannotMove):
    """The person is none of the station."""


@transaction.atomic
def assign_case(*, number: str, account_id: int, by: Actor, now: datetime, note: str = "") -> Case:
    """Name one of those who are appointed to the lead station today. Raises Forbidden, CannotMove, CannotAssign for anybody else."""
    turn = begin(number, "assign", by=by, now=now)
    case = turn.case
    assert case.lead_station_id is not None  # a case in hand has a station (database constraint)
    name = people_of_station(case.lead_station_id, day_of(case.subdistrict_id, now)).get(account_id)
    if name is None:
        raise CannotAssign(_("This person does not work at your station."))
    before = case.assignee_name
    turn.set(assignee_account_id=account_id, assignee_name=name)
    finish(turn, note=required_note(turn, note), details={"assignee": [before, name]})
    return case
