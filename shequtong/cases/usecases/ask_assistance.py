"""Ask for assistance (协办): the lead station asks another for one sub-task, with a clock of its own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Assistance, Party
from shequtong.cases.usecases.dispatch_case import MOST_ASSISTING, ask_stations, record_party
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.organizations.stations import directory


class CannotAssist(CannotMove):
    """The station cannot be asked."""


@transaction.atomic
def ask_assistance(*, number: str, station_id: int, task: str, by: Actor, now: datetime) -> Assistance:
    """Ask one station; one sub-task a station is open at a time. Its limit is that of the standard. Raises Forbidden, CannotMove."""
    turn = begin(number, "assist", by=by, now=now)
    case, found = turn.case, directory().by_id.get(station_id)
    if found is None or found.ended or found.subdistrict != case.subdistrict_id:
        raise CannotAssist(_("This station does not serve the place of the case."))
    if found.id == case.lead_station_id:
        raise CannotAssist(_("The lead station cannot assist itself."))
    if case.assisting_open >= MOST_ASSISTING:
        raise CannotAssist(_("At most %(most)d stations can assist.") % {"most": MOST_ASSISTING})
    if case.assisting_open and Assistance.objects.filter(case=case, station=station_id, is_open=True).exists():
        raise CannotAssist(_("This station is assisting already; wait for its answer."))
    note = required_note(turn, task)
    asked = ask_stations(turn, [found.id], note)[0]
    record_party(case, found.id, Party.Part.ASSIST, now)
    finish(turn, note=note, told_station=found.id)
    return asked
