"""What staff read (致工作人员), by audience: the station, the office, who has the case, who stands above."""

from django.utils.translation import gettext_lazy as _

from shequtong.cases import events
from shequtong.flows.case_told.words import Words


def _granted(event: events.CaseEvent) -> object:
    if event.details.get("asked") == "suspend":
        return _("%(number)s (%(name)s): the suspension was granted; the clock stands still.")
    return _("%(number)s (%(name)s): the extension was granted; it is due by %(due)s now.")


def _admitted(event: events.CaseEvent) -> object:
    """Whoever admits registers as well; only where somebody has to go and look does it wait for another."""
    return _("%(number)s (%(name)s) was reported and waits to be looked at on the spot.") if event.stage == "confirmation" else ""


def _drafted(event: events.CaseEvent) -> object:
    """Only a draft waits for somebody."""
    return _("%(number)s (%(name)s): a drafted answer waits for approval.") if event.details.get("draft") else ""


def _judged(event: events.CaseEvent) -> object:
    return {
        "second": _("%(number)s (%(name)s): the appeal passed the first level and goes to the subdistrict."),
        "granted": _("%(number)s (%(name)s): the appeal was granted; it does not count as late."),
        "refused": _("%(number)s (%(name)s): the appeal was refused: %(note)s"),
    }[event.details["appeal"]]


def _called_off(event: events.CaseEvent) -> object:
    return {
        "task": _("%(number)s (%(name)s): your help is not needed any more: %(note)s"),
        "offer": _("%(number)s (%(name)s) is not offered to your station any more: %(note)s"),
    }.get(event.details["off"], "")


def _asks_no_more(event: events.CaseEvent) -> object:
    """Only a request for time had waited for the office."""
    return _("%(number)s (%(name)s): the station asks for time no more: %(note)s") if event.details["off"] == "time" else ""


def _unsolved(event: events.CaseEvent) -> object:
    """Who heard it may not always reopen; where they did, the reopening is told."""
    if event.stage != "closed" or event.details.get("solved") is not False or event.details.get("reopens"):
        return ""
    return _("%(number)s (%(name)s) was closed, but the reporter says that it is not solved. Please decide whether to reopen it.")


TO_STATION: Words = {
    events.CaseDispatched: _("%(number)s (%(name)s) was dispatched to your station, to be handled by %(due)s."),
    events.CaseDecided: _("%(number)s (%(name)s): the director decided that your station handles it, by %(due)s."),
    events.CaseReworked: _("%(number)s (%(name)s) was found not fixed: %(note)s Handle it again by %(due)s."),
    events.AssistanceAsked: _("%(number)s (%(name)s): your station is asked for assistance."),
    events.AssistanceTaken: _("%(number)s (%(name)s): the assisting station has taken its part on."),
    events.AssistanceAnswered: _("%(number)s (%(name)s): the assisting station has answered."),
    events.HandOverOffered: _("%(number)s (%(name)s) is offered to your station: %(note)s"),
    events.RequestCalledOff: _called_off,
    events.HandOverRefused: _("%(number)s (%(name)s): the other station does not take it over: %(note)s"),
    events.TimeRefused: _("%(number)s (%(name)s): the request for time was refused: %(note)s"),
    events.AppealJudged: _judged,
    events.AppealJudgedFinally: _judged,
}

TO_OFFICE: Words = {
    events.CaseAdmitted: _admitted,
    events.CaseConfirmed: _("%(number)s (%(name)s) was looked at on the spot and waits to be registered."),
    events.CaseSentBack: _("%(number)s (%(name)s) was sent back: %(note)s"),
    events.CaseTakenBack: _("%(number)s (%(name)s) was not accepted in time and waits for dispatch again."),
    events.CaseHandled: _("%(number)s (%(name)s) was reported as handled and waits for verification."),
    events.CaseVerified: _("%(number)s (%(name)s) was found fixed and waits to be closed."),
    events.CaseSettledOnTheSpot: _("%(number)s (%(name)s) was settled on the spot and waits for review."),
    events.CaseReopened: _("%(number)s (%(name)s) was reopened and waits for dispatch."),
    events.ExtensionAsked: _("%(number)s (%(name)s): the station asks for an extension: %(note)s"),
    events.SuspensionAsked: _("%(number)s (%(name)s): the station asks to suspend it: %(note)s"),
    events.RequestCalledOff: _asks_no_more,
    events.ReporterCalledBack: _unsolved,
    events.CaseAnswered: _drafted,
    events.AnswerReturned: _("%(number)s (%(name)s): the drafted answer is to be written anew: %(note)s"),
    events.UrgingReplied: _("%(number)s (%(name)s): the station replied to the urging: %(note)s"),
    events.AppealMade: _("%(number)s (%(name)s): the station appeals: %(note)s"),
}


def _reported(event: events.CaseEvent) -> object:
    return {
        "held": _("%(number)s (%(name)s) was reported and waits to be screened."),
        "confirmation": _("%(number)s (%(name)s) was reported and waits to be looked at on the spot."),
        "intake": _("%(number)s (%(name)s) was reported and waits to be registered."),
    }.get(event.stage, "")


# Whom it waits for after a step that reporters are told of as well.
TO_NEXT: Words = {
    events.CaseReported: _reported,
    events.CaseRegistered: _("%(number)s (%(name)s) was registered and waits for dispatch."),
}

TO_HELPERS: Words = {
    events.CaseDispatched: _("%(number)s (%(name)s): your station is asked for assistance."),
}

# Stations told in one statement with the reporters: the one it was taken over from, the one that was given time.
TO_LED: Words = {
    events.TimeGranted: _granted,
    events.CaseTakenOver: _("%(number)s (%(name)s) was taken over by the other station."),
}

TO_FORMER: Words = {
    events.CaseTakenBack: _("%(number)s (%(name)s) was taken back from your station: nobody accepted it in time."),
}

TO_ASSIGNEE: Words = {
    events.CaseAssigned: _("%(number)s (%(name)s) was assigned to you, to be handled by %(due)s."),
}


def _corrected(event: events.CaseEvent) -> object:
    """Colleagues need not hear of each other's corrections."""
    return _("%(number)s (%(name)s): the reporter corrected what was told.") if event.details.get("own") else ""


TO_HOLDER: Words = {
    events.CaseCorrected: _corrected,
    events.CaseResumed: _("%(number)s (%(name)s): the clock runs again; it is due by %(due)s."),
    events.QuestionAnswered: _("%(number)s (%(name)s): the reporter answered; the clock runs again, due by %(due)s."),
    events.CaseReminded: _("%(number)s (%(name)s) is due soon: %(due)s."),
    events.CaseUrged: _("%(number)s (%(name)s) is urged: %(note)s"),
    events.CaseAddedTo: _("%(number)s (%(name)s): the reporter added something."),
    events.CaseWithdrawn: _("%(number)s (%(name)s): the reporter withdrew the report."),
}

TO_ABOVE: Words = {
    events.CaseEscalated: _("%(number)s (%(name)s) is overdue since %(due)s (escalation level %(level)s)."),
}
