"""Take the contact card of a unit's office away (撤下联系卡): residents are shown none from now on."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.organizations import permissions
from shequtong.organizations.contacts import REVISION
from shequtong.organizations.models import ContactCard
from shequtong.territory.models import Unit


@transaction.atomic
def remove_contact(*, unit_id: int, by: Actor, now: datetime) -> None:
    """What it said stays in the log. A second time changes nothing. Raises Forbidden."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_CONTACTS, unit)
    card = ContactCard.objects.filter(unit=unit).first()
    if card is None:
        return
    before = {word: getattr(card, word) for word in ("name", "phone", "address", "hours", "note")}
    log.record("organizations.contact_removed", unit, by=by, at=now, before=before)
    card.delete()
    held.changed(REVISION)
