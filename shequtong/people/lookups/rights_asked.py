"""Requests of residents on the desk (权利请求): what waits, the nearest deadline first; what was answered, the latest first."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import RightsRequest

PAGE = 50


class Asked(NamedTuple):
    """One page with persons loaded, and where the next begins."""

    rows: list[RightsRequest]
    next: tuple[datetime, int] | None


def requests_of(
    actor: Actor, *, kind: str = "", over: bool = False, after: tuple[datetime, int] | None = None, page: int = PAGE
) -> Asked:
    """`page` of them. One statement."""
    reach = actor.reach(permissions.ANSWER_RIGHTS)
    found = RightsRequest.objects.within(*reach.subdistricts).within_reach(actor, permissions.ANSWER_RIGHTS)
    if kind:
        found = found.filter(kind=kind)
    if over:
        found = found.filter(answered_at__isnull=False).order_by("-answered_at", "-id")
        if after is not None:
            found = found.filter(Q(answered_at__lt=after[0]) | Q(answered_at=after[0], id__lt=after[1]))
    else:
        found = found.waiting().order_by("due_at", "id")
        if after is not None:
            found = found.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]))
    rows = list(found.select_related("person")[: page + 1])
    more, rows = len(rows) > page, rows[:page]
    if not more:
        return Asked(rows, None)
    last = rows[-1]
    return Asked(rows, ((last.answered_at or last.due_at) if over else last.due_at, last.pk))
