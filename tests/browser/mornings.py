"""A first morning in a browser (第一个上午): everybody's windows, the workbench and its rows, hands on a keyboard."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from shequtong.core.pinyin import pinyin_key
from tests.browser.people import Person, zh
from tests.browser.stage import send
from tools.walk import Cast

KEY_SECONDS, DECISION_SECONDS, PAGE_SECONDS = 0.28, 1.35, 0.3  # of the keystroke-level model: average typist; a page of ours


@dataclass
class Day:
    """Everybody's windows, those at a desk and those on a phone; the cases of the morning by a letter."""

    desks: Cast
    phones: Cast
    numbers: dict[str, str] = field(default_factory=dict)
    key: str = ""


def bench(person: Person) -> Person:
    """On the workbench: where one lands after signing in, and comes back to by the navigation."""
    if person.page.url.rstrip("/").endswith("/desk"):
        person.page.reload()
    else:
        person.menu(zh("Workbench"))
    person.title(zh("Workbench"))
    return person


def asked(person: Person, number: str, words: str) -> Locator:
    """The button of a case's row that says what is asked."""
    return person.page.get_by_role("link", name=f"{words} {number}", exact=True)


def take_up(person: Person, number: str, words: str, **fields: object) -> None:
    """From the row to the move's page, its form, and back: the row asks for it no more."""
    asked(bench(person), number, words).click()
    send(person, words, **fields)  # type: ignore[arg-type]  # what `fill` takes
    expect(asked(bench(person), number, words)).to_have_count(0)


def number_of(person: Person) -> str:
    """Of the case that is open."""
    return person.page.locator("main .strong.nowrap, main .nowrap.strong").first.inner_text().strip()


def choose(person: Person, name: str, value: str) -> None:
    """A radio button or a line of a list."""
    lines = person.page.locator(f"main select[name={name}]")
    if lines.count():
        lines.select_option(value)
    else:
        person.page.locator(f"main label:has([name={name}][value='{value}'])").click()


@dataclass
class Typist:
    """Hands on a keyboard: presses are counted, decisions and pages too. Characters cost what an input method takes for them."""

    person: Person
    presses: int = 0
    decisions: int = 0
    pages: int = 0

    def press(self, key: str, leads_to: str = "") -> None:
        """One key, or two at once; `leads_to` is a new page."""
        self.presses += 1 + key.count("+")
        self.person.page.keyboard.press(key)
        if leads_to:
            self.person.page.wait_for_url(leads_to)
            self.pages += 1

    def type(self, text: str) -> None:
        """After a thought. Chinese by its pinyin, a choice for every two characters."""
        self.decisions += 1
        chinese = sum(not letter.isascii() for letter in text)
        self.presses += len(pinyin_key(text).replace(" ", "")) + chinese // 2 if chinese else len(text)
        if chinese:
            self.person.page.keyboard.insert_text(text)
        else:
            self.person.page.keyboard.type(text)

    @property
    def seconds(self) -> float:
        """What the keystroke-level model says of it."""
        return self.presses * KEY_SECONDS + self.decisions * DECISION_SECONDS + self.pages * PAGE_SECONDS
