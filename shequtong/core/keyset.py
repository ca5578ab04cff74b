"""Keysets of pager links (翻页键): `<moment, ISO>_<id>`, as an address carries them; whatever else an address says is no keyset."""

from datetime import UTC, datetime

from shequtong.core.locality.ids import HIGHEST_ID


def parse_keyset(text: str) -> tuple[datetime, int] | None:
    """The moment (in UTC) and the id of a pager link; None when it is none of ours."""
    at, _underscore, last = text.rpartition("_")
    try:
        moment, found = datetime.fromisoformat(at), int(last)
        # A moment at the edge of the calendar is a date there and none in UTC: the database would answer with an error.
        utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (utc, found) if moment.tzinfo is not None and 0 <= found <= HIGHEST_ID else None
