"""A post (岗位): an appointment as its holder uses it, held in memory; and how far it reaches."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from shequtong.access import roles
from shequtong.access.functions import in_place
from shequtong.access.models import Appointment
from shequtong.access.roles import Role, Scope
from shequtong.core.actors import Grant, Reach
from shequtong.core.held import Held
from shequtong.organizations.stations import directory
from shequtong.territory import units
from shequtong.territory.models import Unit

REVISION = "access"  # `core.held` name of what is computed from appointments; the use-cases say when they changed


@dataclass(frozen=True)
class Post:
    """One appointment in force, with what is shown of it and what reach is computed from."""

    appointment_id: int
    role: Role
    subdistrict: int
    path: str  # of the unit; "" for the whole subdistrict
    unit_kind: str
    station: int | None
    place_name: str
    place_name_en: str = ""
    stands_in: bool = False
    ends_on: date | None = None

    @property
    def place(self) -> str:
        """The unit or station in the reader's language, as far as it has a name there."""
        english = (translation.get_language() or "").startswith("en")
        return (english and self.place_name_en) or self.place_name

    @property
    def label(self) -> str:
        """Role and place in the reader's language, e.g. 派遣员 · 狮山片区."""
        parts = (str(self.role.label), self.place)
        return " · ".join(part for part in parts if part)

    @property
    def recorded_label(self) -> str:
        """The same in the installation's own language, as it stands in traces."""
        with translation.override(settings.LANGUAGE_CODE):
            return self.label[:120]

    def reach(self, permission: str) -> Reach:
        """How far the role of this post holds `permission`. No statement."""
        scopes = self.role.scopes_of(permission)
        if Scope.CITY in scopes:
            return Reach(everything=True)
        return Reach(grants=tuple(grant for scope in scopes for grant in self._grants(scope)))

    def _grants(self, scope: Scope) -> tuple[Grant, ...]:
        if scope is Scope.STATION:
            return (Grant(self.subdistrict, station=self.station),) if self.station is not None else ()
        if scope is Scope.SUBDISTRICT:
            return (Grant(self.subdistrict),)
        if self.unit_kind == Unit.Kind.DISTRICT:
            streets = (Grant(street.subdistrict, street.path) for street in units.under(self.path, Unit.Kind.SUBDISTRICT))
            return (Grant(self.subdistrict, self.path), *streets)
        return (Grant(self.subdistrict, self.path),)


class _Held(NamedTuple):
    """An appointment that has not been ended, as it is kept in memory; what its unit or station is called is asked when it is used."""

    id: int
    role: str
    subdistrict: int
    unit_id: int | None
    station_id: int | None
    starts_on: date
    ends_on: date | None
    stands_in_for: int | None


_APPOINTED: Held[dict[int, tuple[_Held, ...]]] = Held(REVISION, dict)
_MOST = 5000  # accounts kept in a process; a fuller table begins anew


def posts_of(account_id: int, day: date) -> tuple[Post, ...]:
    """The posts an account holds on `day`, oldest first. No statement when warm, one for an account not asked for since a change.

    An appointment that is ended gives nothing from the next request of the process that ended it, and from `held.STALE_AFTER` (a second)
    later in every other: the same bound as that of every right a subdistrict publishes. Days are compared at each use.
    """
    known = roles.table().roles
    # A role that was taken out of the table gives nothing.
    return tuple(
        _post(row, in_place(known[row.role], row.subdistrict))
        for row in _appointed(account_id)
        if row.role in known and row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
    )


def _appointed(account_id: int) -> tuple[_Held, ...]:
    # Taken before the rows are read: what is read at an older revision is put where nobody looks any more.
    kept = _APPOINTED()
    found = kept.get(account_id)
    if found is None:
        rows = Appointment.objects.filter(account_id=account_id, ended_at__isnull=True).order_by("starts_on", "id")
        columns = ("id", "role", "subdistrict_id", "unit_id", "station_id", "starts_on", "ends_on", "stands_in_for_id")
        found = tuple(_Held._make(row) for row in rows.values_list(*columns))
        if len(kept) >= _MOST:
            kept.clear()
        kept[account_id] = found
    return found


def _post(row: _Held, role: Role) -> Post:
    unit = units.unit(row.unit_id) if row.unit_id is not None else None
    held_at = directory().by_id[row.station_id] if row.station_id is not None else unit
    return Post(
        appointment_id=row.id,
        role=role,
        subdistrict=row.subdistrict,
        path=unit.path if unit else "",
        unit_kind=unit.kind if unit else "",
        station=row.station_id,
        place_name=held_at.name if held_at else "",
        place_name_en=held_at.name_en if held_at else "",
        stands_in=row.stands_in_for is not None,
        ends_on=row.ends_on,
    )


class Member(NamedTuple):
    """One of a station's people, from when to when."""

    account_id: int
    name: str
    role: str
    starts_on: date
    ends_on: date | None


def _load_members() -> dict[int, tuple[Member, ...]]:
    found: dict[int, list[Member]] = defaultdict(list)
    rows = Appointment.objects.filter(station__isnull=False, ended_at__isnull=True).order_by("account_name", "id")
    known = roles.table().roles
    for row in rows:
        if row.station_id is not None and row.role in known and known[row.role].at_station:
            found[row.station_id].append(Member(row.account_id, row.account_name, row.role, row.starts_on, row.ends_on))
    return {station: tuple(members) for station, members in found.items()}


_MEMBERS = Held(REVISION, _load_members)


def people_of_station(station_id: int, day: date) -> dict[int, str]:
    """Who is appointed to a station on `day`: account → name, by name. No statement when warm."""
    members = _MEMBERS().get(station_id, ())
    return {one.account_id: one.name for one in members if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)}


def roles_at_station(station_id: int, day: date) -> dict[int, str]:
    """As what somebody is appointed there on `day`: account → the role in the reader's language, of several the first. No statement when warm."""
    known, found = roles.table().roles, dict[int, str]()
    for one in _MEMBERS().get(station_id, ()):
        if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on):
            found.setdefault(one.account_id, str(known[one.role].label))
    return found
