"""What reporters read (致反映人): Chinese, whatever language the member of staff works in; never the reporter's own words."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shequtong.cases import events
from shequtong.flows.case_told.words import Words

_READ_IT = _("[%(place)s] Your report %(number)s (%(name)s) has been answered. Read the answer here:")
_ANSWERED = _("[%(place)s] Your report %(number)s (%(name)s) has been answered. Read it with your number and key.")
_EVALUATE = _("[%(place)s] Your report %(number)s (%(name)s) is closed. Was it solved? Read and evaluate it here:")
_CLOSED = _("[%(place)s] Your report %(number)s (%(name)s) is closed. Please tell us whether it was solved.")


def _answered(event: events.CaseEvent) -> object:
    """A draft is none yet."""
    return "" if event.details.get("draft") else _approved(event)


def _approved(event: events.CaseEvent) -> object:
    return _READ_IT if event.taken_down and settings.SITE_URL else _ANSWERED


def _closed(event: events.CaseEvent) -> object:
    return _EVALUATE if event.taken_down and settings.SITE_URL else _CLOSED


def _registered(event: events.CaseEvent) -> object:
    """By when it is to be handled; and that this is not what was said before, where the office took it for something else."""
    if event.details.get("instead_of"):
        return _(
            "[%(place)s] Your report %(number)s (%(name)s) is registered. After looking at it, the time for handling it is %(limit)s from"
            " dispatch on, not %(limit_before)s as you were told before."
        )
    return _(
        "[%(place)s] Your report %(number)s (%(name)s) is registered and will be dispatched; from then on handling may take %(limit)s."
    )


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
    events.CaseRegistered: _registered,
    events.CaseAccepted: _("[%(place)s] Your report %(number)s (%(name)s) is being handled by %(station)s, by %(due)s."),
    events.CaseTakenOver: _(
        "[%(place)s] Your report %(number)s (%(name)s) is being handled by %(lead)s from now on, by %(due)s."
    ),
    events.TimeGranted: _granted,
    events.ReporterAsked: _("[%(place)s] About your report %(number)s (%(name)s) we need to ask you: %(note)s Answer here:"),
    events.CaseAnswered: _answered,
    events.AnswerApproved: _approved,
    events.CaseClosed: _closed,
    events.CaseClosedByItself: _closed,
    events.CaseVoided: _("[%(place)s] Your report %(number)s (%(name)s) is not pursued. Reason: %(note)s"),
    events.CaseMerged: _("[%(place)s] Your report %(number)s (%(name)s) is handled together with %(into)s. You will hear of it."),
    events.CaseUnmerged: _("[%(place)s] Your report %(number)s (%(name)s) is handled by itself again."),
}
# With the address where it is read.
READ_THERE = frozenset({events.CaseAnswered, events.AnswerApproved, events.CaseClosed, events.CaseClosedByItself})
