"""Words explained by pointer, keyboard and finger (WCAG 1.4.13), and as plain links without a script; a first day walked without a script."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shequtong.pages.demo.people import PASSWORD
from tests.browser.people import PHONES, zh
from tests.browser.test_pages import tab_to
from tools.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]
SAID = "#term-said"
DUE = "main .term[href='/glossary/#due']"


def signed_in(context: BrowserContext, who: str) -> Page:
    """A page of somebody whose browser may lack a script."""
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("summary", has_text=zh("Sign in with a password")).click()
    page.get_by_label(zh("Mobile number")).first.fill(PHONES[who])
    page.get_by_label(zh("Password")).first.fill(PASSWORD)
    page.locator("button[formaction='/sign-in/password/']").click()
    page.wait_for_url("**/desk/**")
    return page


def test_a_word_by_pointer_and_by_keyboard(chromium: Browser, address: str) -> None:
    cast = Cast(chromium, address)
    page = cast["dispatcher"].page
    page.goto("/desk/cases/")
    word, said = page.locator(DUE), page.locator(SAID)
    word.hover()
    expect(said).to_be_visible()
    expect(said).to_have_text(word.get_attribute("data-said") or "nothing")
    expect(word).to_have_attribute("aria-describedby", "term-said")
    said.hover()
    page.wait_for_timeout(500)
    expect(said).to_be_visible()  # one may move into it, and it stays
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    page.locator("h1").hover()
    word.hover()
    expect(said).to_be_visible()
    page.locator("h1").hover()
    expect(said).to_be_hidden()
    tab_to(page, DUE)
    expect(said).to_be_visible()
    box = said.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1366
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    assert page.evaluate("selector => document.activeElement.matches(selector)", DUE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#due")
    expect(page.locator("#due")).to_be_in_viewport()
    cast.close()


def test_a_word_by_finger(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="zh-CN", base_url=address)
    page = signed_in(context, "acceptor")
    page.goto("/desk/flow/")
    word, said = page.locator("main .term[href='/glossary/#register']"), page.locator(SAID)
    word.tap()
    expect(said).to_be_visible()
    expect(said).to_be_in_viewport()
    assert page.url.endswith("/desk/flow/")
    page.locator("h1").tap()
    expect(said).to_be_hidden()
    word.tap()
    expect(said).to_be_visible()
    word.tap()
    page.wait_for_url("**/glossary/#register")
    context.close()


def test_without_a_script_words_are_links_and_the_first_day_is_walked(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN", base_url=address)
    page = signed_in(context, "clerk")
    card = page.locator(".tour")
    expect(card).to_contain_text("第1步，共5步")
    card.get_by_role("link", name=zh("Show me")).click()
    for n in range(1, 6):
        expect(card).to_contain_text(f"第{n}步，共5步")
        expect(page.locator("[data-pointed]")).to_have_count(1)
        assert page.locator("[data-pointed]").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        card.get_by_role("button", name=zh("Next") if n < 5 else zh("Done", "tour")).click()
    expect(page.locator(".tour")).to_have_count(0)
    page.locator(".bar__help").click()
    page.get_by_role("button", name=zh("Take the tour once more")).click()
    expect(card).to_contain_text("第1步，共5步")
    page.goto("/desk/cases/")
    page.locator(DUE).click()
    page.wait_for_url("**/glossary/#due")
    context.close()
