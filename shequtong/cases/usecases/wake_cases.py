"""Wake cases whose moment has come (定时流转): one batch of one subdistrict, each case's first pending move by its own use-case.

The batch's rows are locked, rows another worker holds are passed over, and all of it stands or falls together: two workers never do one
moment twice, and what a dead one had begun is there for the next. Traces, counts and messages of a batch are written together. The read goes by (subdistrict, wake_at, id), so nothing starves.
"""

import inspect
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases import timers
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.usecases._batches import at_hand
from shequtong.cases.usecases.clock_moves import auto_close_case, escalate_case, remind_case
from shequtong.cases.usecases.resume_case import resume_case
from shequtong.cases.usecases.take_back_case import take_back_case
from shequtong.core.actors import Actor
from shequtong.core.gathered import gathering
from shequtong.core.jobs import kind_and_place

logger = logging.getLogger(__name__)

BATCH = 50
LATER = timedelta(hours=1)  # a case that cannot be woken is tried again then, and keeps no other waiting
# Without their own `atomic`: the batch is the transaction, and a savepoint a case would be two statements more.
_MOVES: dict[str, Callable[..., object]] = {
    timers.RESUME: inspect.unwrap(resume_case),
    timers.TAKE_BACK: inspect.unwrap(take_back_case),
    timers.AUTO_CLOSE: inspect.unwrap(auto_close_case),
    timers.REMIND: inspect.unwrap(remind_case),
}
_ESCALATE = inspect.unwrap(escalate_case)


def wake_cases(*, subdistrict_id: int, by: Actor, now: datetime, batch: int = BATCH) -> int:
    """Wake up to `batch` cases; how many were looked at, 0 when none is due. One case that fails is put off and does not stop the rest."""
    try:
        with transaction.atomic(), gathering():
            due = _due(subdistrict_id, now, batch)
            for case in due:
                wake_case(case=case, by=by, now=now)
        return len(due)
    except Exception as error:
        logger.exception("waking cases one by one after: %s", kind_and_place(error), exc_info=False)
        return _one_by_one(subdistrict_id, by, now, batch)


def _due(subdistrict_id: int, now: datetime, batch: int) -> list[Case]:
    waiting = Case.objects.filter(subdistrict=subdistrict_id, wake_at__lte=now).order_by("wake_at", "id").defer("text")
    return list(waiting.select_related("reporter").select_for_update(skip_locked=True, of=("self",))[:batch])


def wake_case(*, case: Case, by: Actor, now: datetime) -> None:
    """Make the first pending move of a case that this transaction holds; when none is due (the rules were changed), only look again then."""
    rules = flow_of(case.subdistrict_id)
    found = timers.pending(case, rules)
    if not found or found[0].at > now:
        Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(wake_at=timers.wake_at(case, rules))
        return
    with at_hand(case):
        if found[0].move == timers.ESCALATE:
            _ESCALATE(number=case.number, level=found[0].level, by=by, now=now)
        else:
            _MOVES[found[0].move](number=case.number, by=by, now=now)


def _one_by_one(subdistrict_id: int, by: Actor, now: datetime, batch: int) -> int:
    """The same, each in a transaction of its own: the one that fails is put off."""
    seen = 0
    for _turn in range(batch):
        tried: list[Case] = []
        try:
            with transaction.atomic():
                tried = _due(subdistrict_id, now, 1)
                for case in tried:
                    wake_case(case=case, by=by, now=now)
        except Exception as error:
            logger.exception("a case could not be woken: %s", kind_and_place(error), exc_info=False)
            for case in tried:
                Case.objects.filter(pk=case.pk, subdistrict=subdistrict_id).update(wake_at=now + LATER)
        if not tried:
            break
        seen += 1
    return seen
