"""What the worker does when time is up (定时流转): remind, escalate by level, close by itself."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import routing
from shequtong.cases.models import NEVER, Case, Urge
from shequtong.cases.timers import REMINDED
from shequtong.cases.usecases.turns import begin, finish
from shequtong.core.actors import Actor


@transaction.atomic
def remind_case(*, number: str, by: Actor, now: datetime) -> Case:
    """Tell who has the case that its time is nearly up, once a clock. Raises Forbidden, CannotMove."""
    turn = begin(number, "remind", by=by, now=now)
    why = routing.by_clock(turn.case, "remind")
    turn.set(warned=REMINDED)
    finish(turn, details=routing.kept(why))
    return turn.case


@transaction.atomic
def escalate_case(*, number: str, level: int, by: Actor, now: datetime) -> Case:
    """Tell the level above that the case is overdue; it stands among its urgings. Raises Forbidden, CannotMove."""
    turn = begin(number, "escalate", by=by, now=now)
    case = turn.case
    Urge.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        level=level,
        requirement="",
        automatic=True,
        at=now,
        account_id=None,
        actor=by.name,
    )
    why = routing.by_clock(case, "escalate", level)
    turn.set(warned=REMINDED + level, urge_count=case.urge_count + 1)
    finish(turn, details={"level": level, **routing.kept(why)})
    return case


@transaction.atomic
def auto_close_case(*, number: str, by: Actor, now: datetime) -> Case:
    """Close an answered case that nobody closed in the window. Raises Forbidden, CannotMove."""
    turn = begin(number, "auto_close", by=by, now=now)
    why = routing.by_clock(turn.case, "auto_close")
    turn.set(closed_at=now, first_closed_at=turn.case.first_closed_at or now, close_by=NEVER)
    finish(turn, details=routing.kept(why))
    return turn.case
