"""What the reporter or a clerk changes about what was told (补充、撤回、更正), and who else met it (并案、我也遇到了)."""

from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions
from shequtong.cases.workflow.conditions import not_withdrawn
from shequtong.cases.workflow.stages import EARLY_STAGES, OPEN_STAGES, Stage
from shequtong.cases.workflow.table import Clock, Move

_MERGED = (*EARLY_STAGES, Stage.REGISTERED, Stage.DECISION)

REPORTERS: tuple[Move, ...] = (
    Move(
        "add",
        pgettext_lazy("case move", "Added to"),
        OPEN_STAGES,
        None,
        permissions.ADD,
        reason=True,
        told=("holder",),
        while_paused=True,
        offered=False,
    ),
    # Before 立案 it ends the case; after that what is broken is mended all the same, and nobody is answered.
    Move(
        "withdraw",
        pgettext_lazy("case move", "Withdraw"),
        OPEN_STAGES,
        None,
        permissions.ADD,
        reason=True,
        told=("holder",),
        while_paused=True,
        offered=False,
        conditions=(not_withdrawn,),
        may_end_in=(Stage.WITHDRAWN,),
    ),
    Move(
        "correct",
        pgettext_lazy("case move", "Correct"),
        OPEN_STAGES,
        None,
        permissions.CORRECT,
        told=("holder",),  # of what the reporter corrected
        while_paused=True,
        more=True,
    ),
    Move(
        "merge",
        pgettext_lazy("case move", "Merge"),
        _MERGED,
        Stage.MERGED,
        permissions.MERGE,
        reason=True,
        clock=Clock.NONE,
        told=("reporter",),
        while_paused=True,
        more=True,
    ),
    Move(
        "unmerge",
        pgettext_lazy("case move", "Take the merger apart"),
        (Stage.MERGED,),
        Stage.INTAKE,
        permissions.MERGE,
        reason=True,
        clock=Clock.STAGE,
        told=("reporter",),
        may_end_in=tuple(stage for stage in _MERGED if stage != Stage.INTAKE),
        more=True,
    ),
    Move(
        "join",
        pgettext_lazy("case move", "Somebody else met it"),
        tuple(stage for stage in OPEN_STAGES if stage != Stage.HELD),
        None,
        permissions.JOIN,
        while_paused=True,
        offered=False,
    ),
)
