"""Other systems that hold a key (接入系统), held in memory: each call asks, and few change."""

import hashlib
from dataclasses import dataclass
from datetime import date

from shequtong.core.held import Held
from shequtong.interchange import rights
from shequtong.interchange.models import SystemKey
from shequtong.territory.models import Unit
from shequtong.territory.units import under

REVISION = "interchange.systems"


@dataclass(frozen=True)
class SystemRef:
    """A system whose key counts: what it may do, at and under which path."""

    id: int
    name: str
    path: str
    may_report: bool
    screened: bool
    per_minute: int
    last_day: date | None
    unit_kind: str = ""
    subdistrict: int = 0
    rights: frozenset[str] = frozenset()
    acts_as: str = ""
    station: int | None = None

    @property
    def source(self) -> str:
        """What its cases are marked with, and nobody else's."""
        return f"system-{self.id}"

    @property
    def streets(self) -> tuple[int, ...]:
        """The subdistricts its key serves: those of a district, or the one it lies in. No statement when warm."""
        if self.unit_kind != Unit.Kind.DISTRICT:
            return (self.subdistrict,)
        return tuple(sorted(one.subdistrict for one in under(self.path, Unit.Kind.SUBDISTRICT)))


def _read() -> dict[str, SystemRef]:
    rows = SystemKey.objects.filter(revoked_at=None).select_related("unit")
    return {row.digest: _ref(row) for row in rows}


def _ref(row: SystemKey) -> SystemRef:
    return SystemRef(
        row.pk,
        row.name,
        row.unit.path,
        row.may_report,
        row.screened,
        row.per_minute,
        row.last_day,
        row.unit.kind,
        row.unit.subdistrict_id,
        rights.parse(row.rights),
        row.acts_as,
        row.station_id,
    )


_systems: Held[dict[str, SystemRef]] = Held(REVISION, _read)


def system_of(key: str, today: date) -> SystemRef | None:
    """Whose key it is; None for one that was never given, was revoked, or has run out. No statement when warm."""
    found = _systems().get(digest_of(key)) if key else None
    return None if found is None or (found.last_day is not None and found.last_day < today) else found


def digest_of(key: str) -> str:
    """What a key is stored as: SHA-256, in hexadecimal."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
