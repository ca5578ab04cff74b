"""A flow as a document (流程文件): what may stand in it, read strictly. What is wrong is said in plain words, with its place.

`functions` who does what · `skips` channels that need no confirmation · `evidence` moves that must come with a photo · `windows` how long
is waited · `approvals` who approves · `anonymous` what becomes of reports without a name · `off` moves that are not used here ·
`short` moves that one person may make in one press (short_ways.py).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.access.functions import unknown_roles
from shequtong.cases import permissions
from shequtong.cases.flow_functions import APPROVALS, FUNCTIONS, usual_roles
from shequtong.cases.models import Case
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.workflow import MOVES

WINDOWS = (
    *("accept_minutes", "accept_minutes_urgent", "reopen_days", "close_days", "ask_days", "escalate_hours"),
    *("extend_most", "suspend_most", "suspend_days", "send_backs_to_director", "near_metres", "near_days", "unmerge_days"),
)
ANONYMOUS = ("queue", "refuse")
SKIPPED = "confirm"  # the one move that is skipped by channel
LARGEST = 100_000  # of a window: ten years in hours
LEVELS = 3  # of escalation
# Made by nobody of the staff: the worker's, which its windows rule, and the reporters'.
_NOT_OURS = frozenset({permissions.RUN_CLOCK, permissions.EVALUATE, permissions.ADD, permissions.JOIN})

Document = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What cannot be read: where it stands, and why."""

    place: str
    words: str


@dataclass
class Reading:
    """A document as far as it could be read; with faults it is none."""

    document: Document = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, words: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(place, words))


def may_be_off() -> list[str]:
    """Moves a subdistrict may do without: those that staff are offered."""
    return [move.name for move in MOVES.values() if move.offered and move.permission not in _NOT_OURS]


def read_document(raw: object) -> Reading:
    """Read what JSON gave. Sections that are left out, or say what holds anyway, are left out of the document."""
    reading = Reading()
    if not isinstance(raw, dict):
        reading.fault("", _("A flow is a JSON object with sections such as “functions” and “windows”."))
        return reading
    for name, value in raw.items():
        reader = _SECTIONS.get(name)
        if reader is None:
            reading.fault(str(name), _("There is no such section; there are: %(known)s.") % {"known": _words(_SECTIONS)})
        elif (found := reader(reading, name, value)) or (name == "skips" and found == {}):
            reading.document[name] = found
    if not reading.faults:
        reading.document = dict(sorted(reading.document.items()))
    return reading


def _functions(reading: Reading, place: str, value: object) -> Document:
    return _roles_by_name(reading, place, value, FUNCTIONS)


def _approvals(reading: Reading, place: str, value: object) -> Document:
    return _roles_by_name(reading, place, value, APPROVALS)


def _roles_by_name(reading: Reading, place: str, value: object, known: Collection[str]) -> Document:
    found: Document = {}
    for name, codes in _object(reading, place, value, known):
        listed = _names(reading, f"{place}.{name}", codes, lambda code: not unknown_roles([code]), _role_codes())
        if listed is not None and not listed:
            reading.fault(f"{place}.{name}", _("Name one role at least."))
        if listed:
            found[name] = listed
    return dict(sorted(found.items()))


def _skips(reading: Reading, place: str, value: object) -> Document:
    found: Document = {}
    for name, channels in _object(reading, place, value, (SKIPPED,)):
        listed = _names(reading, f"{place}.{name}", channels, lambda one: one in Case.Channel.values, Case.Channel.values)
        if listed is not None:
            found[name] = listed
    return found


def _evidence(reading: Reading, place: str, value: object) -> list[str]:
    return _names(reading, place, value, MOVES.__contains__, MOVES) or []


def _off(reading: Reading, place: str, value: object) -> list[str]:
    return _names(reading, place, value, may_be_off().__contains__, may_be_off()) or []


def _short(reading: Reading, place: str, value: object) -> list[str]:
    return _names(reading, place, value, SHORT_WAYS.__contains__, SHORT_WAYS) or []


def _anonymous(reading: Reading, place: str, value: object) -> str:
    if value in ANONYMOUS:
        return str(value)
    reading.fault(place, _("This must be one of: %(known)s.") % {"known": _words(ANONYMOUS)})
    return ""


def _windows(reading: Reading, place: str, value: object) -> Document:
    found: Document = {}
    for name, told in _object(reading, place, value, WINDOWS):
        here = f"{place}.{name}"
        if name == "escalate_hours":
            if not isinstance(told, list) or len(told) != LEVELS:
                reading.fault(here, _("This must be a list of three numbers, one a level."))
            elif all(_is_number(reading, f"{here}[{at}]", one) for at, one in enumerate(told)):
                found[name] = told
        elif _is_number(reading, here, told):
            found[name] = told
    return dict(sorted(found.items()))


_SECTIONS: dict[str, Callable[[Reading, str, object], Any]] = {
    "functions": _functions,
    "skips": _skips,
    "evidence": _evidence,
    "windows": _windows,
    "approvals": _approvals,
    "anonymous": _anonymous,
    "off": _off,
    "short": _short,
}


def _object(reading: Reading, place: str, value: object, known: Collection[str]) -> Iterable[tuple[str, object]]:
    if not isinstance(value, dict):
        reading.fault(place, _("This must be an object: names with their values in { }."))
        return
    for name, told in value.items():
        if name in known:
            yield name, told
        else:
            reading.fault(f"{place}.{name}", _("This name is not known here; known are: %(known)s.") % {"known": _words(known)})


def _names(
    reading: Reading, place: str, value: object, is_known: Callable[[str], bool], known: Iterable[str]
) -> list[str] | None:
    """A list of known names, each once, sorted; None with a fault."""
    if not isinstance(value, list):
        reading.fault(place, _("This must be a list: names in [ ]."))
        return None
    wrong = [one for one in value if not isinstance(one, str) or not is_known(one)]
    for one in wrong:
        told = {"name": one, "known": _words(known)}
        reading.fault(place, _("“%(name)s” is not known here; known are: %(known)s.") % told)
    return None if wrong else sorted(set(value))


def _is_number(reading: Reading, place: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int):
        reading.fault(place, _("This must be a whole number."))
    elif value < 0:
        reading.fault(place, _("This must not be negative."))
    elif value > LARGEST:
        reading.fault(place, _("This must not be more than %(most)d.") % {"most": LARGEST})
    else:
        return True
    return False


def _words(names: Iterable[str]) -> str:
    return _(", ").join(names)


def _role_codes() -> list[str]:
    return [role.code for role in roles.table().roles.values() if not role.administrator]


def permissions_of(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Permission → roles, as the document says; what it does not name is not there. `approvals` give theirs by kind, taken together."""
    found = {FUNCTIONS[name].permission: list(codes) for name, codes in document.get("functions", {}).items()}
    approvals = approvers_of(document)
    for kind, codes in approvals.items():
        permission = APPROVALS[kind].permission
        found[permission] = sorted({*found.get(permission, []), *codes})
    return found


def approvers_of(document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Who approves what. Where only one kind of time is named, the other stays with whom config/roles.py says."""
    told = {kind: tuple(codes) for kind, codes in document.get("approvals", {}).items() if kind in APPROVALS}
    named = {APPROVALS[kind].permission for kind in told}
    for kind, function in APPROVALS.items():
        if kind not in told and function.permission in named:
            told[kind] = tuple(sorted(usual_roles(function.permission)))
    return told
