"""As an app on a home screen (安装到桌面): it can be installed, says when there is no network, and keeps no page on the telephone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import zh
from tests.browser.test_resident import send_a_report, window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
READY = "navigator.serviceWorker.ready.then(() => true)"
KEPT = """
async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found;
}
"""


def test_it_has_a_name_a_first_page_and_icons_of_their_size(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    page = context.new_page()
    page.goto("/")
    link = page.locator("link[rel=manifest]").get_attribute("href")
    assert link is not None
    told = context.request.get(link).json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert zh("Shequtong") in told["name"]
    for icon in told["icons"]:
        answer = context.request.get(icon["src"])
        assert answer.headers["content-type"] == "image/png"
        size = page.evaluate(
            "src => { const i = new Image(); i.src = src; return i.decode().then(() => i.naturalWidth) }", icon["src"]
        )
        assert icon["sizes"] == f"{size}x{size}"
    wrong = context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in wrong] in ([], ["in-incognito"])
    context.close()


def test_without_a_network_it_says_so_and_nothing_private_was_kept(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    page = context.new_page()
    page.goto("/")
    assert page.evaluate(READY)
    number, _key = send_a_report(page)
    page.goto(f"/r/{number}/")
    page.goto("/me/")
    kept = page.evaluate(KEPT)
    assert "/offline/" in kept
    assert [path for path in kept if path != "/offline/" and "/built/assets/" not in path] == []
    context.set_offline(True)
    page.goto(f"/r/{number}/")
    expect(page.locator("h1")).to_have_text(zh("No network"))
    assert number not in page.content()
    assert page.locator(".card").evaluate("card => getComputedStyle(card).borderRadius") != "0px"  # with its style
    context.set_offline(False)
    page.get_by_role("link", name=zh("Try again")).click()
    expect(page).to_have_title(re.compile(number))
    context.close()
