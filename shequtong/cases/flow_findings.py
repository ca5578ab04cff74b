"""What the check of a flow goes by (流程检查依据): the flow with its place, and how a finding is told. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shequtong.access.roles import Role
from shequtong.cases.flow import Rules
from shequtong.cases.models import Case
from shequtong.cases.workflow import Move, Stage


@dataclass(frozen=True)
class Place:
    """What the place has: people by role, stages with a limit of their own, the roles as they are by themselves, stages with open cases."""

    held: Mapping[str, int]
    limits: Collection[str]
    roles: Mapping[str, Role]
    standing: Collection[str] = ()
    waiting: Collection[str] = ()  # what open cases wait for inside a stage (flow_waiting)

    def count(self, roles: Collection[str]) -> int:
        """People in these roles, somebody in two of them twice."""
        return sum(self.held.get(role, 0) for role in roles)


@dataclass(frozen=True)
class Finding:
    """One thing found: its name, where, in words. `refuses`: the flow cannot be published like this."""

    name: str
    place: str
    words: str
    refuses: bool = True


@dataclass(frozen=True)
class Flow:
    """A document with all that the checks ask of it."""

    moves: Mapping[str, Move]
    document: Mapping[str, Any]
    place: Place
    rules: Rules
    named: Mapping[str, list[str]]  # permission -> roles, as the document says

    def roles_of(self, permission: str) -> set[str]:
        """Who does it under this flow."""
        if permission in self.named:
            return set(self.named[permission])
        return {code for code, role in self.place.roles.items() if permission in role.permissions}

    def asked_by(self, permission: str) -> list[str]:
        """Moves in use that ask for the permission."""
        return [move.name for move in self.moves.values() if move.permission == permission and move.name not in self.rules.off]

    def begins(self) -> set[Stage]:
        """Where a report may go first (受理去向)."""
        found = {Stage.HELD, *(move.to for move in self.moves.values() if not move.sources and move.to and not on_the_spot(move))}
        skipped = set(Case.Channel.values) <= set(self.rules.confirm_skips)
        return found if skipped else found | {Stage.CONFIRMATION}


def on_the_spot(move: Move) -> bool:
    """自行处置 makes a case that needs no handling any more."""
    return move.name == "self_handle"


def label(flow: Flow, name: str) -> str:
    """The word for a move."""
    return str(flow.moves[name].label) if name in flow.moves else name


def labels(moves: Iterable[Move]) -> str:
    """The words for some moves, each once."""
    return _(", ").join(dict.fromkeys(str(move.label) for move in moves))


def roles_named(flow: Flow, codes: Iterable[str]) -> str:
    """Roles by name."""
    return _(", ").join(str(flow.place.roles[code].label) if code in flow.place.roles else code for code in codes)
