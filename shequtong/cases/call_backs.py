"""Whom to call back (待回访): closed cases whose reporters have not been heard since."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from shequtong.cases import permissions
from shequtong.cases.models import CallBack, Case
from shequtong.cases.models.case import REACH
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor

_CALLED_WITHIN = timedelta(days=30)  # of the closing: later nobody remembers what it was about
_MOST = 1000  # a month of closings; more are not looked at
_OPEN_AT_MOST = timedelta(days=180)  # how long before its closing a case may have been received, to be looked for


class Call(NamedTuple):
    """A case to call about: until when it is looked for, how often nobody answered, and when last."""

    case: Case
    until: datetime
    tries: int
    last: datetime | None


def due_for_call_back(actor: Actor, now: datetime, limit: int) -> list[Case]:
    """Closed within 30 days, told by somebody, neither evaluated nor reached since. Whose telephone was removed cannot be called.

    The oldest closing first, as in the list of all of them. One statement in the order of an index, which it leaves at the limit.
    """
    return list(_waiting(actor, now).order_by("closed_at", "id").defer("text")[:limit])


def calls_in_turn(actor: Actor, now: datetime, first: int, page: int) -> tuple[list[Call], int]:
    """The same by their closing, the oldest first, as their time runs out first: a page of them and how many there are. Three statements."""
    keys = list(_waiting(actor, now).order_by("closed_at", "id").values_list("pk", flat=True)[:_MOST])
    wanted = keys[first : first + page]
    places = actor.reach(permissions.CALL_BACK).of_post.subdistricts
    cases = Case.objects.within(*places).filter(pk__in=wanted).defer("text").in_bulk()
    tried = CallBack.objects.filter(subdistrict__in=places, case__in=wanted, reached=False).order_by()
    found = {(pk, turn): (n, last) for pk, turn, n, last in tried.values_list("case", "round").annotate(Count("id"), Max("at"))}
    calls = []
    for pk in wanted:
        case = cases[pk]
        n, last = found.get((pk, case.reopen_count), (0, None))
        calls.append(Call(case, (case.closed_at or now) + _CALLED_WITHIN, n, last))
    return calls, len(keys)


def _waiting(actor: Actor, now: datetime) -> QuerySet[Case]:
    reach = actor.reach(permissions.CALL_BACK).of_post
    if not (reach.grants or reach.everything):
        return Case.objects.none()
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
    return found.filter(unheard).exclude(Exists(reached))
