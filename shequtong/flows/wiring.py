"""When this, then that (联动一览): the whole list. An architecture test fails when an event is published and not listed here."""

from collections.abc import Callable
from typing import Any

from shequtong.cases import events as cases
from shequtong.core.events import connect
from shequtong.flows.calendar_changed import ask_recompute_of_places
from shequtong.flows.case_told import tell_office, tell_reporter, tell_station
from shequtong.territory import events as territory

Reaction = Callable[[Any], None]

WIRING: dict[type, tuple[Reaction, ...]] = {
    cases.CaseReported: (tell_reporter,),
    cases.CaseRegistered: (tell_reporter,),
    cases.CaseDispatched: (tell_station,),
    cases.CaseAccepted: (tell_reporter,),
    cases.CaseSentBack: (tell_office,),
    cases.AssistanceAsked: (tell_station,),
    cases.AssistanceAnswered: (tell_station,),
    cases.CaseHandled: (tell_office,),
    cases.CaseVerified: (),  # nobody waits for it but the desk's own list
    cases.CaseReworked: (tell_station,),
    cases.CaseAnswered: (tell_reporter,),
    cases.CaseClosed: (tell_reporter,),
    cases.CaseEvaluated: (),  # scored from the facts, later
    cases.CaseReopened: (tell_office,),
    cases.CaseVoided: (tell_reporter,),
    territory.CalendarChanged: (ask_recompute_of_places,),
}


def wire() -> None:
    """Connect all of it; called once when the project starts."""
    for event, reactions in WIRING.items():
        for reaction in reactions:
            connect(event, reaction)
