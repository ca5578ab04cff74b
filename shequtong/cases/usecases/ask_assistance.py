"""Ask for assistance (协办): the lead station asks another for one sub-task, with a clock of its own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import sla
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Assistance, Party
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases.dispatch_case import record_party
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.organizations.stations import directory


class CannotAssist(CannotMove):
    """The station cannot be asked."""


@transaction.atomic
def ask_assistance(*, number: str, station_id: int, task: str, by: Actor, now: datetime) -> Assistance:
    """Ask one station; at most one sub-task is open in this release. Its limit is that of the standard. Raises Forbidden, CannotMove."""
    turn = begin(number, "assist", by=by, now=now)
    case, found = turn.case, directory().by_id.get(station_id)
    if found is None or found.ended or found.subdistrict != case.subdistrict_id:
        raise CannotAssist(_("This station does not serve the place of the case."))
    if found.id == case.lead_station_id:
        raise CannotAssist(_("The lead station cannot assist itself."))
    if case.assisting_open:
        raise CannotAssist(_("A station is assisting already; wait for its answer."))
    note = required_note(turn, task)
    running = sla.start(catalogue().standards[case.standard_id].limit, calendar_at(case.place_path), now)

    asked = Assistance.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        station_id=found.id,
        task=note,
        asked_at=now,
        amber_at=running.due.amber_at,
        due_at=running.due.due_at,
    )
    turn.set(assisting_open=case.assisting_open + 1)
    record_party(case, found.id, Party.Part.ASSIST, now)
    finish(turn, note=note, told_station=found.id)
    return asked
