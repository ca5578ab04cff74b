"""Take on a sub-task (接受协办): the asked station says it will help; its clock runs since it was asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Assistance
from shequtong.cases.usecases.answer_assistance import CannotAnswerAssistance
from shequtong.cases.usecases.turns import begin, finish
from shequtong.core.actors import Actor


@transaction.atomic
def take_assistance(*, number: str, station_id: int, by: Actor, now: datetime) -> Assistance:
    """Take on the open sub-task of `station_id`, once. Raises Forbidden, CannotMove."""
    turn = begin(
        number,
        "take_assist",
        by=by,
        now=now,
        on_behalf=lambda case: Assistance(subdistrict_id=case.subdistrict_id, case=case, station_id=station_id),
    )
    asked = Assistance.objects.filter(case=turn.case, station=station_id, is_open=True).first()
    if asked is None:
        raise CannotAnswerAssistance(_("No sub-task of this station is open."))
    if asked.state == Assistance.State.TAKEN:
        raise CannotAnswerAssistance(_("Your station has taken this sub-task on already."))
    asked.state, asked.taken_at, asked.taken_by = Assistance.State.TAKEN, now, by.name
    asked.save(update_fields=["state", "taken_at", "taken_by"])
    finish(turn, step_station=station_id)
    return asked
