"""What a step says beside its note (轨迹说明): for who was not there, whom it named, what was found or judged, what became of the limit.

Read from the step and the one before it, which the page has loaded: no statement. The page of the case and the case file say the same.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Step
from shequtong.cases.shown import class_name, place_name, station_name
from shequtong.cases.usecases.not_accept_case import REASONS
from shequtong.core.places import place
from shequtong.organizations.stations import directory

_FOUND = {
    "exists": gettext_lazy("It is as reported"),
    "absent": gettext_lazy("Nothing of the kind is there"),
    "unclear": gettext_lazy("It cannot be said"),
}
_ASKED = {"extend": gettext_lazy("Extension"), "suspend": gettext_lazy("Suspension")}
_LEVELS = {
    1: pgettext_lazy("level of urging", "Precinct office"),
    2: pgettext_lazy("level of urging", "Subdistrict"),
    3: pgettext_lazy("level of urging", "District"),
}
_OFF = {
    "time": gettext_lazy("The request for time"),
    "offer": gettext_lazy("Hand-over to %(station)s"),
    "task": gettext_lazy("Assistance of %(station)s"),
    "question": gettext_lazy("The question to the reporter: the clock runs on"),
}
_TO = ("dispatch", "decide", "assist", "hand_over", "take_over")


# What a correction may change, as its details name it; the last ones are of a hotline's order that was sent anew.
_CORRECTED = {
    "class": gettext_lazy("Class: %(before)s → %(after)s"),
    "path": gettext_lazy("Place: %(before)s → %(after)s"),
    "address": gettext_lazy("Address: %(before)s → %(after)s"),
    "phone": gettext_lazy("Telephone: %(before)s → %(after)s"),
    "order_due": gettext_lazy("Due to the hotline: %(before)s → %(after)s"),
    "order_urgency": gettext_lazy("Urgency: %(before)s → %(after)s"),
    "order_opinion": gettext_lazy("Instruction of the hotline: %(before)s → %(after)s"),
    "order_reply": gettext_lazy("Reply to the caller required: %(before)s → %(after)s"),
    "order_confidential": gettext_lazy("Confidential: %(before)s → %(after)s"),
}


def steps_told(steps: Sequence[Step], *, hidden: bool) -> list[list[str]]:
    """For each step, in their order, the lines that stand under who made it. `hidden`: of a confidential case no telephone, not even masked."""
    if not steps:
        return []
    first = _lines(steps[0], None, hidden=hidden)
    return [first, *(_lines(step, before, hidden=hidden) for before, step in pairwise(steps))]


def _lines(step: Step, before: Step | None, *, hidden: bool) -> list[str]:
    if step.move == "correct":
        return [*_corrected(step, hidden=hidden), *_limit(step, before)]
    said = [line for name, say in _SAYS.items() if name in step.details for line in say(step, step.details[name])]
    station = _name(step.station_id) if step.move in _TO else ""
    return [*([f"→ {station}"] if station else []), *said, *_limit(step, before)]


def _name(station_id: int | None) -> str:
    found = directory().by_id.get(station_id or 0)
    return station_name(found) if found else ""


def _moment(step: Step, at: datetime) -> str:
    zone: ZoneInfo = place(step.subdistrict_id).zone
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _limit(step: Step, before: Step | None) -> Iterator[str]:
    """The limit, where this step set another: within a stage with the one it had, at a pause or more time."""
    if step.due_at is None or (before is not None and step.due_at == before.due_at):
        return
    told = {"due": _moment(step, step.due_at)}
    if before is not None and before.due_at is not None and step.from_stage == step.to_stage:
        yield _("Limit: %(before)s → %(due)s") % {**told, "before": _moment(step, before.due_at)}
    elif step.to_stage in ("dispatched", "handling"):
        yield _("To be handled by %(due)s") % told


def _corrected(step: Step, *, hidden: bool) -> Iterator[str]:
    """What was put right: before and after."""
    for name, words in _CORRECTED.items():
        told = step.details.get(name)
        if told and not (hidden and name == "phone"):
            before, after = (_as_read(step, name, value) for value in told)
            yield words % {"before": before, "after": after}


def _as_read(step: Step, name: str, value: Any) -> str:
    kinds = catalogue().by_code
    if name == "class" and value in kinds:
        return class_name(kinds[value])
    if name == "path" and value:
        return place_name(value)
    if name == "order_due" and value:
        return _moment(step, datetime.fromisoformat(value))
    if isinstance(value, bool):
        return pgettext("export", "Yes") if value else pgettext("export", "No")
    return str(value or "—")


def _assisting(_step: Step, ids: list[int]) -> Iterator[str]:
    yield _("Assisting: %(stations)s") % {"stations": "、".join(_name(one) for one in ids)}


def _finding(_step: Step, found: str) -> Iterator[str]:
    if found in _FOUND:
        yield _("Found: %(finding)s") % {"finding": _FOUND[found]}


def _why(_step: Step, why: str) -> Iterator[str]:
    if why in REASONS:
        yield str(REASONS[why])


def _until(step: Step, until: str) -> Iterator[str]:
    at = {"until": _moment(step, datetime.fromisoformat(until))}
    yield (_("Asked for until %(until)s") if step.move == "suspend" else _("May be answered until %(until)s")) % at


def _asked(_step: Step, kind: str) -> Iterator[str]:
    if kind in _ASKED:
        yield str(_ASKED[kind])


def _was(step: Step, was: str) -> Iterator[str]:
    if not step.post and step.account_id is None:
        yield _("The time that was asked for is over.") if was == "suspended" else _("The reporter did not answer in time.")


def _level(_step: Step, level: int) -> Iterator[str]:
    if level in _LEVELS:
        yield _("To the level of: %(level)s") % {"level": _LEVELS[level]}


def _reply_by(step: Step, by: str) -> Iterator[str]:
    yield _("Reply by %(by)s") % {"by": _moment(step, datetime.fromisoformat(by))}


def _done(_step: Step, done: bool) -> Iterator[str]:
    yield _("Done") if done else _("Declined")


def _assignee(_step: Step, names: list[str]) -> Iterator[str]:
    yield _("Assigned to %(name)s") % {"name": names[-1]}


def _appeal(step: Step, state: str) -> Iterator[str]:
    if step.move.startswith("judge_appeal"):
        yield _("Not granted") if state == "refused" else _("Granted")


def _let_lie(_step: Step, station: int | None) -> Iterator[str]:
    if _name(station):
        yield _("Not accepted in time by %(station)s") % {"station": _name(station)}


def _off(step: Step, what: str) -> Iterator[str]:
    if what in _OFF:
        yield str(_OFF[what]) % {"station": _name(step.station_id)}


def _draft(_step: Step, _is: bool) -> Iterator[str]:
    yield pgettext("answer", "Waits for approval")


def _into(_step: Step, number: str) -> Iterator[str]:
    yield f"→ {number}"


def _reached(_step: Step, reached: bool) -> Iterator[str]:
    yield pgettext("call back", "Reached") if reached else pgettext("call back", "Nobody answered")


def _solved(_step: Step, solved: bool | None) -> Iterator[str]:
    if solved is not None:
        yield _("Solved") if solved else _("Not solved")


def _score(_step: Step, score: int | None) -> Iterator[str]:
    if score is not None:
        yield _("Satisfaction %(score)s of 5") % {"score": score}


_SAYS: dict[str, Callable[[Step, Any], Iterator[str]]] = {
    "assisting": _assisting,
    "finding": _finding,
    "why": _why,
    "asked": _asked,
    "until": _until,
    "was": _was,
    "level": _level,
    "reply_by": _reply_by,
    "done": _done,
    "assignee": _assignee,
    "appeal": _appeal,
    "station": _let_lie,
    "off": _off,
    "draft": _draft,
    "into": _into,
    "reached": _reached,
    "solved": _solved,
    "score": _score,
}
