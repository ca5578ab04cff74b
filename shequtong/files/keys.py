"""Where the bytes of a file lie (存储路径): `<subdistrict_no>/<yyyy>/<mm>/<uuid7>`, sorted by time within a place."""

import secrets
import time
from datetime import UTC, datetime
from uuid import UUID


def uuid7() -> UUID:
    """A UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits. Python 3.11 has none of its own."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76  # version
    return UUID(int=value & ~(0x3 << 62) | 2 << 62)  # variant


def new_key(subdistrict_no: int, now: datetime) -> str:
    """A key that no other file has."""
    day = now.astimezone(UTC)
    return f"{subdistrict_no}/{day:%Y/%m}/{uuid7()}"
