"""Open a key for another system (发放接口密钥)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions
from shequtong.interchange.models import SystemKey
from shequtong.interchange.systems import REVISION, digest_of
from shequtong.territory.models import Unit

FASTEST = 6000  # calls a minute


class CannotOpenKey(Refusal):
    """No name, one that is taken, or limits that make no sense."""


@dataclass(frozen=True)
class NewKey:
    """For which system, at the place of `unit` (a district or a subdistrict), to do what, how fast, until when."""

    name: str
    unit: Unit
    may_report: bool = True
    screened: bool = False
    per_minute: int = 60
    contact: str = ""
    last_day: date | None = None


@transaction.atomic
def open_system_key(*, new: NewKey, by: Actor, now: datetime) -> tuple[SystemKey, str]:
    """The row, and the key, which is told this once. Raises CannotOpenKey, Forbidden."""
    key, told = secrets.token_urlsafe(32), {**vars(new), "name": new.name.strip(), "contact": new.contact.strip()}
    row = SystemKey(**told, digest=digest_of(key), ends_with=key[-4:], opened_at=now, opened_by=by.name)
    by.require(permissions.MANAGE_SYSTEMS, row)
    if why := _why_not(row, now):
        raise CannotOpenKey(why)

    row.save(force_insert=True)
    log.record("interchange.key_opened", row, by=by, at=now, name=row.name, place=row.unit.code, screened=row.screened)
    held.changed(REVISION)
    return row, key


def _why_not(row: SystemKey, now: datetime) -> str:
    if not row.name:
        return _("Please name the system.")
    if SystemKey.objects.filter(name=row.name).exists():
        return _("A system of this name has, or had, a key: give this one another name, so that traces tell them apart.")
    if row.unit.kind not in (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT):
        return _("A key serves a district or a subdistrict.")
    if not 1 <= row.per_minute <= FASTEST:
        return _("Between 1 and %(most)d calls a minute.") % {"most": FASTEST}
    if row.last_day is not None and row.last_day < timezone.localdate(now):
        return _("The last day has passed.")
    return ""
