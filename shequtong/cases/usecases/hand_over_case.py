"""Hand over (移交): the lead station offers the case to another; it leads until that one has taken it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import HandOver
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.organizations.stations import directory


class CannotHandOver(CannotMove):
    """The other station cannot take the case."""


@transaction.atomic
def hand_over_case(*, number: str, to: int, reason: str, by: Actor, now: datetime) -> HandOver:
    """Offer the case to the station with id `to`. The clock runs on. Raises Forbidden, CannotMove, CannotHandOver."""
    turn = begin(number, "hand_over", by=by, now=now)
    case, found = turn.case, directory().by_id.get(to)
    if found is None or found.ended or found.subdistrict != case.subdistrict_id:
        raise CannotHandOver(_("This station does not serve the place of the case."))
    if found.id == case.lead_station_id:
        raise CannotHandOver(_("Your station has the case already."))
    note = required_note(turn, reason)
    assert case.lead_station_id is not None  # a case in hand has a station (database constraint)

    offered = HandOver.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        from_station_id=case.lead_station_id,
        to_station_id=found.id,
        reason=note,
        offered_at=now,
        offered_by=by.name,
    )
    turn.set(offered_station_id=found.id)
    finish(turn, note=note, told_station=found.id)
    return offered
