"""What reporters read (致反映人): Chinese, whatever language the member of staff works in; never the reporter's own words."""

from django.utils.translation import gettext_lazy as _

from shequtong.cases import events
from shequtong.flows.case_told.words import Words

_ANSWERED = _("[%(place)s] Your report %(number)s (%(name)s) has been answered. Read it with your number and key.")
_CLOSED = _("[%(place)s] Your report %(number)s (%(name)s) is closed. Please tell us whether it was solved.")


def _answered(event: events.CaseEvent) -> object:
    """A draft is none yet."""
    return "" if event.details.get("draft") else _ANSWERED


def _granted(event: events.CaseEvent) -> object:
    """What was promised is not to be; the new day, and whether it rests until then."""
    if event.details.get("asked") == "suspend":
        return _(
            "[%(place)s] Your report %(number)s (%(name)s) cannot be settled at once and is put off. It is to be handled by %(due)s."
        )
    return _("[%(place)s] Your report %(number)s (%(name)s) takes longer than planned. It is to be handled by %(due)s now.")


TO_REPORTER: Words = {
    events.CaseReported: _("[%(place)s] We received your report (%(name)s), number %(number)s. Follow it with this number."),
    events.CaseNotAccepted: _("[%(place)s] Your report %(number)s (%(name)s) is not accepted. Reason: %(note)s"),
    events.CaseRegistered: _("[%(place)s] Your report %(number)s (%(name)s) is registered and will be dispatched."),
    events.CaseAccepted: _("[%(place)s] Your report %(number)s (%(name)s) is being handled by %(station)s, by %(due)s."),
    events.CaseTakenOver: _(
        "[%(place)s] Your report %(number)s (%(name)s) is being handled by %(lead)s from now on, by %(due)s."
    ),
    events.TimeGranted: _granted,
    events.ReporterAsked: _("[%(place)s] About your report %(number)s (%(name)s) we need to ask you: %(note)s Answer here:"),
    events.CaseAnswered: _answered,
    events.AnswerApproved: _ANSWERED,
    events.CaseClosed: _CLOSED,
    events.CaseClosedByItself: _CLOSED,
    events.CaseVoided: _("[%(place)s] Your report %(number)s (%(name)s) is not pursued. Reason: %(note)s"),
    events.CaseMerged: _("[%(place)s] Your report %(number)s (%(name)s) is handled together with %(into)s. You will hear of it."),
    events.CaseUnmerged: _("[%(place)s] Your report %(number)s (%(name)s) is handled by itself again."),
}
