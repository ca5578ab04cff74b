"""How a word is counted (怎么算), in the figures that hold: from the tables the platform works by, never typed a second time."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import Rules
from shequtong.cases.roots import QUIET
from shequtong.cases.usecases.block_sender import LONGEST_DAYS
from shequtong.cases.workflow import Stage
from shequtong.core.clock import AMBER_FROM, ClockKind, Limit, wording


def stage_limit(stage: Stage) -> Callable[[Rules], str]:
    """The limit staff have for a stage of their own."""
    return lambda _rules: _("Limit of this stage: %(limit)s.") % {"limit": wording.limit_text(catalogue().stage_limit(stage))}


def sent_back_to_decision(rules: Rules) -> str:
    """When a quarrel over duty is decided."""
    return _("Once it has been sent back %(times)d times it comes to be decided.") % {"times": rules.send_backs_to_director}


def accept_limits(rules: Rules) -> str:
    """How long a dispatch may lie unanswered."""
    usual = Limit.of_minutes(rules.accept_minutes, ClockKind.WORK_HOURS)
    urgent = Limit.of_minutes(rules.accept_minutes_urgent, ClockKind.URGENT_HOURS)
    return _(
        "To be accepted within %(usual)s, within %(urgent)s in urgent classes; after that the dispatch is taken back by itself."
    ) % {"usual": wording.limit_text(usual), "urgent": wording.limit_text(urgent)}


def handling_limit(_rules: Rules) -> str:
    """Where the limit of a station comes from."""
    return _("The limit stands in the standard of its class and counts from dispatch on; pauses do not count.")


def closes_by_itself(rules: Rules) -> str:
    """When an answered case closes."""
    return _("When it was answered and nobody closes it, it closes by itself after %(days)d days.") % {"days": rules.close_days}


def may_be_reopened(rules: Rules) -> str:
    """The reporter's window."""
    return _("The reporter may have it reopened for %(days)d days after closing.") % {"days": rules.reopen_days}


def may_be_unmerged(rules: Rules) -> str:
    """How long a merger can be undone."""
    return _("It can be taken apart again for %(days)d days.") % {"days": rules.unmerge_days}


def due_reckoned(_rules: Rules) -> str:
    """From where to where a due time is reckoned."""
    return _(
        "Counted by the work calendar from the start of the clock, with extensions, without pauses; another system's earlier due time goes before."
    )


def amber_from(_rules: Rules) -> str:
    """The share of the limit at which it turns amber."""
    used, whole = AMBER_FROM
    return _("From %(share)s of the limit on.") % {"share": f"{100 * used // whole}%"}


def escalates(rules: Rules) -> str:
    """When each level is told."""
    hours = "、".join(str(hours) for hours in rules.escalate_hours)
    return _(
        "Told after %(hours)s hours past the due time, to the precinct office, the subdistrict and the district in turn."
    ) % {"hours": hours}


def work_day_is(_rules: Rules) -> str:
    """Hours of one working day."""
    hours = ClockKind.WORK_DAYS.minutes_of_day // 60
    return _("One working day is %(hours)d office hours, however long the office is open.") % {"hours": hours}


def extension_adds(rules: Rules) -> str:
    """What an extension gives, and how often."""
    return _("Each extension adds the original limit once more; at most %(times)d a case.") % {"times": rules.extend_most}


def suspension_lasts(rules: Rules) -> str:
    """How often and how long a case may be suspended."""
    told = {"times": rules.suspend_most, "days": rules.suspend_days}
    return _("At most %(times)d times a case, each until a day within %(days)d days.") % told


def question_waits(rules: Rules) -> str:
    """How long a question keeps the clock."""
    return _("The answer is waited for %(days)d days, in urgent classes no longer than their limit; then the clock runs on.") % {
        "days": rules.ask_days
    }


def near_are_shown(rules: Rules) -> str:
    """Which cases are shown as perhaps the same."""
    told = {"metres": rules.near_metres, "days": rules.near_days}
    return _("Open cases within %(metres)d metres and %(days)d days are shown as perhaps the same.") % told


def contacts_kept(_rules: Rules) -> str:
    """How long name and telephone are kept."""
    days = settings.CASES_KEEP_CONTACTS_DAYS
    return _("Name and telephone are removed %(days)d days after the case has ended.") % {"days": days}


def limited_at_most(_rules: Rules) -> str:
    """How long a sender may be limited at a time."""
    return _("For %(days)d days at most at a time.") % {"days": LONGEST_DAYS}


def quiet_days(_rules: Rules) -> str:
    """How long nothing may come before a root-cause project ends."""
    return _("%(days)d days.") % {"days": QUIET.days}
