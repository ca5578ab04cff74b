"""What is not waited for on PostgreSQL (不必等待的): whether a connection that just answered lives, and a limit's count on the disk."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction

from shequtong.core.postgresql.base import FRESH, DatabaseWrapper
from shequtong.core.tally import Per, count
from shequtong.testing.statements import count_statements

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server to ask, and no such setting"),
]
LONG_AGO = float("-inf")
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Each time the server is asked whether it lives."""
    found: list[bool] = []
    line = connections["default"]  # itself: what is put on the proxy is not taken off again
    line.ensure_connection()

    def usable(_self: Any) -> bool:
        found.append(True)
        return True

    monkeypatch.setattr(DatabaseWrapper, "is_usable", usable)
    monkeypatch.setattr(connections["default"], "health_check_enabled", True)
    monkeypatch.setattr(connections["default"], "_answered_at", LONG_AGO)
    monkeypatch.setattr(connections["default"], "health_check_done", False)  # a new connection is known to live
    yield found
    line.close()


def request_begins() -> None:
    connection.close_if_unusable_or_obsolete()
    connection.close_if_health_check_failed()


def test_a_connection_that_just_answered_is_not_asked(asked: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    request_begins()
    assert len(asked) == 1
    request_begins()
    assert len(asked) == 1
    monkeypatch.setattr(connections["default"], "health_check_done", False)  # a request that used none
    monkeypatch.setattr(connections["default"], "_answered_at", time.monotonic() - FRESH)
    request_begins()
    assert len(asked) == 2


def test_after_an_error_it_is_asked_at_the_end_of_the_request(asked: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    request_begins()
    monkeypatch.setattr(connections["default"], "errors_occurred", True)
    connection.close_if_unusable_or_obsolete()
    assert len(asked) == 2


def test_a_limits_count_alone_is_not_waited_for_and_nothing_after_it_is_spared() -> None:
    with count_statements() as seen:
        assert [count("try", "one", per=Per.DAY, now=NOW) for _n in range(3)] == [1, 2, 3]
    assert seen.total == 3
    assert all("synchronous_commit" in one.sql for one in seen.statements)
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
    with transaction.atomic(), count_statements() as seen:
        assert count("try", "one", per=Per.DAY, now=NOW) == 4
    assert all("synchronous_commit" not in one.sql for one in seen.statements)
