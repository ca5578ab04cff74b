"""The life of a case (案件流转) as a table that a clerk could check: stages, moves, who, what is required, which clock starts.

Stage kinds are fixed in code (design.md 5); function → role stands in config/roles.py, limits and wording in rows.
核实 (does it exist?) comes before 立案, 核查 (was it fixed?) before 结案; 核实 arrives with its own move in a later release.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions


class Stage(TextChoices):
    """Who is being waited for. The label is what staff see; residents see `public_stage`."""

    INTAKE = "intake", _("To be registered")  # 待立案
    REGISTERED = "registered", _("To be dispatched")  # 待派遣
    DISPATCHED = "dispatched", _("To be accepted")  # 待签收
    HANDLING = "handling", _("Being handled")  # 处置中
    VERIFICATION = "verification", _("To be verified")  # 待核查
    CLOSING = "closing", _("To be closed")  # 待结案
    CLOSED = "closed", pgettext_lazy("case stage", "Closed")  # 已结案
    VOIDED = "voided", pgettext_lazy("case stage", "Voided")  # 已作废


OPEN_STAGES = (
    Stage.INTAKE,
    Stage.REGISTERED,
    Stage.DISPATCHED,
    Stage.HANDLING,
    Stage.VERIFICATION,
    Stage.CLOSING,
)
# In these stages a station has the case in hand.
STATION_STAGES = (Stage.DISPATCHED, Stage.HANDLING)


class Clock(TextChoices):
    """Which limit runs after a move: one of the stage (minutes of staff), or that of the case standard (处置时限)."""

    NONE = "none"
    STAGE = "stage"
    HANDLING = "handling"
    KEEP = "keep"  # the clock that runs goes on (签收 does not restart 处置)


@dataclass(frozen=True)
class Move:
    """One move: its verb, from where to where, who may, what must come with it, which clock starts, who is told.

    `to` None keeps the stage. `told` are audiences: reporter, station (the lead), assisting, office (the precinct office).
    """

    name: str
    label: object
    sources: tuple[Stage, ...]
    to: Stage | None
    permission: str
    reason: bool = False
    clock: Clock = Clock.KEEP
    told: tuple[str, ...] = ()
    unless_assisting: bool = False  # waits until every assisting station has answered
    needs_answer: bool = False
    needs_after_photo: bool = False  # where the case standard asks for one


MOVES: dict[str, Move] = {
    move.name: move
    for move in (
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
        Move("evaluate", pgettext_lazy("case move", "Evaluate"), (Stage.CLOSED,), None, permissions.EVALUATE),
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
    )
}


@dataclass(frozen=True)
class Standing:
    """What the table needs to know of one case to say which moves are open."""

    stage: Stage
    assisting_open: int = 0
    answer_required: bool = False
    answered: bool = False
    evaluated: bool = False


@dataclass(frozen=True)
class OpenMove:
    """A move as offered: `closed_because` is empty when it may be made now, else the reason in words."""

    move: Move
    closed_because: object = ""

    @property
    def is_open(self) -> bool:
        return not self.closed_because


def why_closed(move: Move, standing: Standing) -> object:
    """Why a move cannot be made now, as a translated sentence; "" when it can."""
    if standing.stage not in move.sources:
        return _("Not possible at the stage “%(stage)s”.") % {"stage": standing.stage.label}
    if move.unless_assisting and standing.assisting_open:
        return _("%(count)d assisting station(s) have not answered yet.") % {"count": standing.assisting_open}
    if move.needs_answer and standing.answer_required and not standing.answered:
        return _("The reporter has not been answered yet.")
    if move.name == "evaluate" and standing.evaluated:
        return _("This case has been evaluated already.")
    return ""


def moves_from(standing: Standing, held: Iterable[str]) -> list[OpenMove]:
    """Moves of the current stage that the holder of these permissions is offered, each open or with why it is closed."""
    permitted = set(held)
    return [
        OpenMove(move, why_closed(move, standing))
        for move in MOVES.values()
        if move.permission in permitted and standing.stage in move.sources
    ]


PUBLIC_STAGES: dict[Stage, object] = {
    Stage.INTAKE: pgettext_lazy("public stage", "Received"),  # 已上报
    Stage.REGISTERED: pgettext_lazy("public stage", "Registered"),  # 已立案
    Stage.DISPATCHED: pgettext_lazy("public stage", "Dispatched"),  # 已派遣
    Stage.HANDLING: pgettext_lazy("public stage", "Being handled"),  # 处置中
    Stage.VERIFICATION: pgettext_lazy("public stage", "Being checked"),  # 反馈核查
    Stage.CLOSING: pgettext_lazy("public stage", "Being checked"),
    Stage.CLOSED: pgettext_lazy("public stage", "Closed"),  # 已结案
    Stage.VOIDED: pgettext_lazy("public stage", "Not pursued"),  # 不予处理
}
