"""Who may give and take a post (任免权限), decision 0014: within one's own reach, and nobody their like but who reaches the whole installation."""

from shequtong.access import permissions
from shequtong.access.models import Appointment
from shequtong.access.roles import Role
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


def require_giving(by: Actor, row: Appointment, role: Role | None) -> None:
    """Raise Forbidden unless the post lies within reach, its station too, and is one that `by` may give. `row.unit`, `row.station` loaded."""
    by.require(permissions.APPOINT, row)
    if row.station is not None:
        by.require(permissions.APPOINT, row.station)
    if not may_give(by, role):
        raise Forbidden(permissions.APPOINT, "Appointment", row.pk)


def may_give(by: Actor, role: Role | None) -> bool:
    """Whether a role is one that `by` gives somewhere. Posts that give rights, and the administrators', are not a street's to give."""
    above = role is not None and (role.gives_rights or role.administrator)
    return by.may(permissions.APPOINT) and (not above or by.reach(permissions.APPOINT).everything)
