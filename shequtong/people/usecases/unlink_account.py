"""Unlink (解除关联): by the resident themself or by staff; what was shown stays in the log."""

from datetime import datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import AccountLink
from shequtong.people.usecases._links import end_link


@transaction.atomic
def unlink_account(*, link_id: int, by: Actor, now: datetime) -> None:
    """A link that is over already stays as it is. Raises Forbidden. Four statements."""
    link = AccountLink.objects.select_for_update(of=("self",)).select_related("person").get(pk=link_id)
    own = by.account_id is not None and link.linked_account_id == by.account_id
    if own:
        by.require(permissions.OWN, link)
    else:
        by.require(permissions.RECORD, link.person)
    if link.revoked_at is None:
        end_link(link, why=AccountLink.Revoked.RESIDENT if own else AccountLink.Revoked.STAFF, by=by, now=now)
