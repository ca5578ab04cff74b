"""The story of a case as who reported it reads it (办理过程): staff and their notes are not in it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Step
from shequtong.cases.shown import STAGE_LOOKS, limit_words, station_name
from shequtong.organizations.stations import directory

# What a step means to who reported it. Staff's notes stay theirs; only these tell the reporter something.
_TOLD: dict[str, Promise] = {
    "intake": gettext_lazy("We have your report"),
    "register": pgettext_lazy("told to the reporter", "Registered"),
    "dispatch": gettext_lazy("Passed to %(station)s"),
    "accept": gettext_lazy("%(station)s took it on"),
    "send_back": gettext_lazy("Came back; somebody else is being found for it"),
    "assist": gettext_lazy("%(station)s was asked to help"),
    "answer_assist": gettext_lazy("%(station)s helped"),
    "handle": gettext_lazy("%(station)s reported it as handled"),
    "verify": gettext_lazy("Checked: it is fixed"),
    "rework": gettext_lazy("Checked: not fixed yet, %(station)s goes on"),
    "answer": gettext_lazy("You were answered"),
    "close": pgettext_lazy("told to the reporter", "Closed"),
    "evaluate": gettext_lazy("You evaluated it"),
    "reopen": pgettext_lazy("told to the reporter", "Reopened"),
    "void": pgettext_lazy("told to the reporter", "Not pursued"),
    "confirm": gettext_lazy("Somebody went and looked"),
    "not_accept": pgettext_lazy("told to the reporter", "Not accepted"),
    "take_over": gettext_lazy("%(station)s goes on with it"),
    "take_back": gettext_lazy("Nobody took it on in time; somebody else is being found for it"),
    "decide": gettext_lazy("The director passed it to %(station)s"),
    "grant": gettext_lazy("More time was given"),
    "grant suspend": gettext_lazy("It is put off for a while"),
    "resume": gettext_lazy("It goes on"),
    "ask_reporter": gettext_lazy("You were asked something"),
    "answer_question": gettext_lazy("You answered"),
    "escalate": gettext_lazy("It is late; those above were told"),
    "urge": gettext_lazy("Those above asked for it to be settled"),
    "approve_answer": gettext_lazy("You were answered"),
    "auto_close": pgettext_lazy("told to the reporter", "Closed"),
    "call_back": gettext_lazy("You were called"),
    "self_handle": gettext_lazy("Settled on the spot"),
    "review": gettext_lazy("Reviewed"),
    "add": gettext_lazy("You added something"),
    "withdraw": gettext_lazy("You withdrew it"),
    "correct": gettext_lazy("What was taken down was corrected"),
    "merge": gettext_lazy("Handled together with another report"),
    "unmerge": gettext_lazy("Handled by itself again"),
    "join": gettext_lazy("Somebody else met it too"),
}
_YOU_CORRECTED = gettext_lazy("You corrected what was taken down")
_NOTE_TOLD = frozenset({"void", "not_accept", "ask_reporter", "add", "withdraw"})


@dataclass(frozen=True)
class Happened:
    """One line of the reporter's timeline."""

    title: str
    at: datetime
    shape: str
    tone: str
    note: str = ""
    move: str = ""


# What time tells again and again: each further one adds nothing for who reads it.
_SAID_ONCE = frozenset({"escalate"})


def happened(steps: list[Step]) -> list[Happened]:
    """The steps in the reporter's words, the latest first."""
    stations = directory().by_id
    found = []
    for step in reversed(steps):
        # A drafted answer is none yet, and who declined has not helped.
        if step.move not in _TOLD or step.details.get("draft") or step.details.get("done") is False:
            continue
        station = stations.get(step.station_id) if step.station_id else None
        told = _TOLD.get(f"{step.move} {step.details.get('asked', '')}", _TOLD[step.move])
        if step.move == "correct" and step.details.get("own"):
            told = _YOU_CORRECTED
        title = str(told) % {"station": station_name(station) if station else _("A station")}
        own = step.move == "reopen" and not step.post  # the reporter's reason for having it reopened
        note = step.note if own or step.move in _NOTE_TOLD else _promised_anew(step)
        found.append(Happened(title, step.at, *STAGE_LOOKS[step.to_stage], note=note, move=step.move))
    return _said_once(found)


def _said_once(lines: list[Happened]) -> list[Happened]:
    """Of what is told again in one round, from one reopening to the next, the latest line stands, and says how often and since when."""
    found, said = list[Happened](), dict[str, tuple[int, int]]()  # title -> where its line stands, how many there are
    for line in lines:
        if line.move == "reopen":
            said.clear()
        if line.move not in _SAID_ONCE or line.title not in said:
            said[line.title] = (len(found), 1)
            found.append(line)
            continue
        at, n = said[line.title]
        said[line.title] = (at, n + 1)
        words = {"n": n + 1, "since": formats.date_format(timezone.localtime(line.at), "DATETIME_FORMAT")}
        found[at] = replace(found[at], note=_("%(n)d times, since %(since)s") % words)
    return found


def _promised_anew(step: Step) -> str:
    """That the time for handling it is another than was told before, with both."""
    standards = catalogue().standards
    now, before = standards.get(step.details.get("standard", 0)), standards.get(step.details.get("instead_of", 0))
    if now is None or before is None:
        return ""
    return _("The time for handling it is %(now)s from dispatch on, not %(before)s as you were told before.") % {
        "now": limit_words(now.limit),
        "before": limit_words(before.limit),
    }
