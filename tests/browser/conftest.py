"""Browsers that play people, on a demo server of their own."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.mornings import Day
from tests.browser.server import demo_server
from tools.walk import Cast

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# As long as a click waits: what is looked for comes with the next page, and the machine may be busy.
expect.set_options(timeout=60_000)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo with a few cases."""
    with demo_server(tmp_path_factory.mktemp("server"), cases=3) as found:
        yield found


@pytest.fixture(scope="session")
def chromium(playing: Playwright) -> Iterator[Browser]:
    """Debian's Chromium; a missing one is an error, never a skip."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, "Chromium is missing: apt-get install -y chromium fonts-noto-cjk"
    browser = playing.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def day(chromium: Browser, address: str) -> Iterator[Day]:
    """Everybody's windows, opened when first needed, for one file: a morning is one story."""
    found = Day(Cast(chromium, address, (1366, 800)), Cast(chromium, address, (390, 844)))
    yield found
    found.desks.close()
    found.phones.close()
