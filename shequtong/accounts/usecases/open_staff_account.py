"""Open the account of somebody who comes to work here (开通工作账号), by telephone and name; a resident's own account becomes it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts import permissions
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.open_account import CannotOpenAccount, open_account
from shequtong.audit import log
from shequtong.core.actors import Actor, HasFacts
from shequtong.core.phones import is_mobile, normalise_phone


@transaction.atomic
def open_staff_account(*, name: str, phone: str, place: HasFacts | None, by: Actor, now: datetime) -> Account:
    """The account; it signs in with codes. `place` is where its owner will work, None for whoever opens accounts of every place.

    Who has the telephone may have told something as a resident: it stays one account. Raises CannotOpenAccount, NotAPhone, Forbidden.
    """
    plain, name = normalise_phone(phone), " ".join(name.split())
    found = Account.objects.with_phone(plain)
    if place is not None:
        by.require(permissions.OPEN, place)
    else:
        by.require(permissions.MANAGE, found or Account())
    if not is_mobile(plain):
        raise CannotOpenAccount(_("An account needs a mobile number: codes to sign in are sent to it."))
    if not 2 <= len(name) <= 20:
        raise CannotOpenAccount(_("Enter the name as colleagues know it."))
    if found is None:
        return open_account(shown_name=name, name=name, phone=plain, place=place, staff=True, by=by, now=now)
    account = Account.objects.select_for_update().get(pk=found.pk)
    if account.is_staff_member:
        raise CannotOpenAccount(_("This telephone is that of %(name)s, who has an account already.") % {"name": account})
    account.shown_name, account.name, account.is_staff_member = name, name, True
    account.save(update_fields=["shown_name", "name", "is_staff_member"])
    log.record("accounts.made_staff", account, by=by, at=now)
    return account
