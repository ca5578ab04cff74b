"""Moments as whole microseconds since 1970 in UTC: exact, and blind to the zone's summer time."""

from datetime import UTC, datetime, timedelta

from shequtong.core.clock.terms import ClockError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60_000_000
LAST = (datetime(9990, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND  # nothing is computed beyond it


def instant(moment: datetime) -> int:
    """Microseconds since 1970; refuses a datetime without a zone, whose moment nobody can know."""
    if moment.utcoffset() is None:
        raise ClockError(f"A clock needs times with a zone, not {moment.isoformat()}.")
    return (moment - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    """The datetime (UTC) of an instant."""
    return EPOCH + timedelta(microseconds=at)
