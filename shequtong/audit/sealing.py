"""What a seal vouches for (封存规则): pure arithmetic over its columns and the marks of its entries."""

import hashlib
from collections.abc import Iterable

from shequtong.audit.marks import mac
from shequtong.audit.models import Seal


def digest_of(marks: Iterable[str]) -> str:
    """SHA-256 over the marks of a batch in order: binds the content of the entries, and not only their ids, to the chain."""
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def mac_of(seal: Seal) -> str:
    """The HMAC of the seal: its number, range, ids, digest, time, and the mac of the one before, which makes it a chain."""
    columns = ("subdistrict_id", "number", "first", "last", "ids", "digest", "previous", "at")
    return mac("audit seal", {column: getattr(seal, column) for column in columns})
