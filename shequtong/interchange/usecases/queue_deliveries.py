"""Queue deliveries (登记推送): a row for each subscription that hears of a move, in the transaction of the move. Nothing leaves the process here."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from shequtong.cases.events import CaseEvent
from shequtong.core.gathered import put
from shequtong.core.locality.ids import new_id
from shequtong.core.places import place
from shequtong.interchange.models import Delivery
from shequtong.interchange.subscriptions import standing
from shequtong.interchange.webhooks import kind_of
from shequtong.territory.units import at_path


@transaction.atomic(savepoint=False)
def queue_deliveries(*, event: CaseEvent, now: datetime) -> int:
    """How many were queued. One statement, none where nobody hears of it. The worker keeps back those of a paused one."""
    kind, today = kind_of(event.move, draft=bool(event.details.get("draft"))), timezone.localdate(now)
    hearing = [one for one in standing() if one.hears(kind, event.place_path, event.station_id, today)]
    if not hearing:
        return 0
    body = json.dumps(_told(event, kind), ensure_ascii=False, separators=(",", ":"))
    rows = [
        Delivery(
            id=new_id(event.subdistrict_id),
            subdistrict_id=event.subdistrict_id,
            subscription_id=one.id,
            event=f"evt_{event.step_id}",
            kind=kind,
            number=event.number,
            body=body,
            at=now,
            send_after=now,
        )
        for one in hearing
    ]
    put(_insert, rows)
    return len(rows)


def _insert(rows: list[Delivery]) -> None:
    Delivery.objects.bulk_create(rows)


def _told(event: CaseEvent, kind: str) -> dict[str, Any]:
    """What may be read with `read`: never a word that somebody wrote."""
    zone, unit = place(event.subdistrict_id).zone, at_path(event.place_path)
    return {
        "type": kind,
        "timestamp": event.at.astimezone(zone).isoformat(),
        "data": {
            "number": event.number,
            "move": event.move,
            "stage": event.stage,
            "class_code": event.class_code,
            "unit": unit.code if unit else None,
            "station": None if event.station_id is None else str(event.station_id),
            "due_at": event.due_at.astimezone(zone).isoformat() if event.due_at else None,
        },
    }
