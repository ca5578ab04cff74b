"""Dispatch (派遣): name the station that must handle a case; its clock starts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Case, Party
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.organizations.stations import directory


class CannotDispatch(CannotMove):
    """The station cannot take the case."""


@transaction.atomic
def dispatch_case(*, number: str, to: int, by: Actor, now: datetime, note: str = "") -> Case:
    """Dispatch to the station with id `to`. Raises Forbidden, CannotMove; CannotDispatch for a station of another subdistrict."""
    turn = begin(number, "dispatch", by=by, now=now)
    case, found = turn.case, directory().by_id.get(to)
    if found is None or found.ended or found.subdistrict != case.subdistrict_id:
        raise CannotDispatch(_("This station does not serve the place of the case."))

    turn.set(lead_station_id=found.id, dispatched_at=now)
    record_party(case, found.id, Party.Part.LEAD, now)
    finish(turn, note=required_note(turn, note))
    return case


def record_party(case: Case, station_id: int, part: Party.Part, now: datetime) -> None:
    """Remember that the station has a part in the case; a former assistant that now leads becomes the lead. One statement."""
    Party.objects.bulk_create(
        [Party(subdistrict_id=case.subdistrict_id, case=case, station_id=station_id, part=part, since=now)],
        update_conflicts=True,
        unique_fields=["subdistrict", "case", "station"],
        update_fields=["part", "since"],
    )
