"""What a report is probably about (早发现), offered while it is typed at the window: the words that led to it, how sure that is, and a press that takes it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shequtong.triage.testing import invented_weights
from shequtong.triage.weights import write_weights
from tests.browser.people import Person, tick, zh
from tests.browser.server import demo_server
from tools.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("suggested"), pytest.mark.slow]

AT = "/desk/cases/new/?q=枫桥路12号3幢"
LAMP, RUBBISH, NOISE = "0113", "0110", "E01"


@pytest.fixture(scope="module")
def acceptor(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Who takes reports in, of a place that was taught by a few of them."""
    folder = tmp_path_factory.mktemp("taught")
    with demo_server(folder, cases=3) as address:
        taught = folder / "data" / "triage" / "weights.bin"
        taught.parent.mkdir(exist_ok=True)
        write_weights(taught, invented_weights({"lamp": [LAMP], "rubbish": [RUBBISH], "noise": [NOISE]}))
        cast = Cast(chromium, address)
        _until_it_suggests(cast["acceptor"].page)
        yield cast["acceptor"]
        cast.close()


def _until_it_suggests(page: Page) -> None:
    """Every process of the server sees new weights within two seconds."""
    for _try in range(50):
        page.goto(AT)
        if page.locator("[data-suggest]").count():
            return
        page.wait_for_timeout(200)
    raise AssertionError("nothing is suggested")


def _typed(page: Page, words: str) -> Locator:
    """The form with these words typed into it, key by key; what it suggests."""
    page.goto(AT)
    page.wait_for_load_state("load")
    page.locator("main textarea[name=text]").press_sequentially(words)
    said = page.locator("[data-suggest]")
    expect(said.locator(".suggested__said")).to_be_visible()
    return said


def _name(page: Page, code: str) -> str:
    """What the list of the form calls a class."""
    return page.locator(f"select[name=cls] option[value='{code}']").inner_text().strip()


def test_a_press_takes_what_the_words_say_and_the_case_carries_it(acceptor: Person) -> None:
    page = acceptor.page
    said = _typed(page, "垃圾堆在楼道里没人收，苍蝇很多")
    expect(said).to_contain_text(zh("Probably about:"))
    assert [word for word in said.locator("mark").all_inner_texts() if word not in "垃圾堆在楼道里没人收，苍蝇很多"] == []
    expect(said.locator("mark").first).to_be_visible()
    expect(said).to_contain_text(zh("led by %(station)s") % {"station": "狮山城管中队"})
    chosen = page.locator("select[name=cls]")
    expect(chosen).to_have_value("")  # nothing is chosen by itself
    name = _name(page, RUBBISH)
    said.get_by_role("button", name=re.compile(re.escape(name.rpartition(" ")[2]))).press("Enter")
    expect(chosen).to_have_value(RUBBISH)
    expect(chosen).to_be_focused()
    tick(page, "main input[name=channel][value=staff]")
    page.locator("main textarea[name=text]").press("Control+Enter")
    page.wait_for_url(lambda url: "/new/" not in url)
    expect(page.locator("main")).to_contain_text(name)


def test_who_is_not_certain_says_so_and_offers_two(acceptor: Person) -> None:
    said = _typed(acceptor.page, "垃圾堆得老高，音响又吵")
    expect(said).to_contain_text(zh("Not certain; perhaps:"))
    assert [one.get_attribute("data-take") for one in said.get_by_role("button").all()] == [RUBBISH, NOISE]
    said.get_by_role("button").last.click()
    expect(acceptor.page.locator("select[name=cls]")).to_have_value(NOISE)


def test_words_that_say_nothing_suggest_nothing(acceptor: Person) -> None:
    said = _typed(acceptor.page, "路灯旁边有垃圾")
    expect(said).to_contain_text(zh("Not certain what it is about. Please choose it from the list."))
    assert said.get_by_role("button").count() == 0
    expect(acceptor.page.locator("select[name=cls]")).to_have_value("")
    acceptor.page.locator("main textarea[name=text]").fill("路灯")
    expect(said.locator(".suggested__said")).to_have_count(0)  # too short to say anything: it goes
