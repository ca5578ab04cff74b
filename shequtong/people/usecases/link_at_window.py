"""Link at the window (窗口关联): staff have seen the person with their document, and who signs in with this phone is them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts.models import Account
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import AccountLink
from shequtong.people.usecases._links import CannotLink, begin_link
from shequtong.people.usecases._people import locked_person


@transaction.atomic
def link_at_window(*, person_id: int, phone: str, by: Actor, now: datetime) -> AccountLink:
    """Raises CannotLink, Gone, Forbidden. Six statements."""
    person = locked_person(person_id)
    by.require(permissions.RECORD, person)
    account = Account.objects.with_phone(phone)
    if account is None or not account.is_active:
        raise CannotLink(_("Nobody has signed in with this phone yet. Ask the resident to sign in once, then link."))
    if account.pk == by.account_id:
        raise CannotLink(_("Nobody links their own account at the window. Ask a colleague."))
    return begin_link(person, account.pk, how=AccountLink.How.DOCUMENT, checked_by=by.name, by=by, now=now)
