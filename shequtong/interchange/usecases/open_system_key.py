"""Open a key for another system (发放接口密钥)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions, rights
from shequtong.interchange.models import SystemKey
from shequtong.interchange.systems import REVISION, digest_of
from shequtong.organizations.models import Station
from shequtong.territory.models import Unit

FASTEST = 6000  # calls a minute
STREETS = (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT)
SERVED = (*STREETS, Unit.Kind.PRECINCT, Unit.Kind.COMMUNITY)


class CannotOpenKey(Refusal):
    """No name, one that is taken, or limits that make no sense."""


@dataclass(frozen=True)
class NewKey:
    """For which system, at and under `unit`, to do what, how fast, until when.

    `rights` are those of the typed API (rights.py); `acts_as` is the role whose moves it may make, `station` the one that role stands at.
    """

    name: str
    unit: Unit
    may_report: bool = True
    rights: frozenset[str] = frozenset()
    acts_as: str = ""
    station: Station | None = None
    screened: bool = False
    per_minute: int = 60
    contact: str = ""
    last_day: date | None = None


@transaction.atomic
def open_system_key(*, new: NewKey, by: Actor, now: datetime) -> tuple[SystemKey, str]:
    """The row, and the key, which is told this once. Raises CannotOpenKey, Forbidden."""
    given = {"name": new.name.strip(), "contact": new.contact.strip(), "rights": rights.stored(new.rights)}
    key, told = secrets.token_urlsafe(32), {**vars(new), **given}
    row = SystemKey(**told, digest=digest_of(key), ends_with=key[-4:], opened_at=now, opened_by=by.name)
    by.require(permissions.MANAGE_SYSTEMS, row)
    if why := _why_not(row, now):
        raise CannotOpenKey(why)

    row.save(force_insert=True)
    may = {"rights": row.rights, "acts_as": row.acts_as, "station": row.station_id}
    log.record("interchange.key_opened", row, by=by, at=now, name=row.name, place=row.unit.code, screened=row.screened, **may)
    held.changed(REVISION)
    return row, key


def _why_not(row: SystemKey, now: datetime) -> str:
    if not row.name:
        return _("Please name the system.")
    if SystemKey.objects.filter(name=row.name).exists():
        return _("A system of this name has, or had, a key: give this one another name, so that traces tell them apart.")
    if row.unit.kind not in SERVED:
        return _("A key serves a district, a subdistrict, a precinct or a community.")
    if row.unit.kind not in STREETS and row.may_report:
        return _("Open311 is served by whole subdistricts: choose one, or leave out sending by Open311.")
    if not 1 <= row.per_minute <= FASTEST:
        return _("Between 1 and %(most)d calls a minute.") % {"most": FASTEST}
    if row.last_day is not None and row.last_day < timezone.localdate(now):
        return _("The last day has passed.")
    return _why_not_as(row)


def _why_not_as(row: SystemKey) -> str:
    """A post is needed to make moves, and for nothing else; a station's lies within the place of the key."""
    if rights.MOVE not in rights.parse(row.rights):
        return _("A post is chosen for a key that makes moves.") if row.acts_as or row.station_id else ""
    role = roles.table().roles.get(row.acts_as)
    if role is None or role.administrator:
        return _("Please choose the post whose moves the system may make.")
    if row.unit.kind == Unit.Kind.DISTRICT:
        return _("A key that makes moves serves one subdistrict, or a part of it.")
    if role.at_station != (row.station is not None):
        return _("A post at a station needs its station, any other has none.")
    if row.station is not None and not row.station.unit.path.startswith(row.unit.path):
        return _("This station serves more than the place of the key.")
    return ""
