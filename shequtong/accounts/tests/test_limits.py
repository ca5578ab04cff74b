"""The arithmetic of limits and locks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from shequtong.accounts.limits import LOGIN_LOCK, in_words, next_allowed

NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)
LIMITS = [(1, timedelta(minutes=1)), (5, timedelta(hours=1)), (10, timedelta(days=1))]


def _ago(*minutes: float) -> list[datetime]:
    return [NOON - timedelta(minutes=one) for one in minutes]


@pytest.mark.parametrize(
    ("made", "wait"),
    [
        (_ago(), None),
        (_ago(0.5), timedelta(seconds=30)),
        (_ago(1), None),
        (_ago(2, 10, 20, 30, 50), timedelta(minutes=10)),
        (_ago(2, 10, 20, 30, 61), None),
        (_ago(*[90 + 30 * one for one in range(9)], 1000), timedelta(minutes=440)),
        (_ago(*[90 + 30 * one for one in range(9)], 1441), None),
    ],
)
def test_one_a_minute_five_an_hour_ten_a_day(made: list[datetime], wait: timedelta | None) -> None:
    assert next_allowed(made, LIMITS, NOON) == (NOON + wait if wait else None)


def test_locks_grow_and_end() -> None:
    waits = [LOGIN_LOCK.after(failures) for failures in range(1, 14)]
    minutes = [wait.total_seconds() / 60 if wait else None for wait in waits]
    assert minutes == [None, None, None, None, 1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(("wait", "said"), [(0.2, "1 "), (59, "59 "), (61, "2 "), (3600, "1 "), (5400, "2 ")])
def test_waits_are_rounded_up(wait: float, said: str) -> None:
    with translation.override("en"):
        assert in_words(timedelta(seconds=wait)).startswith(said)
