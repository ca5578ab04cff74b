"""What one address may do without signing in (匿名限额): so many reports and photos an hour, counted over all who share the address."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.core.tally import Per, counts


class TooMany(Refusal):
    """The address has had what it may in this hour; the text says what to do instead."""


@transaction.atomic
def take_allowance(*, wanted: Mapping[str, tuple[int, int]], address: str, now: datetime) -> None:
    """Count for `address`, by kind, how many more there are, and of how many in an hour; part of the caller's transaction. Raises TooMany.

    One statement; none for a visitor without an address.
    """
    if not address:
        return
    found = counts({kind: more for kind, (more, _most) in wanted.items()}, address, per=Per.HOUR, now=now)
    if any(found[kind] > most for kind, (_more, most) in wanted.items()):
        raise TooMany(
            _("Too much was sent from this network within an hour. Please sign in, or try again in an hour, or call your office.")
        )
