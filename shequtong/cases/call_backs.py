"""Whom to call back (待回访): closed cases whose reporters have not been heard since."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from shequtong.cases import permissions
from shequtong.cases.models import CallBack, Case
from shequtong.cases.models.case import REACH
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor

_CALLED_WITHIN = timedelta(days=30)  # of the closing: later nobody remembers what it was about
_OPEN_AT_MOST = timedelta(days=180)  # how long before its closing a case may have been received, to be looked for


def due_for_call_back(actor: Actor, now: datetime, limit: int) -> list[Case]:
    """Closed within 30 days, told by somebody, neither evaluated nor reached since. Whose telephone was removed cannot be called. One statement over an index range."""
    reach = actor.reach(permissions.CALL_BACK).of_post
    if not (reach.grants or reach.everything):
        return []
    reached = CallBack.objects.filter(
        subdistrict=OuterRef("subdistrict"), case=OuterRef("pk"), round=OuterRef("reopen_count"), reached=True
    )
    found = Case.objects.filter(
        reach.condition(REACH),
        stage=Stage.CLOSED,
        received_at__gte=now - _OPEN_AT_MOST,
        closed_at__gte=now - _CALLED_WITHIN,
        reporter__isnull=False,
        reporter__contact_removed_at=None,
        withdrawn_at=None,
        is_history=False,
    )
    unheard = Q(evaluated_at=None) | Q(evaluated_at__lt=F("closed_at"))
    return list(found.filter(unheard).exclude(Exists(reached)).order_by("-received_at", "-id").defer("text")[:limit])
