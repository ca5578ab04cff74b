"""A flow in words (流程说明): every line of a document as a clerk reads it, what differs between two, and the table beside the picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.access.functions import roles_holding
from shequtong.access.roles import table
from shequtong.cases.flow import rules_of
from shequtong.cases.flow_document import ANONYMOUS, SKIPPED, WINDOWS, approvers_of, permissions_of
from shequtong.cases.flow_functions import APPROVALS, FUNCTIONS, usual_roles
from shequtong.cases.models import Case
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.workflow import MOVES, Clock, Move, Stage

SECTION_LABELS: Final = {
    "functions": gettext_lazy("Who does what"),
    "approvals": gettext_lazy("Who approves"),
    "skips": gettext_lazy("What is skipped"),
    "evidence": gettext_lazy("What must come with it"),
    "windows": gettext_lazy("How long is waited"),
    "anonymous": gettext_lazy("Without a name"),
    "off": gettext_lazy("Not used here"),
    "short": gettext_lazy("In one press"),
}
WINDOW_LABELS: Final = {
    "accept_minutes": gettext_lazy("Accepting a dispatch, office minutes"),
    "accept_minutes_urgent": gettext_lazy("Accepting an urgent dispatch, minutes day and night"),
    "reopen_days": gettext_lazy("The reporter may reopen, days"),
    "close_days": gettext_lazy("An answered case closes by itself after, days"),
    "ask_days": gettext_lazy("The reporter may answer a question, days"),
    "escalate_hours": gettext_lazy("Overdue: told to level 1, 2, 3 after, hours"),
    "extend_most": gettext_lazy("Extensions at most"),
    "suspend_most": gettext_lazy("Suspensions at most"),
    "suspend_days": gettext_lazy("A suspension at most, days"),
    "send_backs_to_director": gettext_lazy("Sent back so many times, the director decides"),
    "near_metres": gettext_lazy("Likely the same: within, metres"),
    "near_days": gettext_lazy("Likely the same: within, days"),
    "unmerge_days": gettext_lazy("A merger can be taken apart for, days"),
}
ANONYMOUS_LABELS: Final = {
    "queue": gettext_lazy("Taken in, and looked at first"),
    "refuse": gettext_lazy("Not taken in"),
}
CLOCK_LABELS: Final = {
    Clock.NONE: pgettext_lazy("clock of a move", "ends"),
    Clock.STAGE: pgettext_lazy("clock of a move", "that of the stage"),
    Clock.HANDLING: pgettext_lazy("clock of a move", "that of the standard"),
    Clock.KEEP: pgettext_lazy("clock of a move", "goes on"),
}
assert set(WINDOW_LABELS) == set(WINDOWS)
assert set(ANONYMOUS_LABELS) == set(ANONYMOUS)


@dataclass(frozen=True)
class Line:
    """One thing that a flow says, and whether it says other than what holds everywhere."""

    section: str
    label: str
    words: str
    is_own: bool = False


@dataclass(frozen=True)
class Difference:
    """A line that reads otherwise in another document."""

    section: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class MoveRow:
    """One move in the table beside the picture."""

    name: str
    label: str
    ways: list[tuple[str, str]]  # from, to
    who: str
    needs: list[str]
    clock: str
    is_off: bool


def lines_of(document: Mapping[str, Any]) -> list[Line]:
    """All that a document says, with what it leaves as it is everywhere."""
    told, plain = _words(document), _words({})
    return [
        Line(str(SECTION_LABELS[section]), str(label), words, words != plain[section, name][1])
        for (section, name), (label, words) in told.items()
    ]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The lines that read otherwise, in the order of the sections."""
    old, new = _words(before), _words(after)
    return [
        Difference(str(SECTION_LABELS[section]), str(label), old[section, name][1], words)
        for (section, name), (label, words) in new.items()
        if words != old[section, name][1]
    ]


def roles_in_words(codes: Any) -> str:
    """Roles by name, in the order of the table of rights."""
    return listed(str(role.label) for code, role in table().roles.items() if code in set(codes))


def listed(words: Any) -> str:
    """Some words after one another; a dash for none."""
    return _(", ").join(words) or "—"


def _words(document: Mapping[str, Any]) -> dict[tuple[str, str], tuple[object, str]]:
    rules, named, approvers = rules_of(dict(document)), permissions_of(document), approvers_of(document)
    found: dict[tuple[str, str], tuple[object, str]] = {}
    for name, function in FUNCTIONS.items():
        codes = named.get(function.permission) or usual_roles(function.permission)
        found["functions", name] = (function.label, roles_in_words(codes))
    for kind, function in APPROVALS.items():
        some = approvers.get(kind) or usual_roles(function.permission)
        found["approvals", kind] = (function.label, roles_in_words(some))
    channels = listed(str(Case.Channel(one).label) for one in Case.Channel.values if one in rules.confirm_skips)
    found["skips", SKIPPED] = (_("Confirming is skipped for"), channels)
    found["evidence", ""] = (_("A photo is demanded with"), _moves(rules.evidence))
    for name, label in WINDOW_LABELS.items():
        value = getattr(rules, name)
        found["windows", name] = (label, " / ".join(map(str, value)) if isinstance(value, tuple | list) else str(value))
    found["anonymous", ""] = (_("Reports without a phone or a sign-in"), str(ANONYMOUS_LABELS[rules.anonymous]))
    found["off", ""] = (_("Moves that are not used"), _moves(rules.off))
    found["short", ""] = (_("Moves one person may make in one press"), listed(str(SHORT_WAYS[one].label) for one in rules.short))
    return found


def _moves(names: Any) -> str:
    return listed(str(MOVES[name].label) for name in MOVES if name in set(names))


def move_rows(document: Mapping[str, Any]) -> list[MoveRow]:
    """Every move of the table, as it is made under this flow."""
    rules, named = rules_of(dict(document)), permissions_of(document)
    return [_row(move, rules.off, rules.evidence, named) for move in MOVES.values()]


def _row(move: Move, off: tuple[str, ...], evidence: tuple[str, ...], named: Mapping[str, list[str]]) -> MoveRow:
    codes = roles_holding(move.permission, {}) - usual_roles(move.permission)  # the district's, whatever the street says
    codes |= set(named.get(move.permission) or usual_roles(move.permission))
    who = [roles_in_words(codes)] if codes else []
    if move.permission in table().resident:
        who.append(_("the reporter"))
    needs = [_("a reason")] if move.reason else []
    if move.name in evidence:
        needs.append(_("a photo"))
    elif move.needs_after_photo:
        needs.append(_("a photo where the standard asks for one"))
    return MoveRow(
        name=move.name,
        label=str(move.label),
        ways=_ways(move),
        who=listed(who) if who else _("the platform by itself"),
        needs=needs,
        clock=str(CLOCK_LABELS[move.clock]),
        is_off=move.name in off,
    )


def _ways(move: Move) -> list[tuple[str, str]]:
    """From where to where; "" is nowhere yet, and the stage it stays at."""
    ends = dict.fromkeys([*([move.to] if move.to else []), *move.may_end_in])
    to = " / ".join(str(stage.label) for stage in ends)
    if len(move.sources) > len(Stage) / 2:
        return [(_("every open stage"), to)]
    return [(str(stage.label), to) for stage in move.sources] or [("", to)]
