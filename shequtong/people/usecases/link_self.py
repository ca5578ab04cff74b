"""Link oneself (本人关联): the account's phone is the phone on record of exactly one person, and the last six places of their document are named."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts.models import Account
from shequtong.core.actors import Actor
from shequtong.core.places import places
from shequtong.core.sealed import hashes_of
from shequtong.people.identity import PHONE_DOMAIN
from shequtong.people.models import AccountLink, Person
from shequtong.people.usecases._links import TRIES_A_DAY, CannotLink, begin_link, count_try, tail_fits


@transaction.atomic
def link_self(*, tail: str, by: Actor, now: datetime) -> AccountLink | None:
    """The link; None where nobody fits, which looks the same whether the phone, the document or the person is another's or absent.

    Each try counts and stays counted. Raises TooManyTries, CannotLink when the account is linked. Six statements at most.
    """
    account = Account.objects.filter(pk=by.account_id, is_active=True).first() if by.account_id is not None else None
    if account is None:
        raise CannotLink(_("Please sign in first."))
    phone = account.phone.reveal() if account.phone else ""
    count_try("reglink", TRIES_A_DAY, account_id=account.pk, phone=phone, now=now)
    person = _of_phone(phone)
    if person is None or not tail_fits(person, tail):
        return None
    if AccountLink.objects.within(person.subdistrict_id).live().filter(person=person).exists():
        return None
    return begin_link(person, account.pk, how=AccountLink.How.PHONE, checked_by="", by=by, now=now)


def _of_phone(phone: str) -> Person | None:
    """Whom this is the phone of: exactly one standing person of all places."""
    if not phone:
        return None
    found = Person.objects.within(*(place.number for place in places())).standing()
    found = found.filter(phone_hash__in=hashes_of(PHONE_DOMAIN, phone)).exclude(phone_hash="")
    rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None
