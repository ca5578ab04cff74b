"""The desk in English on a phone (英文界面): longer words fit the menu and the cards, and no page scrolls sideways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.inspector import PHONE
from tools.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]

PAGES = (
    ("community", "/desk/"),
    ("community", "/desk/cases/"),
    ("community", "/desk/registry/"),
    ("community", "/desk/registry/sheets/"),
    ("supervisor", "/desk/cases/map/hours/"),
    ("head", "/desk/roots/"),
    ("dispatcher", "/desk/flow/trial/"),
    ("sysadmin", "/desk/systems/new/"),
)
# Words that are cut off, and what stands out of the card or the menu that holds it.
CUT = """() => [
  ...[...document.querySelectorAll(".side__first span")].filter(one => one.scrollWidth > one.clientWidth + 1),
  ...[...document.querySelectorAll(".list--cards td > *")].filter(one => {
    const card = one.closest("tr").getBoundingClientRect(), own = one.getBoundingClientRect();
    return own.width && own.right > card.right + 1;
  }),
].map(one => one.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def cast(chromium: Browser, address: str) -> Iterator[Cast]:
    """Everyone's telephones."""
    found = Cast(chromium, address, PHONE)
    yield found
    found.close()


def fits(page: Page) -> None:
    """Nothing is cut, nothing stands out, nothing scrolls sideways."""
    page.wait_for_load_state("load")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate(CUT) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_nothing_is_cut_on_a_phone(cast: Cast, who: str, path: str) -> None:
    page = cast[who].page
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": cast.address}])
    page.goto(path)
    fits(page)


def test_visits_of_special_care_stay_on_their_cards(cast: Cast) -> None:
    page = cast["supervisor"].page
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": cast.address}])
    page.goto("/desk/registry/care/open/")
    page.locator("main form :is(textarea, input[type=text])").first.fill("quarterly visits")
    page.locator("main form button.button--primary").click()
    page.wait_for_url("**/care/")
    assert page.locator("main tbody tr").count()
    fits(page)
