"""Which role does which function in a subdistrict (职能分工): config/roles.py, changed by what the subdistrict published.

Only what posts hold changes, and only permissions that a role of the table holds anyway: what residents may do with their own, and what
the three administrators hold, is the same everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from shequtong.access import permissions, roles
from shequtong.access.models import FunctionRole
from shequtong.access.roles import Role, Scope
from shequtong.core.held import Held

REVISION = "access"  # the same as of appointments: both say who may do what
Functions = Mapping[str, frozenset[str]]  # permission -> codes of the roles that hold it


def _load() -> dict[int, Functions]:
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in FunctionRole.objects.order_by("id"):
        found[row.subdistrict_id][row.permission].add(row.role)
    return {
        place: {permission: frozenset(codes) for permission, codes in held.items() if permission in mappable()}
        for place, held in found.items()
    }


_FUNCTIONS = Held(REVISION, _load)


def mappable() -> frozenset[str]:
    """Permissions that a subdistrict may give to roles of its choice: held by staff, by no administrator, and not that of giving itself."""
    known = roles.table().roles.values()
    ours = {permission for role in known if not role.administrator for permission in role.permissions}
    theirs = {permission for role in known if role.administrator for permission in role.permissions}
    return frozenset(ours - theirs - {permissions.MAP_FUNCTIONS})


def functions_of(subdistrict_id: int) -> Functions:
    """What a subdistrict published; permissions it does not name stay as in the table. No statement."""
    return _FUNCTIONS().get(subdistrict_id, {})


def in_place(role: Role, subdistrict_id: int) -> Role:
    """The role as a post of this subdistrict holds it. No statement."""
    return with_functions(role, functions_of(subdistrict_id))


def with_functions(role: Role, functions: Functions) -> Role:
    """The role with these functions in place of its own lines. Pure.

    What it held already it holds as far as before; what it gains reaches as far as its kind: a station's role by station.
    """
    if role.administrator or not functions:
        return role
    gains = [permission for permission, codes in functions.items() if role.code in codes and permission not in role.permissions]
    losses = {permission for permission, codes in functions.items() if role.code not in codes}
    holds = {scope: tuple(one for one in held if one not in losses) for scope, held in role.holds.items()}
    if gains:
        own = Scope.STATION if role.at_station else Scope.TERRITORY
        holds[own] = (*holds.get(own, ()), *sorted(gains))
    return replace(role, holds=holds)


def roles_holding(permission: str, functions: Functions) -> frozenset[str]:
    """Codes of the roles that hold a permission under these functions."""
    if permission in functions:
        return functions[permission]
    return frozenset(role.code for role in roles.table().roles.values() if permission in role.permissions)


def unknown_roles(codes: Iterable[str]) -> list[str]:
    """Codes that are no role a subdistrict may give functions to."""
    known = roles.table().roles
    return sorted(code for code in set(codes) if code not in known or known[code].administrator)
