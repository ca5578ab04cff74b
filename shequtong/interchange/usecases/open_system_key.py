"""Open a key for another system (发放接口密钥)."""

import secrets
from datetime import date, datetime

from django.db import transaction
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


@transaction.atomic
def open_system_key(
    *,
    name: str,
    unit: Unit,
    may_report: bool,
    screened: bool,
    per_minute: int,
    by: Actor,
    now: datetime,
    contact: str = "",
    last_day: date | None = None,
) -> tuple[SystemKey, str]:
    """The row, and the key, which is told this once. It serves the place of `unit`, a district or a subdistrict."""
    key = secrets.token_urlsafe(32)
    row = SystemKey(
        name=name.strip(),
        contact=contact.strip(),
        unit=unit,
        digest=digest_of(key),
        ends_with=key[-4:],
        may_report=may_report,
        screened=screened,
        per_minute=per_minute,
        opened_at=now,
        opened_by=by.name,
        last_day=last_day,
    )
    by.require(permissions.MANAGE_SYSTEMS, row)
    if not row.name:
        raise CannotOpenKey(_("Please name the system."))
    if SystemKey.objects.filter(name=row.name).exists():
        raise CannotOpenKey(
            _("A system of this name has, or had, a key: give this one another name, so that traces tell them apart.")
        )
    if unit.kind not in (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT):
        raise CannotOpenKey(_("A key serves a district or a subdistrict."))
    if not 1 <= per_minute <= FASTEST:
        raise CannotOpenKey(_("Between 1 and %(most)d calls a minute.") % {"most": FASTEST})
    if last_day is not None and last_day < now.date():
        raise CannotOpenKey(_("The last day has passed."))

    row.save(force_insert=True)
    log.record("interchange.key_opened", row, by=by, at=now, name=row.name, place=unit.code, screened=screened)
    held.changed(REVISION)
    return row, key
