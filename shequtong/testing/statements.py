"""The statement watcher (语句守望): what a page or a use-case asks of the database, counted, and whether each question names its subdistrict.

It stands in for Citus, which no test of ours can have: a statement that touches a local table without its subdistrict would visit
every shard there. `with count_statements() as seen: ...; assert seen.total <= 8, seen.listing`; `with watch_statements(): ...` fails at
its end; the fixture `watched_requests` does so for each request a test makes, and leaves the test's own reads alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.http import HttpRequest

from shequtong.core.locality.blocks import ID_SEQUENCE
from shequtong.core.locality.checks import kind_of
from shequtong.core.models import Counter, Revision
from shequtong.testing.routing import strays


@dataclass(frozen=True)
class CityWide:
    """A statement that may ask the whole city: which one (a regular expression over its SQL), and why."""

    label: str
    pattern: str
    reason: str

    def covers(self, sql: str) -> bool:
        return re.search(self.pattern, sql) is not None


# The whole list of statements that may touch a local table without its subdistrict. Each costs a visit to every shard.
CITY_WIDE: tuple[CityWide, ...] = ()

_TRANSACTION_CONTROL = re.compile(
    r"\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|START TRANSACTION|SET CONSTRAINTS)\b", re.IGNORECASE
)

_NOW_AND_THEN = re.compile(
    rf"""^SELECT "{Revision._meta.db_table}"\."name"|^SELECT nextval\('{ID_SEQUENCE}'\)|^INSERT INTO {Counter._meta.db_table} """
)


@dataclass(frozen=True)
class Statement:
    """One statement, with `%s` where its values go; `rows` it gave or changed, where the driver tells (PostgreSQL)."""

    sql: str
    times: int = 1  # of executemany
    rows: int | None = None


@dataclass
class Seen:
    """The statements of a stretch of code, transaction control left out."""

    statements: list[Statement] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many statements were sent."""
        return len(self.statements)

    @property
    def rows(self) -> int | None:
        """How many rows they gave or changed together; None where the driver does not tell."""
        told = [statement.rows for statement in self.statements if statement.rows is not None]
        return sum(told) if len(told) == self.total else None

    @property
    def warm(self) -> "Seen":
        """Without what a warm process asks now and then, whoever calls: revisions once a second, a block in 20 numbers or 1000 ids."""
        return Seen([each for each in self.statements if not _NOW_AND_THEN.search(each.sql)])

    @property
    def listing(self) -> str:
        """All of them, numbered, for the message of an assertion."""
        return "\n".join([f"{self.total} statements", *(f"{at}. {each.sql}" for at, each in enumerate(self.statements, 1))])


@contextmanager
def count_statements(using: str = "default") -> Iterator[Seen]:
    """Note what is sent to the database `using` in the body."""
    seen = Seen()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        if not _TRANSACTION_CONTROL.match(sql):
            rowcount = context["cursor"].rowcount
            seen.statements.append(Statement(sql, len(params) if many else 1, rowcount if rowcount >= 0 else None))
        return answer

    with connections[using].execute_wrapper(note):
        yield seen


@contextmanager
def watch_statements(
    *, city_wide: Iterable[CityWide] = (), also_local: Iterable[str] = (), where: str = "", using: str = "default"
) -> Iterator[Seen]:
    """Note what is sent in the body, and fail at its end when a statement touches a local table without its subdistrict.

    `city_wide` adds to CITY_WIDE for this body; `also_local` names further local tables; `where` stands in the message.
    """
    with count_statements(using) as seen:
        yield seen
    allowed = (*CITY_WIDE, *city_wide)
    tables, vendor = local_tables() | frozenset(also_local), connections[using].vendor
    found = [
        f"{', '.join(sorted(stray))} without subdistrict in\n    {statement.sql}"
        for statement in seen.statements
        if (stray := strays(statement.sql, vendor, tables)) and not any(each.covers(statement.sql) for each in allowed)
    ]
    if found:
        raise AssertionError("\n  ".join([f"statements over the whole city{where and f' ({where})'}:", *found]))


def local_tables() -> frozenset[str]:
    """Tables of the installed local models."""
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True) if kind_of(model) == "local")


@pytest.fixture
def watched_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request the test makes is watched, middleware included; the test's own reads are not."""
    answer = BaseHandler.get_response

    def watched(handler: BaseHandler, request: HttpRequest) -> Any:
        with watch_statements(where=f"{request.method} {request.path}"):
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", watched)
