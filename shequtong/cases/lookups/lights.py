"""Lights as filters (亮灯筛选): the same rule for the list that is opened and for the number that opens it."""

from datetime import datetime

from django.db.models import Q

from shequtong.cases.models import NEVER

RED, AMBER, GREEN, NONE = "red", "amber", "green", "none"
LIGHTS = (RED, AMBER, GREEN, NONE)


def light_condition(light: str, now: datetime) -> Q:
    """Open cases of this light at `now`; NONE are those whose clock does not run. Of each open case just one holds."""
    if light == RED:
        return Q(due_at__lt=now)
    if light == AMBER:
        return Q(amber_at__lt=now, due_at__gte=now)
    if light == GREEN:
        return Q(amber_at__gte=now, due_at__gte=now, due_at__lt=NEVER)
    return Q(due_at=NEVER)
