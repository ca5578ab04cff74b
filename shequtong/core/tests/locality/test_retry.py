"""In-doubt commits: repeated with the same ids, on a new connection, and never where it would not help."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from shequtong.core.locality.ids import new_id
from shequtong.core.locality.retry import PAUSES, passes, retrying
from shequtong.core.models import Submission


class Flaky:
    """Fails with the errors given, one a call, then answers how often it was called."""

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.calls = list(errors), 0

    def __call__(self) -> int:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return self.calls


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def sqlite(code: int) -> Exception:
    cause = sqlite3.OperationalError("said by SQLite")
    cause.sqlite_errorcode = code
    return caused(OperationalError("said by SQLite"), cause)


def postgresql(cause: type[psycopg.Error]) -> Exception:
    return caused(OperationalError("said by PostgreSQL"), cause("said by PostgreSQL"))


PASSING = [
    OperationalError("server closed the connection unexpectedly"),
    InterfaceError("connection already closed"),
    sqlite(sqlite3.SQLITE_BUSY),
    sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
    postgresql(psycopg.OperationalError),
    postgresql(psycopg.errors.DeadlockDetected),
    postgresql(psycopg.errors.SerializationFailure),
    postgresql(psycopg.errors.AdminShutdown),
    postgresql(psycopg.errors.CannotConnectNow),
    postgresql(psycopg.errors.TooManyConnections),
]
LASTING = [
    IntegrityError("duplicate key"),
    DatabaseError("syntax"),
    sqlite(sqlite3.SQLITE_ERROR),
    sqlite(sqlite3.SQLITE_FULL),
    postgresql(psycopg.errors.LockNotAvailable),
    postgresql(psycopg.errors.DiskFull),
    ZeroDivisionError(),
]
transactional = pytest.mark.django_db(transaction=True)


@transactional
@pytest.mark.parametrize("error", PASSING, ids=repr)
def test_a_passing_error_is_tried_again_on_a_new_connection(error: Exception) -> None:
    perform, slept = Flaky(error, error), list[float]()
    connection.ensure_connection()
    assert passes(error)
    assert retrying(perform, sleep=slept.append) == 3
    assert slept == [0.2, 0.5]
    assert connection.connection is None


@transactional
@pytest.mark.parametrize("error", LASTING, ids=repr)
def test_any_other_error_is_raised_at_once(error: Exception) -> None:
    perform, slept = Flaky(error), list[float]()
    assert not passes(error)
    with pytest.raises(type(error)):
        retrying(perform, sleep=slept.append)
    assert (perform.calls, slept) == (1, [])


@transactional
def test_in_the_end_the_last_error_is_raised() -> None:
    perform, slept = Flaky(*[OperationalError(str(turn)) for turn in range(9)]), list[float]()
    with pytest.raises(OperationalError, match="6"):
        retrying(perform, sleep=slept.append)
    assert tuple(slept) == PAUSES == (0.2, 0.5, 1, 2, 5, 10)


@pytest.mark.django_db
def test_inside_a_transaction_there_is_one_try() -> None:
    perform = Flaky(OperationalError())
    with pytest.raises(OperationalError):
        retrying(perform, sleep=lambda pause: pytest.fail("slept"))
    assert perform.calls == 1


@transactional
def test_what_stood_after_all_is_found_and_not_written_twice() -> None:
    """The commit came through, the answer did not: the row is there with the id that was made before."""
    made = new_id(0)

    def perform() -> str:
        with transaction.atomic():
            Submission.objects.create(pk=made, subdistrict_id=0, key="k", path="/", answer="/done/", at="2026-04-13T04:00Z")
        raise OperationalError("server closed the connection unexpectedly")

    def found() -> str | None:
        return Submission.objects.filter(pk=made).values_list("answer", flat=True).first()

    assert retrying(perform, found=found, sleep=lambda pause: None) == "/done/"
    assert Submission.objects.filter(subdistrict=0).count() == 1


@transactional
def test_a_connection_killed_by_the_server_is_replaced() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    kills: list[Callable[[], None]] = [kill_own_connection]

    def perform() -> int:
        with transaction.atomic():
            if kills:
                kills.pop()()
            Submission.objects.create(subdistrict_id=0, key="k", path="/", answer="", at="2026-04-13T04:00Z")
        return Submission.objects.filter(subdistrict=0).count()

    assert retrying(perform, sleep=lambda pause: None) == 1


def kill_own_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
