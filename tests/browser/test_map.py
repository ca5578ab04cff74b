"""The map of cases in a browser (案件地图): the address and the list follow the map, Back comes back, a failure is said and mended."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import zh
from tools import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]
VIEW = re.compile(r"/desk/cases/map/view/")


@pytest.fixture
def cast(chromium: Browser, address: str) -> Iterator[walk.Cast]:
    """Everyone's windows."""
    found = walk.Cast(chromium, address)
    yield found
    found.close()


def moved(page: Page, key: str) -> str:
    """Press a key on the map; the address when its answer has come."""
    before = page.url
    with page.expect_response(VIEW):
        page.locator(".map canvas").focus()
        page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)
    return page.url


def test_list_and_address_follow_the_map_and_back_comes_back(cast: walk.Cast) -> None:
    page = cast["supervisor"].page
    with page.expect_response(VIEW) as answer:
        page.goto("/desk/cases/map/?stage=all")
    assert answer.value.json()["n"] == page.locator(".seen__case").count() > 0
    expect(page.locator("#case-map-said")).to_have_text(answer.value.json()["said"])

    nearer = moved(page, "Equal")
    assert re.search(r"\?stage=all&view=[\d.]+,[\d.]+,[\d.]+$", nearer)
    away = moved(page, "ArrowUp")
    for _step in range(8):
        away = moved(page, "ArrowUp")
    expect(page.locator("#case-map-said")).to_have_text(zh("No case in this view"))
    expect(page.locator("main a.button[data-keeps-view]")).to_have_attribute("href", away.replace("/map/", "/"))

    page.locator("main a.button[data-keeps-view]").click()
    page.wait_for_url(lambda url: "/map/" not in url and "stage=all&view=" in url)
    expect(page.locator("tbody a").first).to_be_visible()
    page.go_back()
    page.wait_for_url(away)
    expect(page.locator("#case-map-said")).to_have_text(zh("No case in this view"))


def test_a_pressed_sign_tells_its_cases_and_leads_to_them(cast: walk.Cast) -> None:
    page = cast["supervisor"].page
    with page.expect_response(VIEW) as answer:
        page.goto("/desk/cases/map/?stage=all")
    sign = answer.value.json()["signs"][0]
    with page.expect_response(VIEW):
        page.goto(f"/desk/cases/map/?stage=all&view={sign['lon']},{sign['lat']},18")
    page.wait_for_timeout(500)  # until it is drawn
    page.locator(".map canvas").click()
    link = page.locator(".map-card a").first
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{sign['cases'][0]['url']}")


def test_a_pressed_grid_tells_its_hours_and_leads_to_its_cases(cast: walk.Cast) -> None:
    page = cast["supervisor"].page
    page.goto("/desk/cases/map/hours/?months=0")
    expect(page.locator(".tabs [aria-current]")).to_contain_text(zh("Whole day"))
    place = page.locator("main tbody tr:has(.heat)").first
    page.goto(
        "/desk/cases/map/hours/?months=0&under=" + re.findall(r"under=(\w+)", place.locator("a").get_attribute("href") or "")[0]
    )
    row = page.locator("main tbody tr:has(.heat)")
    expect(row).to_have_count(1)  # one grid alone, and so it fills the map
    n, name = row.locator("td").nth(1).inner_text(), row.locator("a").inner_text()
    page.wait_for_timeout(1000)  # until it is drawn
    page.locator(".map canvas").click()
    popup = page.locator(".maplibregl-popup-content")
    expect(popup).to_contain_text(name)
    expect(popup).to_contain_text(n)
    popup.locator("a").click()
    page.wait_for_url("**/desk/cases/?reach=all&stage=all&under=*")
    expect(page.locator("tbody a").first).to_be_visible()


def test_what_could_not_be_loaded_is_said_and_asked_for_again(cast: walk.Cast) -> None:
    page = cast["supervisor"].page
    page.route(VIEW, lambda route: route.abort())
    page.goto("/desk/cases/map/?stage=all")
    state = page.locator(".map__state")
    expect(state).to_contain_text(zh("The cases of this view could not be loaded."))
    assert page.locator(".seen__case").count() > 0  # those of the whole reach stand where they stood
    page.unroute(VIEW)
    with page.expect_response(VIEW):
        state.get_by_role("button", name=zh("Try again")).click()
    expect(state).to_be_hidden()
    page.context.clear_cookies(name="sessionid")
    page.locator(".map canvas").focus()
    page.keyboard.press("Equal")
    expect(state).to_contain_text(zh("You are signed out."))
