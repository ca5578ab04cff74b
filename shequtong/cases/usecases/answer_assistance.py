"""Answer a sub-task (协办反馈): the assisting station says it is done, or why it declines."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import counting, permissions
from shequtong.cases.models import Assistance, Case, Step
from shequtong.cases.usecases.turns import LONGEST_NOTE, CannotMove, tell
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.figures.write import write


class CannotAnswerAssistance(CannotMove):
    """There is nothing to answer, or no words with the answer."""


@transaction.atomic
def answer_assistance(*, number: str, station_id: int, done: bool, answer: str, by: Actor, now: datetime) -> Assistance:
    """Answer the open sub-task of `station_id`. The lead goes on; the main clock never stopped. Raises Forbidden, CannotMove."""
    case = Case.objects.numbered(number).select_for_update().first()
    if case is None:
        raise Forbidden(permissions.ANSWER_ASSIST, "Case")
    # Asked before anything is said of the case: who may not answer for the station learns nothing, not even that the case is there.
    by.require(permissions.ANSWER_ASSIST, Assistance(subdistrict_id=case.subdistrict_id, case=case, station_id=station_id))
    asked = Assistance.objects.filter(case=case, station=station_id, state=Assistance.State.ASKED).first()
    if asked is None:
        raise CannotAnswerAssistance(_("No sub-task of this station is open."))
    text = answer.strip()
    if not 2 <= len(text) <= LONGEST_NOTE:
        raise CannotAnswerAssistance(_("Please say what was done or why not."))

    asked.state = Assistance.State.DONE if done else Assistance.State.DECLINED
    asked.answer, asked.answered_at = text, now
    asked.save(update_fields=["state", "answer", "answered_at"])
    case.assisting_open -= 1
    case.step_count += 1
    case.save(update_fields=["assisting_open", "step_count"])
    step = Step.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        number=case.step_count,
        move="answer_assist",
        from_stage=case.stage,
        to_stage=case.stage,
        at=now,
        account_id=by.account_id,
        actor=by.name,
        post=by.post,
        note=text,
        station_id=station_id,
    )
    log.record("cases.answer_assist", case, by=by, at=now, step=step.number, station=station_id, done=done)
    write(counting.of_step(case, step, case.stage, case.lead_station_id))
    tell(case, step)
    return asked
