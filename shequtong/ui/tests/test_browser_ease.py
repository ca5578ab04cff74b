"""Large print (长辈版) and reading aloud (朗读) in Chromium: every part keeps its size and its contrast; only a voice of the device reads."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from shequtong.ui.tests.test_browser import address, browser, page

__all__ = ["address", "browser", "page"]  # the fixtures of the page of components serve here too
pytestmark = pytest.mark.browser

PARTS = "/ui/components/?face=resident"
# Speech as a browser has it; each passage ends when the test says so.
SPEECH = """
window.said = [];
window.going = null;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES,
  cancel() { window.going = null; },
  speak(one) { window.said.push(one.text); window.going = one; },
  addEventListener() {},
} });
"""
OWN, DISTANT = "{ localService: true, lang: 'zh-CN' }", "{ localService: false, lang: 'zh-CN' }"
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=radio], [type=checkbox])")]
  .filter(one => !one.closest(".alert__body, p, li, td, th, dd, .sr-only, .skip-link, .map, [hidden]"))
  .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height < 47.5).map(([html, box]) => `${html} ${box.height}`)
"""
SMALL_TYPE = """
() => [...document.querySelectorAll("body *")]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .filter(one => one.getClientRects().length && !one.closest(".sr-only, .map__canvas"))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 17.9).map(one => one.outerHTML.slice(0, 80))
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_large_print_is_large_everywhere(page: Page, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/ui/display/?theme={theme}&size=large&next={PARTS}")
    assert page.evaluate(SMALL_TYPE) == []
    assert page.evaluate(SMALL_TARGETS) == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_switch_keeps_what_was_typed_and_is_remembered(page: Page) -> None:
    page.goto(PARTS)
    words = page.locator("main textarea").first
    words.fill("楼道灯坏了")
    page.locator("a[data-size-to=large]").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(words).to_have_value("楼道灯坏了")
    expect(page.locator("a[data-size-to=usual]")).to_be_focused()
    page.goto(PARTS)
    expect(page.locator("html")).to_have_attribute("data-size", "large")


def test_without_a_script_the_switch_is_a_link_and_nobody_offers_to_read(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(PARTS)
    expect(page.locator("[data-read]")).to_be_hidden()
    page.locator("a[data-size-to=large]").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.locator("a[data-size-to=usual]").click()
    expect(page.locator("html:not([data-size])")).to_have_count(1)
    context.close()


def test_a_voice_of_the_device_reads_the_page_and_can_be_stopped(page: Page) -> None:
    page.add_init_script(SPEECH.replace("VOICES", f"[{DISTANT}, {OWN}]"))
    page.goto(PARTS)
    button = page.locator("[data-read]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.going.voice.localService") is True
    assert "resident" in page.evaluate("window.said[0]")  # the first words of the page
    page.evaluate("window.going.onend()")
    assert page.evaluate("window.said.length") == 2
    expect(page.locator(".is-read")).to_have_count(1)
    button.click()
    assert page.evaluate("window.going") is None
    expect(page.locator(".is-read")).to_have_count(0)
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("voices", ["[]", f"[{DISTANT}]", "[{ localService: true, lang: 'en-US' }]"])
def test_no_button_where_no_voice_of_the_device_speaks_the_language(page: Page, voices: str) -> None:
    page.add_init_script(SPEECH.replace("VOICES", voices))
    page.goto(PARTS)
    expect(page.locator("[data-read]")).to_be_hidden()
