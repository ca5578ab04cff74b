"""What a role (角色) is; the table itself is `config/roles.py`, named by `settings.ROLES` because config lies above access."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from shequtong.access import permissions


class Scope(Enum):
    """How far a permission of a role reaches, measured from the appointment."""

    TERRITORY = "territory"  # the unit of the appointment and all under it; for a district, its subdistricts
    STATION = "station"  # what the station of the appointment leads, assists or did
    SUBDISTRICT = "subdistrict"  # the whole subdistrict of the appointment
    CITY = "city"  # the whole installation


@dataclass(frozen=True)
class Role:
    """`holds` says which permissions reach how far; one role may hold several kinds (headers of the street, cases of the station)."""

    code: str
    label: str | Promise
    holds: Mapping[Scope, tuple[str, ...]]
    administrator: bool = False  # one of the 三员: made by `manage.py first_admins` alone, with no other post beside it

    @property
    def at_station(self) -> bool:
        """Whether an appointment to it must name a station."""
        return Scope.STATION in self.holds

    @property
    def permissions(self) -> frozenset[str]:
        """Everything it holds, however far."""
        return frozenset(permission for held in self.holds.values() for permission in held)

    @property
    def gives_rights(self) -> bool:
        """Whether it appoints others: then it is given and taken by who reaches the whole installation alone (decision 0014)."""
        return permissions.APPOINT in self.permissions

    def scopes_of(self, permission: str) -> tuple[Scope, ...]:
        """How far it holds `permission`; empty when it does not."""
        return tuple(scope for scope, held in self.holds.items() if permission in held)


@dataclass(frozen=True)
class RoleTable:
    """All roles, and what people may do without any: everybody signed in with their own, and anybody at all."""

    roles: Mapping[str, Role]
    resident: frozenset[str]  # on what one reported oneself, or holds the key of
    anyone: frozenset[str]


@cache
def table() -> RoleTable:
    """The table of `settings.ROLES`."""
    found: RoleTable = import_string(settings.ROLES)
    return found
