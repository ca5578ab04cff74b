"""The resident's pages in Chromium: accessible, inside their width and standing still; a report without a script; "where I am"."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import photo, zh

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WORDS = "楼道灯坏了三天，晚上老人上下楼不安全。"
SHIFTS = (
    "window.shifted = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value })"
    ".observe({ type: 'layout-shift', buffered: true })"
)


def window(chromium: Browser, address: str, width: int = 390, **more: object) -> BrowserContext:
    """A window of its own, in Chinese."""
    found = chromium.new_context(viewport={"width": width, "height": 844}, locale="zh-CN", base_url=address, **more)  # type: ignore[arg-type]  # playwright spells each option out
    found.set_default_timeout(60_000)
    return found


def looks_right(page: Page, width: int) -> None:
    """No violation of accessibility, nothing wider than the window, nothing that jumps while it loads."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert page.evaluate("window.shifted ?? 0") < 0.01, page.url


def send_a_report(page: Page) -> tuple[str, str]:
    """From the first page to number and key, by what is shown."""
    page.goto("/")
    page.get_by_role("link", name=zh("Tell us"), exact=True).first.click()
    page.get_by_role("searchbox").fill("枫桥路12号")
    page.get_by_role("button", name=zh("Search")).click()
    page.locator(".picks__pick").first.click()
    page.get_by_role("radio").nth(3).check()
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name=zh("Next")).click()
    page.locator("input[type=file]").set_input_files([photo(1, mended=False)])
    page.get_by_role("textbox", name=zh("Telephone")).fill("138 1234 5678")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=zh("Send"), exact=True).click()
    expect(page).to_have_title(re.compile(zh("We have your report")))
    return page.locator(".big-number").first.inner_text(), page.locator(".slip__key").inner_text()


def test_a_report_without_a_script_is_found_again_with_its_key(chromium: Browser, address: str) -> None:
    first, second = (window(chromium, address, java_script_enabled=False) for _each in range(2))
    number, key = send_a_report(first.new_page())
    page = second.new_page()
    page.goto("/")
    page.get_by_role("link", name=zh("Find a matter"), exact=True).first.click()
    page.locator("#id_number").fill(number)
    page.locator("#id_key").fill(key)
    page.get_by_role("button", name=zh("Open"), exact=True).click()
    expect(page.locator("main").get_by_text(WORDS)).to_be_visible()
    assert page.locator("main figure img").first.evaluate("image => image.naturalWidth") > 0
    first.close()
    second.close()


def test_number_and_key_are_copied_by_a_button_that_needs_a_script(chromium: Browser, address: str) -> None:
    context = window(chromium, address, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    told = send_a_report(page)
    buttons = page.locator("button[data-copy]")
    for at, text in enumerate(told):
        buttons.nth(at).click()
        expect(buttons.nth(at)).to_contain_text(zh("Copied"))
        assert page.evaluate("navigator.clipboard.readText()") == text
    context.close()
    without = window(chromium, address, java_script_enabled=False)
    page = without.new_page()
    send_a_report(page)
    expect(page.locator("button[data-copy]").first).to_be_hidden()
    without.close()


def test_a_mark_on_the_map_says_where_it_is_before_one_goes_on(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    page = context.new_page()
    page.goto("/report/")
    page.get_by_role("button", name=zh("Show the map")).click()
    expect(page.locator(".map__bar")).to_be_visible()
    said, where = page.locator(".map__bar output"), page.locator("[data-where]")
    page.locator(".map canvas").click(position={"x": 250, "y": 330})
    expect(said).to_have_text(zh("The map has come closer. See whether the mark stands right; press again to move it."))
    expect(where).to_have_text(re.compile("馨泰社区.+附近"))
    page.locator(".map canvas").click(position={"x": 200, "y": 200})
    expect(said).to_have_text(zh("The place is marked."))
    place = where.inner_text().rpartition("：")[2]
    page.get_by_role("button", name=zh("Use the marked spot")).click()
    expect(page.locator(".told").first).to_contain_text(place)
    context.close()


@pytest.mark.parametrize("size", ["usual", "large"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_every_page_of_a_report_looks_right(chromium: Browser, address: str, width: int, theme: str, size: str) -> None:
    context = window(chromium, address, width)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.goto(f"/ui/display/?theme={theme}&size={size}&next=/")
    for where in (
        "/",
        "/privacy/",
        "/community/?q=枫桥路",
        "/contacts/",
        "/offline/",
        "/answers/",
        "/sign-in/",
        "/report/",
        "/report/?q=枫桥路",
        "/r/",
        "/me/",
        "/r/SS-2026-000001-0/",
        "/report/what/?lon=0&lat=0",
    ):
        page.goto(where)
        page.wait_for_load_state("networkidle")
        looks_right(page, width)
    number, _key = send_a_report(page)
    looks_right(page, width)
    for where in (f"/r/{number}/", "/me/"):
        page.goto(where)
        page.wait_for_load_state("networkidle")
        looks_right(page, width)
    context.close()


def test_classes_narrow_as_one_types_as_they_do_by_the_button(chromium: Browser, address: str) -> None:
    quick, plain = window(chromium, address), window(chromium, address, java_script_enabled=False)
    page, slow = quick.new_page(), plain.new_page()
    for one in (page, slow):
        one.goto("/report/?q=枫桥路12号")
        one.locator(".picks__pick").first.click()
    page.get_by_role("textbox").fill(WORDS)
    for words in ("漏水", "ld", "灯不亮了三天", "狗叫", "垃圾桶满了"):
        page.locator("#id_find").fill(words)
        typed = page.locator("[data-choose-group] label:visible b").all_inner_texts()
        slow.locator("#id_find").fill(words)
        with slow.expect_navigation():
            slow.locator("button[name=narrow]").click()
        pressed = slow.locator("[data-choose-most] strong").all_inner_texts()
        assert sorted(typed) == sorted(pressed), words
        assert 0 < len(typed) <= 12
    page.locator("#id_find").press("Enter")  # sends nothing
    page.locator("[data-choose-group] input:visible").first.check()
    page.locator("#id_find").fill("")
    expect(page.locator("[data-choose-tree][open]")).to_have_count(1)
    page.get_by_role("button", name=zh("Next")).click()
    expect(page).to_have_title(re.compile(zh("Tell us: send")))
    expect(page.locator(".told--words")).to_contain_text(WORDS)
    quick.close()
    plain.close()


def test_where_i_am_is_my_community(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    found = context.request.get("/territory/address/?q=枫桥路12号&format=json").json()["matches"][0]
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": found["lon"], "latitude": found["lat"]})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.get_by_role("button", name=zh("Find it from where I am now")).click()
    expect(page.get_by_role("heading", name="馨泰社区", level=2)).to_be_visible()
    [place] = [url for url in asked if "lon=" in url]
    assert re.search(r"lon=\d+\.\d{3}&lat=\d+\.\d{3}$", place)  # no closer than it must be
    page.get_by_role("link", name=zh("Published answers of my community")).click()
    expect(page.locator("select[name=community] option:checked")).to_have_text("馨泰社区")
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}  # nothing from another host
    context.close()


def test_where_i_am_is_a_place(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    found = context.request.get("/territory/address/?q=枫桥路12号&format=json").json()["matches"][0]
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": found["lon"], "latitude": found["lat"]})
    page = context.new_page()
    page.goto("/report/")
    page.get_by_role("button", name=zh("Use the place where I am now")).click()
    expect(page.locator(".told")).to_contain_text(found["address"])
    context.set_geolocation({"longitude": 0, "latitude": 0})
    page.goto("/report/")
    page.get_by_role("button", name=zh("Use the place where I am now")).click()
    expect(page.get_by_role("alert")).to_contain_text(zh("We do not serve this place"))
    context.close()


def test_back_finds_each_step_and_what_was_typed(chromium: Browser, address: str) -> None:
    """After another place, and after a form that was refused: no page that answered a form stands in the way."""
    context = window(chromium, address)
    page = context.new_page()
    page.goto("/report/?q=枫桥路12号")
    page.locator(".picks__pick").first.click()
    page.get_by_role("textbox").fill(WORDS)
    page.locator("button[formaction^='/report/?']").click()
    page.get_by_role("searchbox").fill("枫桥路12号")
    page.get_by_role("button", name=zh("Search")).click()
    page.locator(".picks__pick").last.click()
    page.get_by_role("radio").nth(3).check()
    page.get_by_role("button", name=zh("Next")).click()
    expect(page).to_have_title(re.compile(zh("Tell us: send")))
    page.get_by_role("textbox", name=zh("Telephone")).fill("138 1234 5678")
    page.get_by_role("button", name=zh("Send"), exact=True).click()  # without consent
    expect(page.locator("#id_consent_error")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name=zh("What happened?"))).to_have_value(WORDS)
    page.go_back()
    expect(page.locator(".picks__pick").last).to_be_visible()
    number, _key = send_a_report(page)
    page.goto(f"/r/{number}/withdraw/")
    page.locator("main form button.button--danger").click()
    page.get_by_role("textbox").fill("已经修好了。")
    page.locator("main form button.button--danger").click()
    page.wait_for_url(f"**/r/{number}/")
    page.go_back()
    expect(page.get_by_role("heading", name=zh("Withdraw it"))).to_be_visible()
    context.close()
