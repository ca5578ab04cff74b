"""Give consent (同意): to one group of facts, by the linked resident or to staff, with how it can be shown later."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.people.bases import BASIS_OF
from shequtong.people.models import AccountLink, Consent
from shequtong.people.usecases._people import locked_person


class CannotConsent(Refusal):
    """It needs none, or stands as asked already."""


@transaction.atomic
def give_consent(*, person_id: int, group: str, how: str, by: Actor, now: datetime) -> Consent:
    """Raises CannotConsent, Gone, Forbidden. Five statements."""
    person = locked_person(person_id)
    link = AccountLink.objects.within(person.subdistrict_id).live().filter(person=person).first()
    if link is not None and by.account_id == link.linked_account_id:
        by.require(permissions.OWN, link)
        how = Consent.How.ONLINE
    else:
        by.require(permissions.RECORD, person)
    if group not in BASIS_OF or not BASIS_OF[group].consent:
        raise CannotConsent(_("No consent is needed for this."))
    try:
        with transaction.atomic():
            made = Consent.objects.create(
                subdistrict_id=person.subdistrict_id, person=person, group=group, how=how, given_at=now, given_to=by.name[:80]
            )
    except IntegrityError:
        raise CannotConsent(_("The consent stands already.")) from None
    log.record("people.consent_given", person, by=by, at=now, group=group, how=how)
    return made
