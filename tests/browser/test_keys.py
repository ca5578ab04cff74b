"""The desk by single keys (快捷键): from the queue to a dispatched case, ticking rows, the list of keys; never while typing, and not once switched off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import tick, zh
from tools.walk import CODE, Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]


@pytest.fixture
def cast(chromium: Browser, address: str) -> Iterator[Cast]:
    found = Cast(chromium, address)
    yield found
    found.close()


def registered(cast: Cast, words: str) -> str:
    """A case taken in at the window, whatever has to be said on the way; registered by its letter. The number."""
    page = cast["acceptor"].page
    page.goto("/desk/cases/new/?q=枫桥路12号3幢")
    form = page.locator("main form[method=post]:has([name=cls])")
    form.locator("[name=channel][value=staff], select[name=channel]").first.evaluate(
        "field => field.matches('select') ? (field.value = 'staff') : field.click()"
    )
    form.locator("[name=cls]").select_option(CODE)
    form.locator("textarea").first.fill(words)
    form.locator("textarea").first.press("Control+Enter")
    page.wait_for_url(lambda url: "/new/" not in url)
    number = page.locator("main .strong.nowrap").first.inner_text().strip()
    inspector = cast["inspector"].page
    inspector.goto(f"/desk/cases/{number}/")
    if inspector.locator("#moves a[href$='/confirm/']").count():
        inspector.keyboard.press("c")
        inspector.wait_for_url("**/confirm/")
        tick(inspector, "input[name=finding]")
        inspector.locator("textarea[name=note]").fill("情况属实。")
        inspector.keyboard.press("Control+Enter")
        inspector.wait_for_url(f"**/{number}/")
    page.goto(f"/desk/cases/{number}/")
    page.keyboard.press("r")
    page.wait_for_url("**/register/")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{number}/")
    return number


def focused(page: Page) -> str:
    """The address of the link that has the focus; "" for none."""
    return str(page.evaluate("document.activeElement.getAttribute('href') || ''"))


def row_of(page: Page, number: str) -> None:
    """By j to the row of a case."""
    for _step in range(60):
        page.keyboard.press("j")
        if focused(page) == f"/desk/cases/{number}/":
            return
    raise AssertionError(f"j never reaches {number}")


def test_from_the_queue_to_a_dispatched_case(cast: Cast) -> None:
    number = registered(cast, "垃圾桶满了没人清，快捷键。")
    page = cast["dispatcher"].page
    page.goto("/desk/keys/")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url("**/desk/")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/desk/cases/")
    row_of(page, number)
    before = focused(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert focused(page) == before
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{number}/")
    assert page.locator("#moves a[href$='/dispatch/']").get_attribute("aria-keyshortcuts") == "d"
    page.keyboard.press("d")
    page.wait_for_url("**/dispatch/")
    page.locator("textarea[name=note]").focus()
    page.keyboard.type("djxgq?")
    expect(page.locator("textarea[name=note]")).to_have_value("djxgq?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{number}/")
    expect(page.locator("main .stage").first).to_have_text(zh("To be accepted"))


def test_ticked_and_dispatched_together(cast: Cast) -> None:
    numbers = [registered(cast, f"垃圾桶满了没人清，{n}。") for n in ("甲", "乙")]
    page = cast["dispatcher"].page
    page.goto("/desk/cases/?stage=registered")
    for number in numbers:
        page.locator("h1").click()  # away from every row
        page.evaluate("document.activeElement.blur()")
        row_of(page, number)
        page.keyboard.press("x")
        expect(page.locator(f"input[value='{number}']")).to_be_checked()
    expect(page.locator("[data-boxes-said]")).to_have_text(zh("Ticked: #").replace("#", "2"))
    page.keyboard.press("d")
    page.wait_for_url("**/bulk/dispatch/**")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/bulk/*/")
    expect(page.locator("main tbody .stage")).to_have_text([zh("To be accepted")] * 2)


def test_the_list_of_keys_and_the_switch(cast: Cast) -> None:
    page = cast["dispatcher"].page
    page.goto("/desk/cases/?stage=all")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text(zh("Tick the row"))
    page.keyboard.press("j")  # nothing moves behind it
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("select[name=stage]").focus()
    page.keyboard.press("j")
    assert focused(page) == ""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert focused(page).startswith("/desk/cases/")

    page.goto("/desk/keys/")
    page.get_by_role("link", name=zh("Switch single letters off on this device")).click()
    expect(page.get_by_text(zh("Single letters are switched off on this device."))).to_be_visible()
    page.goto("/desk/cases/?stage=all")
    for key in ("j", "?", "g", "w"):
        page.keyboard.press(key)
    assert focused(page) == ""
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator("kbd").count() == 0
    page.goto("/desk/keys/")
    page.get_by_role("link", name=zh("Switch single letters on")).click()
    page.goto("/desk/cases/?stage=all")
    page.keyboard.press("k")
    assert focused(page).startswith("/desk/cases/")
