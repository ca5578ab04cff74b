"""Take consent back (撤回同意): what it alone carried is emptied at once, and may not be entered until it is given again (个人信息保护法 15, 47)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.bases import BASIS_OF
from shequtong.people.models import AccountLink, Consent
from shequtong.people.usecases._people import locked_person
from shequtong.people.usecases._rights import empty_group
from shequtong.people.usecases.give_consent import CannotConsent


@transaction.atomic
def take_back_consent(*, person_id: int, group: str, how: str, by: Actor, now: datetime) -> list[str]:
    """The facts emptied. Where none was on record, that it is refused is put on record. Raises CannotConsent, Gone, Forbidden."""
    person = locked_person(person_id)
    link = AccountLink.objects.within(person.subdistrict_id).live().filter(person=person).first()
    if link is not None and by.account_id == link.linked_account_id:
        by.require(permissions.OWN, link)
        how = Consent.How.ONLINE
    else:
        by.require(permissions.RECORD, person)
    if group not in BASIS_OF or not BASIS_OF[group].consent:
        raise CannotConsent(
            _("This does not rest on consent: %(law)s.") % {"law": BASIS_OF[group].law if group in BASIS_OF else ""}
        )
    rows = Consent.objects.filter(subdistrict=person.subdistrict_id, person=person, group=group)
    if not rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=now):
        Consent.objects.create(
            subdistrict_id=person.subdistrict_id,
            person=person,
            group=group,
            how=how,
            given_at=now,
            given_to=by.name[:80],
            withdrawn_at=now,
        )
    emptied = empty_group(person, group)
    log.record("people.consent_withdrawn", person, by=by, at=now, group=group, how=how, facts=emptied)
    return emptied
