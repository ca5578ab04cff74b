"""What waits for whom (待办口径): for each post, the lists its holder works through, as filters of the queue."""

from dataclasses import dataclass

from shequtong.access.actor import AccountActor
from shequtong.cases import permissions
from shequtong.cases.lookups import Filters
from shequtong.cases.workflow import Stage

# stage -> the permission whose holder it waits for
WAITS_FOR: tuple[tuple[Stage, str], ...] = (
    (Stage.INTAKE, permissions.REGISTER),
    (Stage.REGISTERED, permissions.DISPATCH),
    (Stage.DECISION, permissions.DECIDE),
    (Stage.DISPATCHED, permissions.ACCEPT),
    (Stage.HANDLING, permissions.HANDLE),
    (Stage.VERIFICATION, permissions.VERIFY),
    (Stage.CLOSING, permissions.CLOSE),
)

# Shown only to whom it waits for: few cases ever come there.
RARE = frozenset({Stage.DECISION})


@dataclass(frozen=True)
class Waiting:
    """One tile: the stage, its filters, and whether this post is the one it waits for."""

    stage: Stage
    filters: Filters
    mine: bool


def waiting(actor: AccountActor) -> list[Waiting]:
    """The open stages, those that wait for this post first. No statement."""
    role = actor.in_use.role if actor.in_use else None
    found = [
        Waiting(stage, Filters(stage=stage.value), bool(role and role.scopes_of(permission))) for stage, permission in WAITS_FOR
    ]
    return sorted((one for one in found if one.mine or one.stage not in RARE), key=lambda one: not one.mine)
