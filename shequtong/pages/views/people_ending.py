"""What a post leaves behind when it ends (离任清单): work in hand, duty ahead, deputies, and whether anybody else holds it there."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from shequtong.access import roles
from shequtong.access.lookups import others_in_post
from shequtong.access.models import Appointment
from shequtong.cases import permissions as cases
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.lookups import CAPPED, InHand, in_hand_of, stages_of
from shequtong.cases.shown import Dresser
from shequtong.core.actors import Actor
from shequtong.core.locality import INSTALLATION
from shequtong.figures.read import counts
from shequtong.organizations.duty import duty_ahead

MOST_SHIFTS = 60


def left_behind(actor: Actor, row: Appointment, now: datetime) -> dict[str, Any]:
    """What the page lists before a post ends. Nine statements at most; cases by name for who may see them, else as numbers."""
    today = timezone.localdate(now)
    others = Appointment.objects.lasting(today).filter(account_id=row.account_id).exclude(pk=row.pk)
    stays = others.filter(station=row.station_id).exists() if row.station_id is not None else False
    hand = InHand()
    if row.station_id is not None and not stays:
        hand = in_hand_of(row.subdistrict_id, row.station_id, row.account_id, CAPPED)
    shifts = (
        list(duty_ahead(row.station_id, row.account_id, now)[:MOST_SHIFTS]) if row.station_id is not None and not stays else []
    )
    alone = row.subdistrict_id != INSTALLATION and not others_in_post(row, today)
    return {
        "hand": hand,
        "cases": list(map(Dresser(now), hand.cases)),
        "names_cases": actor.reach(cases.VIEW).covers(row.reach_facts()),
        "capped": CAPPED,
        "shifts": shifts,
        "shifts_more": len(shifts) == MOST_SHIFTS,
        "alone": alone,
        "waiting": _waiting(row) if alone else 0,
        "last": not others.exists(),
        "standing_in": list(Appointment.objects.lasting(today).filter(stands_in_for=row).order_by("starts_on", "id")),
        "nothing": not (hand.cases or hand.questions or hand.askings or shifts),
    }


def _waiting(row: Appointment) -> int:
    """Open cases in the stages whose next step this post does, from the figures. One statement."""
    role = roles.table().roles.get(row.role)
    held = role.permissions if role is not None else ()
    stages = [stage.value for stage in stages_of(held)]
    if not stages:
        return 0
    where: dict[str, Any] = (
        {"station": row.station_id} if row.station_id is not None else {"under": row.unit.path if row.unit else ""}
    )
    return counts(row.subdistrict_id, IN_STAGE, stage=stages, **where).get((), 0)
