"""Answer a sub-task (协办反馈): the assisting station says it is done, or why it declines."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Assistance
from shequtong.cases.usecases.turns import LONGEST_NOTE, CannotMove, begin, finish
from shequtong.core.actors import Actor


class CannotAnswerAssistance(CannotMove):
    """There is nothing to answer, or no words with the answer."""


@transaction.atomic
def answer_assistance(*, number: str, station_id: int, done: bool, answer: str, by: Actor, now: datetime) -> Assistance:
    """Answer the open sub-task of `station_id`. The lead goes on; the main clock never stopped. Raises Forbidden, CannotMove."""
    turn = begin(
        number,
        "answer_assist",
        by=by,
        now=now,
        on_behalf=lambda case: Assistance(subdistrict_id=case.subdistrict_id, case=case, station_id=station_id),
    )
    case = turn.case
    asked = Assistance.objects.filter(case=case, station=station_id, is_open=True).first()
    if asked is None:
        raise CannotAnswerAssistance(_("No sub-task of this station is open."))
    text = answer.strip()
    if not 2 <= len(text) <= LONGEST_NOTE:
        raise CannotAnswerAssistance(_("Please say what was done or why not."))

    asked.state = Assistance.State.DONE if done else Assistance.State.DECLINED
    asked.is_open, asked.answer, asked.answered_at = False, text, now
    asked.save(update_fields=["state", "is_open", "answer", "answered_at"])
    turn.set(assisting_open=case.assisting_open - 1)
    finish(turn, note=text, step_station=station_id, details={"done": done})
    return asked
