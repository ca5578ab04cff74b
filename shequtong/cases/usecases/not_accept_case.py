"""Do not accept (不予受理): the matter is none for this platform; the resident is told why and where to turn."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.models import Case
from shequtong.cases.usecases.pauses import end_question
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor

# Why; the words beside it say where to turn.
REASONS = {
    "not_ours": gettext_lazy("Not a matter of this subdistrict"),  # 不属于本街道职责
    "not_there": gettext_lazy("Nothing of the kind was found on the spot"),  # 经核实不存在
    "in_law": gettext_lazy("It is before a court or in arbitration"),  # 已进入诉讼、仲裁程序
    "known": gettext_lazy("The same matter has been answered already"),  # 同一事项已答复
    "unclear": gettext_lazy("It does not say enough to act on, and the reporter could not be reached"),  # 要素不全且无法联系
    "abuse": gettext_lazy("It insults people or tells private data of others"),  # 含侮辱或他人隐私
}


class CannotRefuse(CannotMove):
    """No reason of the list."""


@transaction.atomic
def not_accept_case(*, number: str, why: str, words: str, by: Actor, now: datetime) -> Case:
    """End a report before it is registered; the reporter reads `words`. Raises Forbidden, CannotMove, CannotRefuse."""
    turn = begin(number, "not_accept", by=by, now=now)
    if why not in REASONS:
        raise CannotRefuse(_("Please choose why it is not accepted."))
    note = required_note(turn, words)
    end_question(turn)
    finish(turn, note=note, details={"why": why})
    return turn.case
