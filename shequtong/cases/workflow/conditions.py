"""When a move waits for something else (流转条件): each looks at the standing of a case and says why not, or nothing."""

from django.utils.translation import gettext_lazy as _

from shequtong.cases.workflow.stages import Stage
from shequtong.cases.workflow.table import Standing


def not_evaluated_yet(standing: Standing) -> object:
    """Once a closing."""
    return _("This case has been evaluated already.") if standing.evaluated else ""


def nobody_assists_in_hand(standing: Standing) -> object:
    """Sub-tasks asked for while handling are answered first; those that came with the dispatch go back with it."""
    if standing.assisting_open and standing.stage == Stage.HANDLING:
        return _("%(count)d assisting station(s) have not answered yet.") % {"count": standing.assisting_open}
    return ""


def not_by_themselves(standing: Standing) -> object:
    """What staff settled on the spot is reviewed, not verified."""
    return _("This case was settled on the spot; review it.") if standing.self_handled else ""


def nothing_offered(standing: Standing) -> object:
    """A hand-over that waits for its answer comes first."""
    return _("A hand-over waits for its answer.") if standing.offered else ""


def something_offered(standing: Standing) -> object:
    """There is something to take over."""
    return "" if standing.offered else _("No hand-over waits for an answer.")


def something_open(standing: Standing) -> object:
    """There is something to call off."""
    if standing.assisting_open or standing.asking or standing.offered or standing.paused == "reporter_asked":
        return ""
    return _("Nothing that your station asked of others is open.")


def nothing_asked(standing: Standing) -> object:
    """A request for time comes first."""
    return _("A request for more time waits for its decision. Call it off to go on without it.") if standing.asking else ""


def not_decided(standing: Standing) -> object:
    """After 裁定 the case stays where the director put it."""
    return _("The director decided that your station handles it.") if standing.decided else ""


def not_late(standing: Standing) -> object:
    """Time is asked for before it is up (standards.md 1.4)."""
    return _("It is overdue already; time had to be asked for before.") if standing.overdue else ""


def something_asked(standing: Standing) -> object:
    """There is a request to decide."""
    return "" if standing.asking else _("No request waits for a decision.")


def is_paused(standing: Standing) -> object:
    """There is a pause to end."""
    return "" if standing.paused else _("The clock is not paused.")


def somebody_to_ask(standing: Standing) -> object:
    """A case found by staff has no reporter."""
    return "" if standing.told else _("Nobody reported this case; there is no one to ask.")


def asked_the_reporter(standing: Standing) -> object:
    """A question waits for its answer."""
    return "" if standing.paused == "reporter_asked" else _("No question waits for an answer.")


def a_draft_waits(standing: Standing) -> object:
    """There is a draft to judge."""
    return "" if standing.answer_waits else _("No drafted answer waits for approval.")


def no_draft_waits(standing: Standing) -> object:
    """A draft comes first."""
    return _("A drafted answer waits for approval.") if standing.answer_waits else ""


def somebody_to_call(standing: Standing) -> object:
    """A case found by staff has no reporter."""
    return "" if standing.told else _("Nobody reported this case; there is no one to call.")


def was_late(standing: Standing) -> object:
    """Only a late case has something to appeal (standards.md 1.4)."""
    return "" if standing.handled_late else _("This case was not handled late; there is nothing to appeal.")


def not_appealed(standing: Standing) -> object:
    """Once a case (standards.md 1.4)."""
    return _("An appeal was made already.") if standing.appeal else ""


def waits_for_first(standing: Standing) -> object:
    """The first level judges."""
    return "" if standing.appeal == "first" else _("No appeal waits for this judgement.")


def waits_for_second(standing: Standing) -> object:
    """The second level judges."""
    return "" if standing.appeal == "second" else _("No appeal waits for this judgement.")


def by_themselves(standing: Standing) -> object:
    """Only what staff settled on the spot is reviewed."""
    return "" if standing.self_handled else _("This case was not settled on the spot.")


def not_withdrawn(standing: Standing) -> object:
    """A report is withdrawn once."""
    return _("This report was withdrawn already.") if standing.withdrawn else ""
