"""A key as one who acts (系统行为人): what it may do, and how far, is what it was given; its name stands in every trace."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from shequtong.access import roles
from shequtong.access.functions import in_place
from shequtong.access.roles import Role
from shequtong.cases import permissions as cases
from shequtong.core.actors import Grant, HasFacts, Reach, require_covered
from shequtong.interchange import rights
from shequtong.interchange.systems import SystemRef
from shequtong.territory.models import Unit
from shequtong.territory.units import under

_NEEDS = {
    cases.VIEW_HEADER: rights.READ,
    cases.VIEW: rights.WORDS,
    cases.VIEW_CONTACT: rights.REPORTER,
    cases.INTAKE: rights.CREATE,
}


@dataclass(frozen=True)
class KeyActor:
    """Another system. It has no account, so nothing is ever its own; who reads a trace finds its name, and the post it acted from."""

    system: SystemRef
    role: Role | None = None
    post: str = ""
    account_id: int | None = None
    appointment_id: int | None = None

    @property
    def name(self) -> str:
        """The system's."""
        return self.system.name

    @property
    def home(self) -> int:
        """The subdistrict its key is for."""
        return self.system.subdistrict

    def may(self, permission: str) -> bool:
        """Whether the key holds it at all."""
        return self._holds(permission)

    def reach(self, permission: str) -> Reach:
        """At and under the unit of the key; a key of a station reaches what is the station's, and opens cases in its unit."""
        if not self._holds(permission):
            return Reach()
        one = self.system
        if one.station is not None and permission != cases.INTAKE:
            return Reach(grants=(Grant(one.subdistrict, station=one.station),))
        streets = under(one.path, Unit.Kind.SUBDISTRICT) if one.unit_kind == Unit.Kind.DISTRICT else []
        return Reach(grants=(Grant(one.subdistrict, one.path), *(Grant(unit.subdistrict, unit.path) for unit in streets)))

    def require(self, permission: str, thing: HasFacts) -> None:
        """Raise Forbidden unless `thing` lies within the reach."""
        require_covered(self, permission, thing)

    def _holds(self, permission: str) -> bool:
        held = self.system.rights
        if permission in _NEEDS:
            return _NEEDS[permission] in held
        return rights.MOVE in held and self.role is not None and bool(self.role.scopes_of(permission))


def actor_of(system: SystemRef) -> KeyActor:
    """The actor a key is, its role as the street of the key has it. No statement when warm."""
    known = roles.table().roles.get(system.acts_as)
    if known is None or known.administrator:
        return KeyActor(system)
    role = in_place(known, system.subdistrict)
    with translation.override(settings.LANGUAGE_CODE):
        return KeyActor(system, role, str(role.label))
