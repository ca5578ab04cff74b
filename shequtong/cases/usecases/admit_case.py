"""Admit (放行): somebody looked at a held report and found nothing against it; it goes where it would have gone."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import routing
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor


@transaction.atomic
def admit_case(*, number: str, by: Actor, now: datetime, note: str = "") -> Case:
    """Let a held report in, to confirmation or to registration. Raises Forbidden, CannotMove."""
    turn = begin(number, "admit", by=by, now=now)
    case = turn.case
    to, why = routing.begins_at(catalogue().standards[case.standard_id], case.channel, flow_of(case.subdistrict_id), ())
    finish(turn, note=required_note(turn, note), to=to, details=routing.kept(why))
    return case
