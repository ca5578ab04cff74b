"""Replay one message (回放留言): a real message takes the way of a resident's report, is registered, and goes to the station that must act."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.usecases import NewCase, NewReporter, dispatch_case, open_case, register_case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange.messages import Message
from shequtong.organizations.stations import nearest_station

SOURCE = "replay"
_REGISTERED_AFTER, _DISPATCHED_AFTER = timedelta(minutes=5), timedelta(minutes=10)


@dataclass(frozen=True)
class Outcome:
    """What became of a message: its case, whether it was new, the station's name, or why it was refused."""

    number: str = ""
    is_new: bool = False
    station: str = ""
    refused: str = ""


def replay_message(
    *, message: Message, class_code: str, building_id: int, at: datetime, keep_time: bool, by: Actor, now: datetime
) -> Outcome:
    """Open, register and dispatch in one transaction, so that a run broken off leaves whole cases only. The same message twice is one case.

    `at` is when it is told in our time, `now` when it arrives here; `keep_time` runs no clock and tells nobody.
    """
    try:
        return _replay(message, class_code, building_id, at, keep_time, by, now)
    except Refusal as refusal:
        return Outcome(refused=str(refusal))


@transaction.atomic
def _replay(
    message: Message, class_code: str, building_id: int, at: datetime, keep_time: bool, by: Actor, now: datetime
) -> Outcome:
    case = open_case(
        new=NewCase(
            class_code=class_code,
            text=message.text,
            channel=Case.Channel.RESIDENT,
            building_id=building_id,
            reporter=NewReporter(),
            source=SOURCE,
            source_ref=message.message_id,
            source_at=message.written_at,
            is_history=keep_time,
        ),
        by=by,
        now=at,
        received_at=now,
    )
    if case.step_count > 1:
        return Outcome(case.number, is_new=False)
    register_case(number=case.number, by=by, now=at + _REGISTERED_AFTER)
    agency = catalogue().classes[case.case_class_id].lead_agency
    station = nearest_station(agency, case.place_path) if agency is not None else None
    if station is None:
        return Outcome(case.number, is_new=True)  # it waits for the dispatcher, who is shown that no station serves it
    dispatch_case(number=case.number, to=station.id, by=by, now=at + _DISPATCHED_AFTER)
    return Outcome(case.number, is_new=True, station=station.name)
