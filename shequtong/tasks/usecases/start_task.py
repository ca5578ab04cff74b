"""Ask for long work (发起任务): a row that a worker takes up. Nothing of it is done here."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor, SystemActor
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.tasks.kinds import kinds
from shequtong.tasks.models import OPEN, Task

MOST_OPEN = 10  # of one account in one place, so that nobody keeps the workers from everybody else
LONGEST_PARAMS = 4000  # characters of JSON
PLATFORM = 0  # account_id of what the platform asks of itself


class TooManyTasks(Refusal):
    """So many of the account's tasks are waiting that this one is not taken."""


@transaction.atomic
def start_task(*, kind: str, params: dict[str, Any], by: Actor, now: datetime, submit_key: str, place: int | None = None) -> Task:
    """Ask for a task of `kind` in `place` (a storage number; the asker's home unless said).

    `params` are JSON values as the kind wants them, never personal data. The same `submit_key` (at most 80 characters; a form's key) of the
    same account in the same place is the same task: the first one is returned. Raises KeyError for a kind nobody knows, Forbidden without
    the kind's permission or for nobody in particular, TooManyTasks.
    """
    known = kinds()[kind]
    if by.account_id is None and not isinstance(by, SystemActor):
        raise Forbidden("tasks.start", known.name)
    if known.permission and not by.may(known.permission):
        raise Forbidden(known.permission, known.name)
    if len(json.dumps(params, ensure_ascii=False)) > LONGEST_PARAMS:
        raise ValueError("params name what is to be done; what it is done to lies in tables and files")
    account_id, home = by.account_id or PLATFORM, by.home if place is None else place
    mine = Task.objects.within(home).asked_by(account_id)
    if first := mine.filter(submit_key=submit_key).first():
        return first
    if account_id != PLATFORM and mine.filter(state__in=OPEN)[:MOST_OPEN].count() >= MOST_OPEN:
        raise TooManyTasks(_("%(n)s of your tasks are still waiting or running. Please wait for one of them.") % {"n": MOST_OPEN})
    task = Task(
        subdistrict_id=home,
        kind=known.name,
        params=params,
        submit_key=submit_key,
        account_id=account_id,
        name=by.name[:80],
        post=by.post[:120],
        appointment_id=by.appointment_id,
        language=get_language() or settings.LANGUAGE_CODE,
        asked_at=now,
        due_at=now,
    )
    try:
        with transaction.atomic():
            task.save(force_insert=True)
    except IntegrityError:
        return mine.get(submit_key=submit_key)  # somebody sent the same form at the same moment
    log.record("tasks.asked", task, by=by, at=now, kind=kind)
    return task
