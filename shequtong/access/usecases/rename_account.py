"""Correct the name of an account that was just opened (更正姓名), while its owner holds no post: posts and what was done with them keep the name."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access.models import Appointment
from shequtong.accounts import permissions
from shequtong.accounts.models import Account
from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal


class CannotRenameAccount(Refusal):
    """Its owner holds a post, it is a resident's, or this is no name."""


@transaction.atomic
def rename_account(*, account_id: int, name: str, by: Actor, now: datetime) -> Account:
    """The account under its right name. Raises CannotRenameAccount, Forbidden, Account.DoesNotExist."""
    account, plain = Account.objects.select_for_update().get(pk=account_id), " ".join(name.split())
    by.require(permissions.MANAGE, account)
    if not account.is_staff_member:
        raise CannotRenameAccount(_("This account is a resident's; its owner names it."))
    if Appointment.objects.lasting(timezone.localdate(now)).filter(account_id=account.pk).exists():
        raise CannotRenameAccount(_("Its owner holds a post under this name."))
    if not 2 <= len(plain) <= 20:
        raise CannotRenameAccount(_("Enter the name as colleagues know it."))
    account.shown_name = account.name = plain
    account.save(update_fields=["shown_name", "name"])
    log.record("accounts.renamed", account, by=by, at=now)
    return account
