"""Revoke a key (吊销接口密钥): from the next second on it opens nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions
from shequtong.interchange.models import SystemKey
from shequtong.interchange.systems import REVISION


class CannotRevoke(Refusal):
    """It is revoked already, or nobody says why."""


@transaction.atomic
def revoke_system_key(*, key_id: int, reason: str, by: Actor, now: datetime) -> SystemKey:
    """What it sent stays; its holder gets 403. Cannot be taken back: open a new one."""
    row = SystemKey.objects.select_for_update().get(pk=key_id)
    by.require(permissions.MANAGE_SYSTEMS, row)
    if row.revoked_at is not None:
        raise CannotRevoke(_("This key is revoked already."))
    if not reason.strip():
        raise CannotRevoke(_("Please say why."))

    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    log.record("interchange.key_revoked", row, by=by, at=now, name=row.name, reason=reason.strip())
    held.changed(REVISION)
    return row
