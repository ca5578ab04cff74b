"""Blocked senders in memory (限制上报): whose reports are read first or not taken, in which subdistrict, why and until when.

By telephone, by account, or by network address, each as a keyed hash. A household, often a whole compound, shares one network address:
such a block holds, it never refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from shequtong.accounts.addresses import ADDRESS_DOMAIN
from shequtong.cases.models import Blocked
from shequtong.cases.models.reporter import PHONE_DOMAIN
from shequtong.core.held import Held
from shequtong.core.places import places
from shequtong.core.sealed import hash_of, hashes_of

REVISION = "cases.blocked"
Kind = Blocked.Kind
_DOMAINS = {Kind.PHONE: PHONE_DOMAIN, Kind.ACCOUNT: "blocked.account", Kind.ADDRESS: ADDRESS_DOMAIN}


@dataclass(frozen=True)
class Sender:
    """Who sends something, as far as it is known: a normalised phone, an account, a network address. All may be empty."""

    phone: str = ""
    account_id: int | None = None
    address: str = ""

    def known(self) -> list[tuple[Blocked.Kind, str]]:
        """The values there are, by kind."""
        account = "" if self.account_id is None else str(self.account_id)
        found = ((Kind.PHONE, self.phone), (Kind.ACCOUNT, account), (Kind.ADDRESS, self.address))
        return [(kind, value) for kind, value in found if value]


@dataclass(frozen=True)
class Block:
    """A decision in force."""

    kind: str
    refuse: bool
    reason: str
    until: datetime


def stored_hash(kind: Blocked.Kind, value: str) -> bytes:
    """How a value is kept, by the key of now."""
    return hash_of(_DOMAINS[kind], value).encode()


def stored_hashes(kind: Blocked.Kind, value: str) -> list[bytes]:
    """How a value may have been kept, by this and earlier keys."""
    return [found.encode() for found in hashes_of(_DOMAINS[kind], value)]


def _load() -> dict[tuple[int, str, bytes], Block]:
    """Of several about one sender the one that ends last; those that are over stay in, decisions are few."""
    rows = Blocked.objects.filter(subdistrict__in=[place.number for place in places()], lifted_at=None).order_by("until", "id")
    return {
        (row.subdistrict_id, row.kind, bytes(row.value_hash)): Block(row.kind, row.refuse, row.reason, row.until) for row in rows
    }


_BLOCKS = Held(REVISION, _load)


def blocks_on(subdistrict_id: int, sender: Sender, now: datetime) -> list[Block]:
    """The decisions in force against a sender in a subdistrict. No statement."""
    rows = _BLOCKS()
    if not rows:
        return []
    keys = ((subdistrict_id, kind.value, found) for kind, value in sender.known() for found in stored_hashes(kind, value))
    return [block for block in (rows.get(key) for key in keys) if block is not None and block.until > now]


def refusing(blocks: Iterable[Block], sender: Sender) -> Block | None:
    """The one that takes no reports at all, the longest first. Only of who has signed in: anybody can type another's telephone."""
    if sender.account_id is None:
        return None
    return max((block for block in blocks if block.refuse), key=lambda block: block.until, default=None)


def last_day(until: datetime, zone: tzinfo) -> date:
    """The last day on which a decision holds that ends at `until`."""
    return (until - timedelta(seconds=1)).astimezone(zone).date()
