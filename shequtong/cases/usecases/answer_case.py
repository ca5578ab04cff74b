"""Answer (答复): tell the reporter in writing what was found and done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Answer
from shequtong.cases.usecases.turns import LONGEST_NOTE, CannotMove, begin, finish
from shequtong.core.actors import Actor

SHORTEST_ANSWER = 5  # characters


class CannotAnswer(CannotMove):
    """The answer is no answer, or there is nobody to answer."""


@transaction.atomic
def answer_case(*, number: str, text: str, publish: bool, by: Actor, now: datetime) -> Answer:
    """Answer the reporter; `publish` shows the answer on the public page too. Raises Forbidden, CannotMove, CannotAnswer."""
    turn = begin(number, "answer", by=by, now=now)
    case, words = turn.case, text.strip()
    if case.reporter_id is None:
        raise CannotAnswer(_("Nobody reported this case; there is no one to answer."))
    if not SHORTEST_ANSWER <= len(words) <= LONGEST_NOTE:
        raise CannotAnswer(_("Please write the answer in whole sentences (5 to 2000 characters)."))

    answer = Answer.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        text=words,
        published=publish,
        at=now,
        account_id=by.account_id,
        actor=by.name,
        post=by.post,
    )
    turn.set(answered_at=now)
    finish(turn, note=words)
    return answer
