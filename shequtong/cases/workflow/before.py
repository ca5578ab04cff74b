"""Before a case is registered (立案之前): screening, confirmation, and saying no with a reason."""

from django.utils.translation import pgettext_lazy

from shequtong.cases import permissions
from shequtong.cases.workflow.stages import EARLY_STAGES, Stage
from shequtong.cases.workflow.table import Clock, Move

BEFORE: tuple[Move, ...] = (
    # 放行: to confirmation or to registration, as the report would have gone.
    Move(
        "admit",
        pgettext_lazy("case move", "Admit"),
        (Stage.HELD,),
        Stage.INTAKE,
        permissions.SCREEN,
        clock=Clock.STAGE,
        told=("office",),
        may_end_in=(Stage.CONFIRMATION,),
    ),
    # 核实: does it exist? It ends the waiting, whatever was found; the acceptor decides.
    Move(
        "confirm",
        pgettext_lazy("case move", "Confirm"),
        (Stage.CONFIRMATION,),
        Stage.INTAKE,
        permissions.CONFIRM,
        reason=True,
        clock=Clock.STAGE,
        told=("office",),
    ),
    # 不予受理: with a reason that the resident reads.
    Move(
        "not_accept",
        pgettext_lazy("case move", "Do not accept"),
        EARLY_STAGES,
        Stage.NOT_ACCEPTED,
        permissions.REGISTER,
        reason=True,
        clock=Clock.NONE,
        told=("reporter",),
        more=True,
        ends_question=True,
    ),
)
