"""Between stations (承办协同): who has the case in hand, who helps, who takes it over, and who decides when nobody will."""

from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions
from shequtong.cases.workflow.conditions import nothing_asked, nothing_offered, something_offered, something_open
from shequtong.cases.workflow.stages import STATION_STAGES, Stage
from shequtong.cases.workflow.table import Clock, Move

STATIONS: tuple[Move, ...] = (
    Move(
        "assign",
        pgettext_lazy("case move", "Assign"),
        STATION_STAGES,
        None,
        permissions.ASSIGN,
        told=("assignee",),
        while_paused=True,
        more=True,
    ),
    Move(
        "hand_over",
        pgettext_lazy("case move", "Offer a hand-over"),
        (Stage.HANDLING,),
        None,
        permissions.HAND_OVER,
        reason=True,
        told=("assisting",),
        unless_assisting=True,
        aside=True,
        conditions=(nothing_offered, nothing_asked),
        more=True,
    ),
    Move(
        "take_over",
        pgettext_lazy("case move", "Take over"),
        (Stage.HANDLING,),
        None,
        permissions.HAND_OVER,
        told=("reporter",),
        offered=False,
        conditions=(something_offered,),
    ),
    Move(
        "refuse_over",
        pgettext_lazy("case move", "Refuse the hand-over"),
        (Stage.HANDLING,),
        None,
        permissions.HAND_OVER,
        reason=True,
        told=("station",),
        aside=True,
        offered=False,
        conditions=(something_offered,),
    ),
    Move(
        "take_assist",
        pgettext_lazy("case move", "Assistance taken on"),
        STATION_STAGES,
        None,
        permissions.ANSWER_ASSIST,
        told=("station",),
        while_paused=True,
        aside=True,
        offered=False,
    ),
    # 撤销请求: what was asked of others, and holds the case up while nobody answers.
    Move(
        "call_off",
        pgettext_lazy("case move", "Call a request off"),
        STATION_STAGES,
        None,
        permissions.HANDLE,
        reason=True,
        told=("assisting", "office"),
        while_paused=True,
        aside=True,
        conditions=(something_open,),
        more=True,
    ),
    # 裁定: after a second 回退 the director names the station, which may not send it back again.
    Move(
        "decide",
        pgettext_lazy("case move", "Decide"),
        (Stage.DECISION,),
        Stage.DISPATCHED,
        permissions.DECIDE,
        reason=True,
        clock=Clock.HANDLING,
        told=("station",),
    ),
    # 收回: a dispatch that nobody accepted in time goes back to the dispatcher.
    Move(
        "take_back",
        pgettext_lazy("case move", "Taken back"),
        (Stage.DISPATCHED,),
        Stage.REGISTERED,
        permissions.RUN_CLOCK,
        clock=Clock.STAGE,
        told=("office", "former"),
        offered=False,
    ),
)
