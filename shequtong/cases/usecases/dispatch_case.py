"""Dispatch (派遣): name the station that must handle a case, and those that help; each has its clock from now on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import routing, sla
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Assistance, Case, Party
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases._discretion import discreet
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.organizations.stations import directory

MOST_ASSISTING = 5


class CannotDispatch(CannotMove):
    """The station cannot take the case."""


@transaction.atomic
def dispatch_case(
    *, number: str, to: int, by: Actor, now: datetime, note: str = "", assisting: Sequence[int] = (), task: str = ""
) -> Case:
    """Dispatch to the station with id `to`; `assisting` stations get `task` (else the note) as their sub-task.

    Raises Forbidden, CannotMove; CannotDispatch for a station of another subdistrict, the lead among its helpers, or too many.
    """
    turn = begin(number, "dispatch", by=by, now=now)
    case, helpers = turn.case, list(dict.fromkeys(assisting))
    for station in (to, *helpers):
        found = directory().by_id.get(station)
        if found is None or found.ended or found.subdistrict != case.subdistrict_id:
            raise CannotDispatch(_("This station does not serve the place of the case."))
    if to in helpers:
        raise CannotDispatch(_("The lead station cannot assist itself."))
    if len(helpers) > MOST_ASSISTING:
        raise CannotDispatch(_("At most %(most)d stations can assist.") % {"most": MOST_ASSISTING})
    words = required_note(turn, note)
    sub_task = discreet(case, task.strip(), by) or words
    if helpers and len(sub_task) < 2:
        raise CannotDispatch(_("Please say what the assisting stations should do."))

    proposed = routing.lead_for(catalogue().classes[case.case_class_id], case.place_path, case.subdistrict_id, named=to)
    give_to(turn, to, helpers)
    if helpers:
        ask_stations(turn, helpers, sub_task)
    finish(turn, note=words, details={**({"assisting": helpers} if helpers else {}), **routing.kept(proposed.finding)})
    return case


def give_to(turn: Turn, station_id: int, helpers: Sequence[int] = ()) -> None:
    """The station leads and must accept in time, else the dispatch is taken back; it and its helpers have a part. One statement."""
    case = turn.case
    accept = flow_of(case.subdistrict_id).accept_limit(catalogue().standards[case.standard_id].limit)
    accept_by = sla.start(accept, calendar_at(case.place_path), turn.now).due.due_at
    turn.set(lead_station_id=station_id, dispatched_at=turn.now, assignee_account_id=None, assignee_name="")
    if not case.is_history:
        turn.set(accept_by=accept_by)
    record_parties(case, {station_id: Party.Part.LEAD, **dict.fromkeys(helpers, Party.Part.ASSIST)}, turn.now)


def ask_stations(turn: Turn, stations: Sequence[int], task: str) -> list[Assistance]:
    """Open one sub-task a station, each with the limit of the standard from now; their part is recorded by the caller. One statement."""
    case = turn.case
    running = sla.start(catalogue().standards[case.standard_id].limit, calendar_at(case.place_path), turn.now)
    asked = Assistance.objects.bulk_create(
        Assistance(
            subdistrict_id=case.subdistrict_id,
            case=case,
            station_id=station,
            task=task,
            asked_at=turn.now,
            amber_at=running.due.amber_at,
            due_at=running.due.due_at,
        )
        for station in stations
    )
    turn.set(assisting_open=case.assisting_open + len(asked))
    return asked


def record_party(case: Case, station_id: int, part: Party.Part, now: datetime) -> None:
    """Remember that the station has a part in the case; a former assistant that now leads becomes the lead. One statement."""
    record_parties(case, {station_id: part}, now)


def record_parties(case: Case, parts: Mapping[int, Party.Part], now: datetime) -> None:
    """The same for several. One statement."""
    Party.objects.bulk_create(
        [
            Party(subdistrict_id=case.subdistrict_id, case=case, station_id=station, part=part, since=now)
            for station, part in parts.items()
        ],
        update_conflicts=True,
        unique_fields=["subdistrict", "case", "station"],
        update_fields=["part", "since"],
    )
