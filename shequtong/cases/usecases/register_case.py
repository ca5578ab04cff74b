"""Register (立案): the matter meets the condition of its standard; it gets a promise and waits for dispatch."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import sla
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor


@transaction.atomic
def register_case(*, number: str, by: Actor, now: datetime, note: str = "") -> Case:
    """Register the case under the standard's version in force now, which it keeps. Raises Forbidden, CannotMove."""
    turn = begin(number, "register", by=by, now=now)
    case = turn.case
    standard = catalogue().classes[case.case_class_id].standard or catalogue().standards[case.standard_id]
    forecast = sla.start(standard.limit, calendar_at(case.place_path), now)

    turn.set(standard_id=standard.id, registered_at=now, promised_at=forecast.due.due_at)
    finish(turn, note=required_note(turn, note))
    return case
