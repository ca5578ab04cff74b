"""Ask for time (申请延期、挂账): the station asks before the case is late; somebody else decides (standards.md 1.4)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.flow import flow_of
from shequtong.cases.models import Asking
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.figures.write import day_of


class CannotAskTime(CannotMove):
    """Too often, or for too long."""


@transaction.atomic
def extend_case(*, number: str, reason: str, by: Actor, now: datetime) -> Asking:
    """Ask for one more original limit; at most two are ever granted. Raises Forbidden, CannotMove, CannotAskTime."""
    turn = begin(number, "extend", by=by, now=now)
    most = flow_of(turn.case.subdistrict_id).extend_most
    if turn.case.extend_count >= most:
        raise CannotAskTime(_("This case was extended %(most)d times already.") % {"most": most})
    return _ask(turn, Asking.Kind.EXTEND, reason, None)


@transaction.atomic
def suspend_case(*, number: str, until: datetime, reason: str, by: Actor, now: datetime) -> Asking:
    """Ask to suspend the case until a day within a year, counted by days of the place; it resumes by itself. Raises as above."""
    turn = begin(number, "suspend", by=by, now=now)
    rules = flow_of(turn.case.subdistrict_id)
    if turn.case.suspend_count >= rules.suspend_most:
        raise CannotAskTime(_("This case was suspended %(most)d time(s) already.") % {"most": rules.suspend_most})
    place = turn.case.subdistrict_id
    if not timedelta() < day_of(place, until) - day_of(place, now) <= timedelta(days=rules.suspend_days):
        raise CannotAskTime(_("Choose an end date after today and within %(days)d days.") % {"days": rules.suspend_days})
    return _ask(turn, Asking.Kind.SUSPEND, reason, until)


def _ask(turn: Turn, kind: Asking.Kind, reason: str, until: datetime | None) -> Asking:
    case, note = turn.case, required_note(turn, reason)
    assert case.lead_station_id is not None  # a case in hand has a station (database constraint)
    asked = Asking.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        station_id=case.lead_station_id,
        kind=kind,
        reason=note,
        until=until,
        asked_at=turn.now,
        account_id=turn.by.account_id,
        asked_by=turn.by.name,
    )
    turn.set(asking=kind.value)
    finish(turn, note=note, details={"until": until.isoformat()} if until else None)
    return asked
