"""Write the contact card of a unit's office (填写联系卡): name, telephone, address and hours as residents are told them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.contacts import KINDS, REVISION
from shequtong.organizations.models import ContactCard
from shequtong.territory.models import Unit

_WORDS = ("name", "phone", "address", "hours", "note")


class CannotSetContact(Refusal):
    """A unit that has ended or has no office, or a card that says neither where to go nor whom to ring."""


@transaction.atomic
def set_contact(
    *, unit_id: int, name: str, phone: str, address: str, by: Actor, now: datetime, hours: str = "", note: str = ""
) -> ContactCard:
    """What stood there before is replaced, and stays in the log. The same words again change nothing. Raises CannotSetContact, Forbidden."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_CONTACTS, unit)
    told = dict(zip(_WORDS, (text.strip() for text in (name, phone, address, hours, note)), strict=True))
    if unit.ended_at is not None or unit.kind not in KINDS:
        raise CannotSetContact(_("Only a standing street, precinct or community has a contact card."))
    if not told["name"] or not (told["phone"] or told["address"]):
        raise CannotSetContact(_("A contact card needs a name, and a telephone or an address."))

    card = ContactCard.objects.filter(unit=unit).first() or ContactCard(unit=unit)
    before = {word: getattr(card, word) for word in _WORDS} if card.pk else {}
    if before == told:
        return card
    for word, text in told.items():
        setattr(card, word, text)
    card.save()
    log.record("organizations.contact_set", unit, by=by, at=now, before=before, after=told)
    held.changed(REVISION)
    return card
