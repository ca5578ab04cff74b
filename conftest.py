"""What every test starts from: nothing held in memory from the test before, and the town for who asks for it."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer

from shequtong.core import held
from shequtong.core.locality import blocks
from shequtong.interchange import rates
from shequtong.testing import migrated
from shequtong.testing.kept import Kept
from shequtong.testing.statements import watched_requests
from shequtong.testing.town import Town, build_town
from tests.scheduling import ByFolder, asks_no_database

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

__all__ = ["watched_requests"]

_town = Kept(build_town)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder | None:
    """What plays one story stays with one worker, in its order."""
    return ByFolder(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database: the rest was played on SQLite."""
    if connection.vendor == "postgresql":
        once = [item for item in items if asks_no_database(item)]
        left = set(once)
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=once)


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, int | None, int | None]:
    """One migrated database for all workers of a run, made while they collect their tests."""
    with migrated.prepared(ahead=(config.getoption("numprocesses", None) or 0) > 1):
        return (yield)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """In place of pytest-django's, which migrates in each worker anew."""
    with django_db_blocker.unblock(), migrated.test_database(), django_db_blocker.block():
        yield


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """Databases roll back beneath what a process holds in memory, and a minute of calls is not the next test's."""
    held.drop_all()
    rates.forget()
    yield
    held.drop_all()


@pytest.fixture(autouse=True)
def _own_witnesses(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test notes beside its database does not reach the next test's."""
    settings.AUDIT_FOLDER = str(tmp_path / "audit")
    monkeypatch.setattr("shequtong.audit.security._waiting_here", False)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    """Photos of a test lie in its own folder."""
    options = {"location": str(tmp_path / "files")}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture(autouse=True)
def _plain_http(settings: Settings) -> None:
    """The test client speaks plain HTTP; that everything else is led to HTTPS has a test of its own."""
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """A password costs half a second to hash in use, and nothing here."""
    settings.PASSWORD_HASHERS = ["shequtong.accounts.testing.QuickHasher"]


@pytest.fixture(autouse=True)
def _requests_watched(watched_requests: None) -> None:
    """Every page test fails on a statement that touches a local table without its subdistrict."""


@pytest.fixture(scope="session")
def playing() -> Iterator["Playwright"]:
    """The one Playwright of a process: its loop stands in this thread while it lasts, runs no code of ours, and lets no other begin."""
    from playwright.sync_api import sync_playwright  # most workers play in no browser

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as found:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # for tests with a database that come after
        yield found


@pytest.fixture
def town(db: None) -> Town:
    """The town of `shequtong/testing/town.py`."""
    blocks.forget()
    return _town()
