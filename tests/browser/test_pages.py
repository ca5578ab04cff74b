"""Pages in use as everybody must be able to use them (无障碍): lists with cases, one case's whole life with what is refused on the way; a report and a
dispatch by keyboard alone. That no address escapes is known by test_every_address.py.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.inspector import LAPTOP, Inspector
from tests.browser.people import zh
from tools import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]

THOROUGHLY = {
    "home",
    "report-3-refused",
    "own-closed",
    "sign-in",
    "workbench-head",
    "queue-all",
    "map-supervisor",
    "board-supervisor",
    "case-handling-urban",
    "components-desk",
}
POSTS = ("head", "urban", "clerk")  # the same page for every post; these three see the most, their own and headers only


@pytest.fixture
def inspector() -> Inspector:
    return Inspector(thoroughly=THOROUGHLY)


@pytest.fixture
def cast(chromium: Browser, address: str, inspector: Inspector) -> Iterator[walk.Cast]:
    """Everyone's windows, listened to."""
    found = walk.Cast(chromium, address, LAPTOP, inspector.opened)
    yield found
    found.close()


def test_every_page_is_fit_for_everybody(cast: walk.Cast, inspector: Inspector) -> None:
    walk.walk_open(cast, inspector)
    walk.walk_lists(cast, inspector, POSTS)
    walk.walk_code(cast, inspector)
    number, key = walk.walk_report(cast, inspector)
    walk.walk_public(cast, inspector, number, key)
    walk.walk_intake(cast, inspector)
    walk.walk_moves(cast, inspector, number)
    walk.walk_after(cast, inspector, number)
    assert not inspector.wrong, "\n".join(inspector.wrong)
    assert len(inspector.seen) > 70


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus stands on `selector`, and see that one sees where it stands on the way."""
    for _step in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """selector => {
              const at = document.activeElement;
              const framed = [at, at.parentElement].some(one => one && getComputedStyle(one).outlineStyle !== "none");
              return {found: at.matches(selector), body: at === document.body, framed, html: at.outerHTML.slice(0, 120)};
            }""",
            selector,
        )
        assert here["framed"] or here["body"], f"nobody sees the focus on {here['html']}"
        if here["found"]:
            return
    raise AssertionError(f"Tab never reaches {selector} on {page.url}")


def press_on(page: Page, selector: str, key: str = "Enter") -> None:
    """Tab to `selector` and press `key` there."""
    tab_to(page, selector)
    page.keyboard.press(key)


def report_by_keyboard(page: Page) -> str:
    """The three steps; the number."""
    page.goto("/")
    press_on(page, "main a[href='/report/']")
    page.wait_for_url("**/report/")
    tab_to(page, "#id_q")
    page.keyboard.type("枫桥路12号3幢")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    press_on(page, ".picks__pick")
    page.wait_for_url("**/report/what/**")
    tab_to(page, "textarea")
    page.keyboard.type("键盘操作：3幢楼下的井盖翘起来了。")
    press_on(page, "input[name=cls]", "Space")
    press_on(page, "main form button.button--primary")
    expect(page).to_have_title(re.compile(zh("Tell us: send")))
    press_on(page, "main form button.button--primary")
    page.wait_for_url("**/report/done/**")
    return page.locator(".big-number").first.inner_text().strip()


def confirm_by_keyboard(page: Page, number: str) -> None:
    """Say that it is there."""
    page.goto(f"/desk/cases/{number}/")
    press_on(page, "#moves a[href$='/confirm/']")
    page.wait_for_url("**/confirm/")
    press_on(page, "input[name=finding]", "Space")
    tab_to(page, "textarea[name=note]")
    page.keyboard.type("井盖翘起约三公分。")
    press_on(page, "main form[method=post] .button--primary")
    page.wait_for_url(f"**/{number}/")


def test_a_report_and_a_dispatch_by_keyboard_alone(cast: walk.Cast, inspector: Inspector) -> None:
    number = report_by_keyboard(cast["visitor"].page)

    acceptor = cast["acceptor"].page
    # Nobody said who told it, so somebody reads it first; and it is a thing, so somebody goes and looks.
    acceptor.goto(f"/desk/cases/{number}/")
    press_on(acceptor, "#moves a[href$='/admit/']")
    acceptor.wait_for_url("**/admit/")
    press_on(acceptor, "main form[method=post] .button--primary")
    acceptor.wait_for_url(f"**/{number}/")
    confirm_by_keyboard(cast["inspector"].page, number)

    acceptor.goto(f"/desk/cases/{number}/")
    press_on(acceptor, "#moves a[href$='/register/']")
    acceptor.wait_for_url("**/register/")
    press_on(acceptor, "main form[method=post] .button--primary")
    acceptor.wait_for_url(f"**/{number}/")

    dispatcher = cast["dispatcher"].page
    dispatcher.goto("/desk/")
    press_on(dispatcher, "main a[href*='stage=registered']")
    dispatcher.wait_for_url("**stage=registered**")
    press_on(dispatcher, f"#case-{number} a")
    dispatcher.wait_for_url(f"**/{number}/")
    press_on(dispatcher, "#moves a[href$='/dispatch/']")
    dispatcher.wait_for_url("**/dispatch/")
    tab_to(dispatcher, "select[name=to]")
    press_on(dispatcher, "main form[method=post] .button--primary")
    dispatcher.wait_for_url(f"**/{number}/")
    expect(dispatcher.locator("main .stage").first).to_have_text(zh("To be accepted"))
    assert inspector.wrong == []
