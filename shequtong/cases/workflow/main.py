"""The main line (主线): from intake to evaluation, one row a move."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions
from shequtong.cases.workflow.stages import STATION_STAGES, Stage
from shequtong.cases.workflow.table import Clock, Move, Standing


def not_evaluated_yet(standing: Standing) -> object:
    """Once a closing."""
    return _("This case has been evaluated already.") if standing.evaluated else ""


MAIN: tuple[Move, ...] = (
    # No source: it makes the case.
    Move(
        "intake", pgettext_lazy("case move", "Taken in"), (), Stage.INTAKE, permissions.INTAKE, clock=Clock.STAGE, offered=False
    ),
    Move(
        "register",
        pgettext_lazy("case move", "Register"),
        (Stage.INTAKE,),
        Stage.REGISTERED,
        permissions.REGISTER,
        clock=Clock.STAGE,
        told=("reporter",),
    ),
    Move(
        "dispatch",
        pgettext_lazy("case move", "Dispatch"),
        (Stage.REGISTERED,),
        Stage.DISPATCHED,
        permissions.DISPATCH,
        clock=Clock.HANDLING,
        told=("station",),
    ),
    Move(
        "accept",
        pgettext_lazy("case move", "Accept"),
        (Stage.DISPATCHED,),
        Stage.HANDLING,
        permissions.ACCEPT,
        told=("reporter",),
    ),
    # 回退: back to the dispatcher with its reason; the earlier steps stay.
    Move(
        "send_back",
        pgettext_lazy("case move", "Send back"),
        STATION_STAGES,
        Stage.REGISTERED,
        permissions.SEND_BACK,
        reason=True,
        clock=Clock.STAGE,
        told=("office",),
        unless_assisting=True,
    ),
    Move(
        "assist",
        pgettext_lazy("case move", "Ask for assistance"),
        (Stage.HANDLING,),
        None,
        permissions.ASSIST,
        reason=True,
        told=("assisting",),
        aside=True,
    ),
    Move(
        "handle",
        pgettext_lazy("case move", "Report as handled"),
        (Stage.HANDLING,),
        Stage.VERIFICATION,
        permissions.HANDLE,
        reason=True,
        clock=Clock.STAGE,
        told=("office",),
        unless_assisting=True,
        needs_after_photo=True,
    ),
    Move(
        "verify",
        pgettext_lazy("case move", "Verified: fixed"),
        (Stage.VERIFICATION,),
        Stage.CLOSING,
        permissions.VERIFY,
        clock=Clock.STAGE,
    ),
    # 返工: sent again to the same station after failing 核查; its handling limit starts anew.
    Move(
        "rework",
        pgettext_lazy("case move", "Not fixed: rework"),
        (Stage.VERIFICATION,),
        Stage.HANDLING,
        permissions.VERIFY,
        reason=True,
        clock=Clock.HANDLING,
        told=("station",),
    ),
    Move(
        "answer",
        pgettext_lazy("case move", "Answer the reporter"),
        (Stage.CLOSING,),
        None,
        permissions.ANSWER,
        told=("reporter",),
    ),
    Move(
        "close",
        pgettext_lazy("case move", "Close"),
        (Stage.CLOSING,),
        Stage.CLOSED,
        permissions.CLOSE,
        clock=Clock.NONE,
        told=("reporter",),
        needs_answer=True,
    ),
    Move(
        "evaluate",
        pgettext_lazy("case move", "Evaluate"),
        (Stage.CLOSED,),
        None,
        permissions.EVALUATE,
        conditions=(not_evaluated_yet,),
    ),
    Move(
        "reopen",
        pgettext_lazy("case move", "Reopen"),
        (Stage.CLOSED,),
        Stage.REGISTERED,
        permissions.REOPEN,
        reason=True,
        clock=Clock.STAGE,
        told=("office",),
    ),
    Move(
        "void",
        pgettext_lazy("case move", "Void"),
        (Stage.INTAKE, Stage.REGISTERED),
        Stage.VOIDED,
        permissions.VOID,
        reason=True,
        clock=Clock.NONE,
        told=("reporter",),
    ),
    Move(
        "answer_assist",
        pgettext_lazy("case move", "Assistance answered"),
        (Stage.HANDLING,),
        None,
        permissions.ANSWER_ASSIST,
        reason=True,
        told=("station",),
        while_paused=True,
        aside=True,
        offered=False,
    ),
)
