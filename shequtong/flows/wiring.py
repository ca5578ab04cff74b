"""When this, then that (联动一览): the whole list. An architecture test fails when an event is published and not listed here."""

from collections.abc import Callable
from typing import Any

from shequtong.cases import events as cases
from shequtong.core.events import connect
from shequtong.flows.blocked_told import tell_blocked
from shequtong.flows.calendar_changed import ask_recompute_of_places
from shequtong.flows.case_told import (
    tell_above,
    tell_assignee,
    tell_former,
    tell_holder,
    tell_office,
    tell_reporter,
    tell_station,
    tell_urgers,
)
from shequtong.flows.followers import tell_followers, tell_named
from shequtong.flows.grids_redrawn import people_follow
from shequtong.flows.handed_over_told import tell_registry
from shequtong.flows.people_told import tell_answered, tell_asked, tell_export, tell_linked
from shequtong.flows.removed_contacts import forget_texts
from shequtong.flows.roots_told import tell_root
from shequtong.flows.systems_told import tell_administrators, tell_systems
from shequtong.interchange import events as interchange
from shequtong.people import events as people
from shequtong.territory import events as territory

Reaction = Callable[[Any], None]

WIRING: dict[type, tuple[Reaction, ...]] = {
    cases.CaseReported: (tell_reporter,),
    cases.CaseAdmitted: (tell_office,),
    cases.CaseConfirmed: (tell_office,),
    cases.CaseNotAccepted: (tell_reporter,),
    cases.CaseRegistered: (tell_reporter,),
    cases.CaseDispatched: (tell_station,),
    cases.CaseAccepted: (tell_reporter,),
    cases.CaseAssigned: (tell_assignee,),
    cases.HandOverOffered: (tell_station,),
    cases.CaseTakenOver: (tell_reporter,),
    cases.HandOverRefused: (tell_station,),
    cases.CaseSentBack: (tell_office,),
    cases.CaseTakenBack: (tell_office, tell_former),
    cases.CaseDecided: (tell_station,),
    cases.AssistanceAsked: (tell_station,),
    cases.AssistanceTaken: (tell_station,),
    cases.AssistanceAnswered: (tell_station,),
    cases.RequestCalledOff: (tell_station, tell_office),
    cases.CaseHandled: (tell_office,),
    cases.CaseVerified: (tell_office,),
    cases.CaseReworked: (tell_station,),
    cases.CaseAnswered: (tell_reporter, tell_office),
    cases.AnswerApproved: (tell_reporter,),
    cases.AnswerReturned: (tell_office,),
    cases.CaseClosed: (tell_reporter,),
    cases.CaseClosedByItself: (tell_reporter,),
    cases.ReporterCalledBack: (tell_office,),
    cases.CaseEvaluated: (),
    cases.CaseReopened: (tell_office,),
    cases.CaseVoided: (tell_reporter,),
    cases.CaseSettledOnTheSpot: (tell_office,),
    cases.SettlementReviewed: (),
    cases.ExtensionAsked: (tell_office,),
    cases.SuspensionAsked: (tell_office,),
    cases.TimeGranted: (tell_reporter,),
    cases.TimeRefused: (tell_station,),
    cases.CaseResumed: (tell_holder,),
    cases.ReporterAsked: (tell_reporter,),
    cases.QuestionAnswered: (tell_holder,),
    cases.CaseUrged: (tell_holder,),
    cases.UrgingReplied: (tell_office, tell_urgers),
    cases.CaseReminded: (tell_holder,),
    cases.CaseEscalated: (tell_above,),
    cases.AppealMade: (tell_office,),
    cases.AppealJudged: (tell_station,),
    cases.AppealJudgedFinally: (tell_station,),
    cases.CaseAddedTo: (tell_holder,),
    cases.CaseWithdrawn: (tell_holder,),
    cases.CaseCorrected: (tell_holder,),
    cases.CaseMerged: (tell_reporter,),
    cases.CaseUnmerged: (tell_reporter,),
    cases.CaseJoined: (),
    cases.NoteAdded: (tell_named,),
    cases.SenderBlocked: (tell_blocked,),
    cases.ContactRemoved: (forget_texts,),
    cases.RootProjectMoved: (tell_root,),
    interchange.SubscriptionPaused: (tell_administrators,),
    people.AccountLinked: (tell_linked,),
    people.RightsAsked: (tell_asked,),
    people.RightsAnswered: (tell_answered,),
    people.PersonsHandedOver: (tell_registry,),
    people.ExportMoved: (tell_export,),
    territory.CalendarChanged: (ask_recompute_of_places,),
    territory.GridsRedrawn: (people_follow,),
}
# Who follows a case is told of each of its moves, and so are other systems that subscribed.
WIRING |= {event: (*WIRING[event], tell_followers, tell_systems) for event in cases.OF_MOVE.values()}


def wire() -> None:
    """Connect all of it; called once when the project starts."""
    for event, reactions in WIRING.items():
        for reaction in reactions:
            connect(event, reaction)
