"""What a move is, and when it is closed (流转规则): the words of the table of moves; the rows stand in the files beside this one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from shequtong.cases.workflow.stages import Stage


class Clock(TextChoices):
    """Which limit runs after a move: one of the stage (minutes of staff), or that of the case standard (处置时限)."""

    NONE = "none"
    STAGE = "stage"
    HANDLING = "handling"
    KEEP = "keep"  # the clock that runs goes on (签收 does not restart 处置)


@dataclass(frozen=True)
class Standing:
    """What the table needs to know of one case to say which moves are open."""

    stage: Stage
    assisting_open: int = 0
    answer_required: bool = False
    answered: bool = False
    answer_waits: bool = False  # a draft waits for approval (答复待审)
    evaluated: bool = False
    told: bool = False  # somebody reported it: there is someone to ask and to answer
    withdrawn: bool = False
    paused: str = ""  # "" or a PauseReason
    asking: str = ""  # kind of the open request of the station: extend, suspend
    offered: bool = False  # a hand-over waits for its answer
    send_backs: int = 0
    decided: bool = False  # the director named the station: it may not be sent back again
    extensions: int = 0
    suspensions: int = 0
    overdue: bool = False  # the clock that runs is past its limit
    handled_late: bool = False  # some handling ended past its limit
    appeal: str = ""  # "" or the state of the appeal
    self_handled: bool = False


Condition = Callable[[Standing], object]  # "" when the move may be made, else why not, as a translated sentence


@dataclass(frozen=True)
class Move:
    """One move: its verb, from where to where, who may, what must come with it, which clock starts, who is told.

    `to` None keeps the stage; `may_end_in` are others it may lead to, as the case stands. `told` are audiences: reporter (all of them, and whom the case waits for, whom it was taken from, or who was given time),
    station (the lead), assisting (the station of the step), helpers (those of a dispatch), office (the precinct office), assignee, holder (the station that has it, else
    the office), above (the level it is escalated to), former (the station that let it lie), urgers (who asked for a reply).
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
    while_paused: bool = False  # may be made while the clock stands still
    ends_question: bool = False  # may be made while a question to the reporter waits, which is then over
    aside: bool = False  # the station of its step is not the one that leads
    offered: bool = True  # False: no button of the case page makes it (the worker, the reporter's page, another list)
    more: bool = False  # offered below the way onward
    conditions: tuple[Condition, ...] = ()
    may_end_in: tuple[Stage, ...] = ()


_WAITS = gettext_lazy("The reporter was asked a question. Call it off first, or report the case as handled.")


def why_closed(move: Move, standing: Standing) -> object:
    """Why a move cannot be made now, as a translated sentence; "" when it can."""
    if standing.stage not in move.sources:
        return _("Not possible at the stage “%(stage)s”.") % {"stage": standing.stage.label}
    if standing.paused and not move.while_paused and not (move.ends_question and standing.paused == "reporter_asked"):
        return _WAITS if standing.paused == "reporter_asked" else _("The clock is paused. Resume the case first.")
    if move.unless_assisting and standing.assisting_open:
        return _("%(count)d assisting station(s) have not answered yet.") % {"count": standing.assisting_open}
    if move.needs_answer and standing.answer_required and not standing.answered:
        return _("The reporter has not been answered yet.")
    return next((because for condition in move.conditions if (because := condition(standing))), "")
