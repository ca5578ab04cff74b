"""The check of a flow before it is published (流程检查): what would leave cases standing, by name and in words a clerk understands.

Pure: the table of moves, the document, and what the place has are given. `refuses` tells what must be mended from what is only said.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from shequtong.cases import permissions
from shequtong.cases.flow import rules_of
from shequtong.cases.flow_document import permissions_of
from shequtong.cases.flow_findings import Finding, Flow, Place, label, labels, on_the_spot, roles_named
from shequtong.cases.flow_functions import APPROVALS, function_label
from shequtong.cases.flow_graph import Edge, dead_ends, edges, of_kind, reachable
from shequtong.cases.flow_waiting import waiting
from shequtong.cases.workflow import OPEN_STAGES, STATION_STAGES, Move, Stage

UNREACHABLE, NO_EXIT, NOBODY, NO_LIMIT, ONESELF = (
    *("unreachable_stage", "no_exit", "role_nobody_holds", "missing_limit", "approval_by_oneself"),
)
# Moves that take photos; a flow may demand one with these alone.
TAKES_PHOTOS: Final = ("confirm", "handle", "verify", "rework")
# Who does the first may not do the second on the same case: the second needs somebody else.
PAIRS: Final = (
    (permissions.ASK_TIME, permissions.GRANT_TIME),
    (permissions.ANSWER, permissions.APPROVE_ANSWER),
    (permissions.HANDLE, permissions.VERIFY),
    (permissions.SELF_HANDLE, permissions.REVIEW),
    (permissions.APPEAL, permissions.JUDGE_APPEAL),
    (permissions.JUDGE_APPEAL, permissions.JUDGE_APPEAL_FINALLY),
)
# A move that waits for others: taken out together or not at all.
HALVES: Final = {
    "extend": ("grant", "refuse"),
    "suspend": ("grant", "refuse"),
    "answer": ("approve_answer", "return_answer"),
    "appeal": ("judge_appeal", "judge_appeal_finally"),
}


def lint(moves: Mapping[str, Move], document: Mapping[str, Any], place: Place) -> list[Finding]:
    """All that is found, what refuses first. `document` has been read by `read_document`."""
    flow = Flow(moves, document, place, rules_of(dict(document)), permissions_of(document))
    found = [finding for check in _CHECKS for finding in check(flow)]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.refuses)


def _stages(flow: Flow) -> Iterator[Finding]:
    ordinary = _onward(of_kind(flow.moves, flow.rules.off, self_handled=False))
    if Stage.CONFIRMATION not in flow.begins():  # skipped for every channel: 放行 does not lead there either
        ordinary = [edge for edge in ordinary if edge.target != Stage.CONFIRMATION]
    in_use = reachable(flow.begins(), ordinary)
    for stage in (*OPEN_STAGES, Stage.CLOSED):
        # A stage that nothing leads out of either was taken out on purpose.
        left = [edge for edge in ordinary if edge.source == stage and edge.target in (*OPEN_STAGES, Stage.CLOSED)]
        chosen = stage == Stage.CONFIRMATION and stage not in flow.begins()
        if stage not in in_use and left and not chosen:
            told = {"stage": stage.label, "moves": labels(edge.move for edge in left)}
            words = _("No case can get to “%(stage)s” any more, yet the flow goes on from there (%(moves)s).") % told
            yield Finding(UNREACHABLE, stage.value, words)
    for stage in dead_ends([one for one in in_use if one in OPEN_STAGES], Stage.CLOSED, ordinary):
        yield _no_exit(stage)
    # A stage that no case gets to any more still holds those that are there.
    for stage in dead_ends(
        [one for one in OPEN_STAGES if one in flow.place.standing and one not in in_use], Stage.CLOSED, ordinary
    ):
        words = _("There are cases at “%(stage)s”, and no move in use would lead them on. Let them go on first.") % {
            "stage": stage.label
        }
        yield Finding("cases_left_standing", stage.value, words)
    yield from _on_the_spot(flow)
    yield from _limits(flow, in_use)


def _onward(moves: list[Move]) -> list[Edge]:
    """Ways on. What leads back out of another end, as 撤销并案 does, only undoes what led there."""
    return [edge for edge in edges(moves) if edge.source in (*OPEN_STAGES, Stage.CLOSED)]


def _on_the_spot(flow: Flow) -> Iterator[Finding]:
    """What was settled on the spot takes a way of its own from 核查."""
    ways = _onward(of_kind(flow.moves, flow.rules.off, self_handled=True))
    starts = {move.to for move in flow.moves.values() if move.to and on_the_spot(move) and move.name not in flow.rules.off}
    for stage in dead_ends([one for one in reachable(starts, ways) if one in OPEN_STAGES], Stage.CLOSED, ways):
        yield _no_exit(stage)


def _no_exit(stage: Stage) -> Finding:
    words = _("A case at “%(stage)s” can never be closed: no move in use leads on from there.") % {"stage": stage.label}
    return Finding(NO_EXIT, stage.value, words)


def _limits(flow: Flow, in_use: set[Stage]) -> Iterator[Finding]:
    for stage in OPEN_STAGES:
        if stage in in_use and stage not in STATION_STAGES and stage.value not in flow.place.limits:
            words = _("“%(stage)s” has no limit: a case could wait there for ever and nobody would be late.") % {
                "stage": stage.label
            }
            yield Finding(NO_LIMIT, stage.value, words)


def _people(flow: Flow) -> Iterator[Finding]:
    for permission, codes in flow.named.items():
        nobody = [code for code in codes if not flow.place.count([code])]
        if not nobody:
            continue
        told = {"function": function_label(permission), "roles": roles_named(flow, nobody)}
        if len(nobody) == len(codes):
            words = _("“%(function)s” is given only to roles that nobody holds here: %(roles)s.") % told
        else:
            words = _("“%(function)s” is also given to roles that nobody holds here: %(roles)s.") % told
        yield Finding(NOBODY, permission, words, refuses=len(nobody) == len(codes))
    for permission in dict.fromkeys(move.permission for move in flow.moves.values() if move.offered):
        doers = flow.roles_of(permission)
        if permission not in flow.named and doers and flow.asked_by(permission) and not flow.place.count(doers):
            told = {"function": function_label(permission), "roles": roles_named(flow, sorted(doers))}
            words = _("Nobody here holds a role for “%(function)s”: %(roles)s.") % told
            yield Finding(NOBODY, permission, words, refuses=False)


def _kinds(flow: Flow) -> Iterator[Finding]:
    """A role must see what it works on; what a station does for itself is for a station's people."""
    for permission, codes in flow.named.items():
        known = [flow.place.roles[code] for code in codes if code in flow.place.roles]
        blind = [role.code for role in known if permissions.VIEW not in role.permissions]
        if blind:
            told = {"function": function_label(permission), "roles": roles_named(flow, blind)}
            yield Finding(
                "role_sees_no_case",
                permission,
                _("“%(function)s” is given to a role that sees no case in full: %(roles)s.") % told,
            )
        usual = [role for role in flow.place.roles.values() if permission in role.permissions]
        strangers = [role.code for role in known if not role.at_station]
        if usual and strangers and all(role.at_station for role in usual) and permission != permissions.INTAKE:
            told = {"function": function_label(permission), "roles": roles_named(flow, strangers)}
            words = _("“%(function)s” is done by a station for its own cases; these roles belong to none: %(roles)s.") % told
            yield Finding("role_of_no_station", permission, words)


def _oneself(flow: Flow) -> Iterator[Finding]:
    for asking, approving in PAIRS:
        if flow.asked_by(asking) and flow.asked_by(approving):
            yield from _pair(flow, asking, flow.roles_of(approving), function_label(approving), approving)
    for kind in ("extend", "suspend"):
        if kind not in flow.rules.off and flow.rules.approvers(kind):
            label = str(APPROVALS[kind].label)
            yield from _pair(flow, permissions.ASK_TIME, set(flow.rules.approvers(kind)), label, f"approvals.{kind}")


def _pair(flow: Flow, asking: str, approvers: set[str], label: str, where: str) -> Iterator[Finding]:
    askers = flow.roles_of(asking)
    both, others = approvers & askers, approvers - askers
    if not both or not askers:
        return
    told = {"asking": function_label(asking), "approving": label, "roles": roles_named(flow, sorted(both))}
    if not others:
        words = (
            _("“%(approving)s” is done only by those who also do “%(asking)s”: %(roles)s. They would approve of themselves.")
            % told
        )
        yield Finding(ONESELF, where, words)
    elif not flow.place.count(others) and flow.place.count(both) < 2:
        words = _("For “%(approving)s” there is only one person here, who also does “%(asking)s”: %(roles)s.") % told
        yield Finding(ONESELF, where, words, refuses=False)


def _windows(flow: Flow) -> Iterator[Finding]:
    rules = flow.rules
    for name in ("accept_minutes", "accept_minutes_urgent", "close_days", "ask_days", "send_backs_to_director"):
        if getattr(rules, name) == 0:
            yield Finding("window_of_zero", f"windows.{name}", _("A wait of nothing: nobody could keep it."))
    if rules.suspend_most and not rules.suspend_days:
        yield Finding("window_of_zero", "windows.suspend_days", _("A wait of nothing: nobody could keep it."))
    if list(rules.escalate_hours) != sorted(rules.escalate_hours):
        words = _("A higher level would be told before a lower one.")
        yield Finding("levels_out_of_order", "windows.escalate_hours", words)
    for name, most in (("extend_most", 2), ("suspend_most", 1), ("suspend_days", 366)):
        if getattr(rules, name) > most:
            words = _("The standards of urban management allow %(most)d at the most.") % {"most": most}
            yield Finding("beyond_the_standard", f"windows.{name}", words, refuses=False)


def _together(flow: Flow) -> Iterator[Finding]:
    for name in flow.rules.evidence:
        if name not in TAKES_PHOTOS:
            told = {"move": label(flow, name)}
            yield Finding(
                "evidence_without_photos", f"evidence.{name}", _("“%(move)s” takes no photos; none can be demanded.") % told
            )
    off = set(flow.rules.off)
    for first, others in HALVES.items():
        missing = [other for other in others if other in off]
        if first in flow.moves and first not in off and missing:
            told = {"first": label(flow, first), "others": _(", ").join(label(flow, other) for other in missing)}
            words = _("“%(first)s” waits for “%(others)s”, which is not used here.") % told
            yield Finding("half_a_pair", f"off.{missing[0]}", words)


_CHECKS: Final[tuple[Callable[[Flow], Iterator[Finding]], ...]] = (
    *(_stages, waiting, _people, _kinds, _oneself, _windows, _together),
)
