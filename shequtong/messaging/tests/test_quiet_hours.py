"""first_allowed: what can wait does not arrive between 22:00 and 7:00 of the place."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from shequtong.messaging.quiet_hours import first_allowed

SUZHOU = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 4, day, hour, minute, second, tzinfo=SUZHOU).astimezone(UTC)


@pytest.mark.parametrize(
    ("wished", "allowed"),
    [
        (at(13, 12), at(13, 12)),
        (at(13, 7), at(13, 7)),
        (at(13, 21, 59, 59), at(13, 21, 59, 59)),
        (at(13, 22), at(14, 7)),
        (at(13, 23, 59), at(14, 7)),
        (at(14, 0), at(14, 7)),
        (at(14, 6, 59, 59), at(14, 7)),
    ],
)
def test_waits_for_the_morning(wished: datetime, allowed: datetime) -> None:
    assert first_allowed(wished, SUZHOU) == allowed


def test_the_place_decides_and_not_the_server() -> None:
    evening = at(13, 20)
    assert first_allowed(evening, SUZHOU) == evening
    assert first_allowed(evening, ZoneInfo("Pacific/Auckland")) > evening
