"""What one address may do without signing in (匿名限额): so many reports and photos an hour, counted over all who share the address."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.core.tally import Ask, Per, tallies


class TooMany(Refusal):
    """The address has had what it may in this hour; the text says what to do instead."""


@transaction.atomic
def take_allowance(
    *, wanted: Mapping[str, tuple[int, int]], address: str, now: datetime, beside: Sequence[Ask] = ()
) -> list[int]:
    """Count for `address`, by kind, how many more there are, and of how many in an hour; part of the caller's transaction. Raises TooMany.

    `beside` is counted by the same statement and refuses nothing: its counts are the answer. One statement; none where nothing is counted.
    """
    asks = [Ask(kind, address, Per.HOUR, more) for kind, (more, _most) in wanted.items()] if address else []
    found = tallies([*asks, *beside], now=now) if asks or beside else []
    if any(made > wanted[ask.kind][1] for ask, made in zip(asks, found, strict=False)):
        raise TooMany(
            _("Too much was sent from this network within an hour. Please sign in, or try again in an hour, or call your office.")
        )
    return found[len(asks) :]
