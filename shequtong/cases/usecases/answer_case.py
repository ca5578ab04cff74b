"""Answer (答复): tell the reporter in writing what was found and done; where the standard says so, a second person approves it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Answer
from shequtong.cases.usecases._order_facts import note_responded
from shequtong.cases.usecases.turns import LONGEST_NOTE, CannotMove, Turn, begin, finish, required_note
from shequtong.core.actors import Actor, same_hand

SHORTEST_ANSWER = 5  # characters


class CannotAnswer(CannotMove):
    """The answer is no answer, there is nobody to answer, or its writer would approve it."""


@transaction.atomic
def answer_case(*, number: str, text: str, publish: bool, by: Actor, now: datetime) -> Answer:
    """Answer the reporter; `publish` shows the answer on the public page too. Raises Forbidden, CannotMove, CannotAnswer.

    Under a standard that asks for approval it waits as a draft; a new draft takes the place of one that waits.
    """
    turn = begin(number, "answer", by=by, now=now)
    case, words = turn.case, text.strip()
    if case.reporter_id is None:
        raise CannotAnswer(_("Nobody reported this case; there is no one to answer."))
    if not SHORTEST_ANSWER <= len(words) <= LONGEST_NOTE:
        raise CannotAnswer(_("Please write the answer in whole sentences (5 to 2000 characters)."))
    waits = catalogue().standards[case.standard_id].answer_approval
    if case.answer_waits:
        Answer.objects.filter(case=case, state=Answer.State.DRAFT).update(state=Answer.State.RETURNED)

    answer = Answer.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        state=Answer.State.DRAFT if waits else Answer.State.SENT,
        text=words,
        published=publish,
        at=now,
        account_id=by.account_id,
        actor=by.name,
        post=by.post,
    )
    turn.set(answer_waits=waits)
    if not waits:
        _sent(turn)
    finish(turn, note=words, details={"draft": True} if waits else None)
    return answer


@transaction.atomic
def approve_answer(*, number: str, by: Actor, now: datetime, note: str = "") -> Answer:
    """Approve and send the draft (审签); never by who wrote it. Raises Forbidden, CannotMove, CannotAnswer."""
    turn = begin(number, "approve_answer", by=by, now=now)
    answer, words = _draft(turn), required_note(turn, note)
    answer.state, answer.at = Answer.State.SENT, now
    _judged(turn, answer, words)
    _sent(turn)
    finish(turn, note=words)
    return answer


@transaction.atomic
def return_answer(*, number: str, reason: str, by: Actor, now: datetime) -> Answer:
    """Give the draft back to be written anew. Raises Forbidden, CannotMove, CannotAnswer."""
    turn = begin(number, "return_answer", by=by, now=now)
    answer, words = _draft(turn), required_note(turn, reason)
    answer.state = Answer.State.RETURNED
    _judged(turn, answer, words)
    finish(turn, note=words)
    return answer


def _draft(turn: Turn) -> Answer:
    answer = Answer.objects.filter(case=turn.case, state=Answer.State.DRAFT).order_by("-id").first()
    if answer is None:
        raise CannotAnswer(_("No drafted answer waits for approval."))
    if same_hand(turn.by, answer.account_id, answer.actor):
        raise CannotAnswer(_("You wrote this answer; somebody else must approve it."))
    return answer


def _judged(turn: Turn, answer: Answer, words: str) -> None:
    answer.approved_at, answer.approved_account_id, answer.approved_by = turn.now, turn.by.account_id, turn.by.name
    answer.approval_words = words
    answer.save()
    turn.set(answer_waits=False)


def _sent(turn: Turn) -> None:
    """The reporter has the answer; from now on the case closes by itself when nobody does."""
    turn.set(answered_at=turn.now, close_by=turn.now + timedelta(days=flow_of(turn.case.subdistrict_id).close_days))
    note_responded(turn.case, turn.now)
