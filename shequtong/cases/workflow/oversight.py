"""From above and about the score (督办、申诉、自行处置)."""

from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions
from shequtong.cases.workflow.conditions import by_themselves, not_appealed, waits_for_first, waits_for_second, was_late
from shequtong.cases.workflow.stages import OPEN_STAGES, Stage
from shequtong.cases.workflow.table import Clock, Move

_URGED = tuple(stage for stage in OPEN_STAGES if stage != Stage.HELD)


OVERSIGHT: tuple[Move, ...] = (
    Move(
        "urge",
        pgettext_lazy("case move", "Urge"),
        _URGED,
        None,
        permissions.URGE,
        reason=True,
        told=("holder",),
        while_paused=True,
        more=True,
    ),
    Move(
        "reply_urge",
        pgettext_lazy("case move", "Reply to urging"),
        _URGED,
        None,
        permissions.REPLY_URGE,
        reason=True,
        told=("office", "urgers"),
        while_paused=True,
        offered=False,
    ),
    Move(
        "appeal",
        pgettext_lazy("case move", "Appeal"),
        (Stage.CLOSED,),
        None,
        permissions.APPEAL,
        reason=True,
        told=("office",),
        conditions=(was_late, not_appealed),
        more=True,
    ),
    Move(
        "judge_appeal",
        pgettext_lazy("case move", "Judge the appeal"),
        (Stage.CLOSED,),
        None,
        permissions.JUDGE_APPEAL,
        reason=True,
        told=("station",),
        conditions=(waits_for_first,),
    ),
    Move(
        "judge_appeal_finally",
        pgettext_lazy("case move", "Judge the appeal finally"),
        (Stage.CLOSED,),
        None,
        permissions.JUDGE_APPEAL_FINALLY,
        reason=True,
        told=("station",),
        conditions=(waits_for_second,),
    ),
    # 自行处置: no source, it makes the case.
    Move(
        "self_handle",
        pgettext_lazy("case move", "Settled on the spot"),
        (),
        Stage.VERIFICATION,
        permissions.SELF_HANDLE,
        clock=Clock.STAGE,
        told=("office",),
        offered=False,
    ),
    Move(
        "review",
        pgettext_lazy("case move", "Review"),
        (Stage.VERIFICATION,),
        Stage.CLOSED,
        permissions.REVIEW,
        clock=Clock.NONE,
        conditions=(by_themselves,),
        may_end_in=(Stage.VOIDED,),
    ),
)
