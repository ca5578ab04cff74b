"""What goes back to the hotline (回复 12345): the kind of reply by how the case stands, and the three rates as plain facts."""

from django.db.models import Q
from django.utils.translation import pgettext, pgettext_lazy

from shequtong.cases.models import Case, WorkOrder
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor, ReachColumns

DONE, SEND_BACK, EXTEND = "done", "send_back", "extend"
NAMES = {
    DONE: pgettext_lazy("reply to the hotline", "Done"),
    SEND_BACK: pgettext_lazy("reply to the hotline", "Sent back"),
    EXTEND: pgettext_lazy("reply to the hotline", "Extended"),
}
_NOT_OURS = (Stage.NOT_ACCEPTED, Stage.VOIDED, Stage.WITHDRAWN)


def _no_station(_subdistrict: int, _station: int) -> Q:
    """No station has the right to the hotline's orders."""
    return Q(pk__in=[])


REACH = ReachColumns(path="case__place_path", party=_no_station)


def within_reach(actor: Actor, permission: str) -> "Q":
    """Orders of the cases within reach."""
    return actor.reach(permission).of_post.condition(REACH)


def reply_of(case: Case) -> str:
    """办结 once closed or merged, 回退 when it was not accepted or not pursued, 延期 when more time was given; "" while it goes on."""
    if case.stage in (Stage.CLOSED, Stage.MERGED):
        return DONE
    if case.stage in _NOT_OURS:
        return SEND_BACK
    return EXTEND if case.extend_count else ""


def yes_no(fact: bool | None) -> str:
    """A fact of an order; "" while it is not known."""
    if fact is None:
        return ""
    return pgettext("export", "Yes") if fact else pgettext("export", "No")


def facts(order: WorkOrder) -> tuple[str, str, str]:
    """Responded, solved, satisfied, as words."""
    return yes_no(order.responded_at is not None), yes_no(order.solved), yes_no(order.satisfied)
