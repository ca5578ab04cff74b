"""The page of components in Chromium, under the policy we promise: no violation of accessibility, nothing refused, all of it at work."""

import shutil
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, FilePayload, Page, Playwright, Route, expect

from shequtong.ui import manifest

pytestmark = pytest.mark.browser
DRAWN_BY_SOFTWARE = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test says what went wrong."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of ui/ alone: it needs no database and no account."""
    assert manifest.chunks(), "The front end is not built: run `npm ci && npm run build`."
    ours = [
        "shequtong.ui.policy.PolicyMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    with override_settings(MIDDLEWARE=ours, ALLOWED_HOSTS=["*"], CSRF_COOKIE_SECURE=False, SESSION_COOKIE_SECURE=False):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), Threads, Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(playing: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, drawing by software."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: apt-get install chromium fonts-noto-cjk"
    started = playing.chromium.launch(executable_path=chromium, args=DRAWN_BY_SOFTWARE)
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A laptop window in Chinese; anything the policy refuses, or a script throws, fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert wrong == []


@pytest.mark.parametrize("face", ["desk", "resident"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_accessible_and_inside_its_width(page: Page, face: str, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/ui/display/?theme={theme}&next=/ui/components/?face={face}")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_marks_a_point_by_keyboard_alone(page: Page) -> None:
    page.goto("/ui/components/")
    picking = page.locator("[data-map]").nth(1)
    picking.locator(".map__show").focus()
    page.keyboard.press("Enter")
    expect(picking.locator(".map__bar")).to_be_visible(timeout=15_000)
    expect(picking.locator("canvas").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(800)  # MapLibre glides to where the key sent it
    picking.locator(".map__bar .button--primary").focus()
    page.keyboard.press("Enter")
    lon, lat = (float(page.input_value(f"#sample-{name}")) for name in ("lon", "lat"))
    assert 120.555 < lon < 120.57
    assert lat == pytest.approx(31.295, abs=1e-3)


def test_a_question_opens_in_a_window_and_is_given_up_with_escape(page: Page) -> None:
    page.goto("/ui/components/")
    page.locator("[data-opens]").click()
    expect(page.locator("dialog.ask")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.ask")).to_be_hidden()
    page.locator("[data-opens]").click()
    page.locator("dialog.ask [data-closes]").click()
    expect(page.locator("dialog.ask")).to_be_hidden()


def test_menus_close_on_escape_and_elsewhere(page: Page) -> None:
    page.goto("/ui/components/")
    menu = page.locator("header details.menu")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_chosen_photos_are_shown_before_they_are_sent(page: Page) -> None:
    page.goto("/ui/components/")
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000"
        "1ff56c72f0d0000000049454e44ae426082"
    )
    page.set_input_files("#a_photos", [FilePayload(name="before.png", mimeType="image/png", buffer=pixel)])
    expect(page.locator("[data-photos] figcaption")).to_have_text("before.png")


def test_a_toast_can_be_closed(page: Page) -> None:
    page.goto("/ui/components/")
    page.locator(".toast__close").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_without_a_script_the_switches_work_and_nothing_dead_is_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/ui/components/?face=resident")
    page.locator(".foot .choice a[href*='theme=dark']").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".foot .choice a[href*='language=en']").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for waiting in (".toast__close", ".map__show", ".map__failed"):
        expect(page.locator(waiting).first).to_be_hidden()
    context.close()


def test_a_piece_that_polls_is_replaced_by_answers_alone(browser: Browser, address: str) -> None:
    """An error leaves it as it was, and so does a redirect (the sign-in page); the server can tell a poll from a person."""
    context = browser.new_context(base_url=address)
    page, asked = context.new_page(), []
    piece = '<p id="{0}" hx-get="{1}" hx-trigger="every 300ms" hx-swap="innerHTML">as it was</p>'
    pieces = (
        piece.format("fine", "/piece/")
        + piece.format("broken", "/broken/")
        + piece.format("gone", "/ui/display/?next=/ui/components/")
    )
    script = f'<script type="module" src="{manifest.entry("polls").module}"></script>'
    page.route("**/polled/", lambda route: route.fulfill(body=f"<!doctype html>{script}{pieces}", content_type="text/html"))
    page.route("**/broken/", lambda route: route.fulfill(status=500, body="an error's page"))

    def answer(route: Route) -> None:
        asked.append(route.request.headers)
        route.fulfill(body="as it is")

    page.route("**/piece/", answer)
    page.goto("/polled/")
    expect(page.locator("#fine")).to_have_text("as it is")
    page.wait_for_timeout(900)
    expect(page.locator("#broken")).to_have_text("as it was")
    expect(page.locator("#gone")).to_have_text("as it was")
    assert asked[0]["x-poll"] == "1"
    context.close()
