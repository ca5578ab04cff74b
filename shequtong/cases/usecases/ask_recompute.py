"""Ask that due times be computed anew (申请重算时限): one row of work for each subdistrict that has open cases."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case, ClockRun
from shequtong.core.actors import Actor


@transaction.atomic
def ask_recompute(*, calendar_id: int, subdistricts: Sequence[int], by: Actor, now: datetime) -> list[ClockRun]:
    """The runs that wait now; one that waits already for the same calendar serves again. The change itself is in the log of its own deed."""
    waiting = []
    for place in subdistricts:
        if not Case.objects.filter(subdistrict=place, is_open=True).exists():
            continue
        queued = ClockRun.objects.filter(subdistrict=place, state=ClockRun.State.QUEUED, calendar_id=calendar_id)
        run = queued.select_for_update(of=("self",)).order_by("id").first()
        if run is None:
            run = ClockRun(subdistrict_id=place, calendar_id=calendar_id)
        run.asked_at, run.asked_by = now, by.name[:80]
        run.save()
        waiting.append(run)
    return waiting
