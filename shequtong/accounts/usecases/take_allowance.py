"""What one address may do without signing in (匿名限额): so many reports and photos an hour, counted over all who share the address."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.core.tally import Per, count


class TooMany(Refusal):
    """The address has had what it may in this hour; the text says what to do instead."""


@transaction.atomic
def take_allowance(*, what: str, address: str, most: int, now: datetime, more: int = 1) -> None:
    """Count `more` of `what` for `address`, of which there may be `most` in an hour; part of the caller's transaction. Raises TooMany.

    One statement; none for a visitor without an address.
    """
    if address and count(what, address, per=Per.HOUR, now=now, more=more) > most:
        raise TooMany(
            _("Too much was sent from this network within an hour. Please sign in, or try again in an hour, or call your office.")
        )
