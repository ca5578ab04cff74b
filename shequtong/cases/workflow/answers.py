"""Answers and what is heard after them (答复、审签、回访)."""

from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions
from shequtong.cases.workflow.conditions import a_draft_waits, somebody_to_call
from shequtong.cases.workflow.stages import Stage
from shequtong.cases.workflow.table import Move

ANSWERS: tuple[Move, ...] = (
    Move(
        "approve_answer",
        pgettext_lazy("case move", "Approve the answer"),
        (Stage.CLOSING,),
        None,
        permissions.APPROVE_ANSWER,
        told=("reporter",),
        conditions=(a_draft_waits,),
    ),
    Move(
        "return_answer",
        pgettext_lazy("case move", "Return the answer"),
        (Stage.CLOSING,),
        None,
        permissions.APPROVE_ANSWER,
        reason=True,
        told=("office",),
        conditions=(a_draft_waits,),
    ),
    Move(
        "call_back",
        pgettext_lazy("case move", "Call back"),
        (Stage.CLOSING, Stage.CLOSED),
        None,
        permissions.CALL_BACK,
        told=("office",),  # that a closed one is not solved
        conditions=(somebody_to_call,),
        more=True,
    ),
)
