"""Take all of somebody's duty that lies ahead off a station's roster (撤下后续值班): they work there no more."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.organizations.duty import REVISION, duty_ahead
from shequtong.organizations.models import Station


@transaction.atomic
def clear_duty(*, station_id: int, account_id: int, by: Actor, now: datetime) -> int:
    """How many shifts were taken off; one that has begun stays. Called by `access` with the end of an appointment, which checks the right."""
    shifts = duty_ahead(station_id, account_id, now).select_for_update(of=("self",))
    found = list(shifts)
    if not found:
        return 0
    duty_ahead(station_id, account_id, now).update(removed_at=now)
    held.changed(REVISION)
    station = Station.objects.get(pk=station_id)
    log.record(
        "organizations.duty_cleared",
        station,
        by=by,
        at=now,
        name=found[0].name,
        shifts=len(found),
        first=found[0].starts_at,
        last=found[-1].starts_at,
    )
    return len(found)
