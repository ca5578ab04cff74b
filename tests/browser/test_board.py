"""The board on a wall (综合看板): it asks again by itself, as nobody at work, keeps its place, and says when its numbers are old."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tools import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]


@pytest.fixture
def cast(chromium: Browser, address: str) -> Iterator[walk.Cast]:
    """Everyone's windows, as large as a wall."""
    found = walk.Cast(chromium, address, (1920, 1080))
    yield found
    found.close()


def test_it_asks_again_and_says_when_its_numbers_are_old(cast: walk.Cast) -> None:
    page = cast["supervisor"].page
    page.clock.install()
    page.goto("/board/")
    stale, focused = page.locator("#board-stale"), page.locator(".wall__table td a").first
    focused.focus()
    with page.expect_response("**/board/piece/") as piece:
        page.clock.run_for(11_000)
    assert piece.value.status == 200
    assert piece.value.request.headers["x-poll"] == "1"
    expect(focused).to_be_focused()
    expect(stale).to_be_hidden()

    page.route("**/board/piece/", lambda route: route.abort())
    page.clock.run_for(80_000)
    expect(stale).to_be_visible()

    page.unroute("**/board/piece/")
    with page.expect_response("**/board/piece/"):
        page.clock.run_for(11_000)
    page.clock.run_for(6_000)
    expect(stale).to_be_hidden()


def test_it_fits_a_wall_without_scrolling(cast: walk.Cast) -> None:
    page = cast["supervisor"].page
    for width, height in ((1920, 1080), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/board/")
        expect(page.locator(".wall__map canvas")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), f"scrolls at {width}"
        small = page.evaluate(
            """() => Math.min(...[...document.querySelectorAll(".wall__table td, .wall__late p, .wall__value, .wall__label")]
              .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
        )
        assert small >= 19 * width / 1920  # of the last lines, from three metres; what is counted is larger
