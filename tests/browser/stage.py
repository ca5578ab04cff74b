"""A stage for browser stories (浏览器故事): everyone's windows, the way to a case, a move made by its form, the page read aloud."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playwright.sync_api import Browser, FilePayload, Locator, expect

from tests.browser.people import Person, choose, photo, zh
from tests.browser.server import StoryClock

Told = str | list[str] | list[FilePayload]


SITS = timedelta(minutes=20)  # who does nothing for longer has left, and is signed out after half an hour


@dataclass
class Stage:
    """The windows of everyone who takes part; staff sign in when they are first needed, and anew after they had left."""

    browser: Browser
    address: str
    size: tuple[int, int]
    clock: StoryClock | None = None
    people: dict[str, Person] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)
    now: datetime = field(default_factory=datetime.now)

    def __getitem__(self, who: str) -> Person:
        if who in self.people and self.now - self.seen[who] > SITS:
            self.people.pop(who).close()
        if who not in self.people:
            self.people[who] = Person(self.browser, self.address, *self.size)
            if who != "visitor":
                self.people[who].sign_in_with_password(who)
                self.people[who].title(zh("Workbench"))
        self.seen[who] = self.now
        return self.people[who]

    def at(self, moment: str) -> None:
        """The story goes on at this moment (2026-09-21 09:00)."""
        assert self.clock is not None
        self.now = self.clock.to(moment)

    def end(self) -> None:
        """Everybody leaves; no script may have failed."""
        people, self.people = self.people, {}
        for person in people.values():
            person.close()


def to_case(stage: Stage, who: str, number: str) -> Person:
    """From the workbench by its list, as one does."""
    person = stage[who]
    person.menu(zh("Cases"))
    person.title(zh("Cases"))
    row = person.page.locator(f"#case-{number}")
    if not row.count():  # ended long ago: the list is narrowed to such
        filters = person.page.locator("form.filters")
        filters.locator("select[name=stage]").select_option("closed")
        filters.get_by_role("button", name=zh("Show"), exact=True).click()
    row.get_by_role("link").first.click()
    person.title(number)
    return person


def offered(person: Person) -> list[str]:
    """The moves on the way that a case page offers; the next case is none."""
    return [_without_key(text) for text in person.page.locator("#moves > a:not([href*='/next/'])").all_inner_texts()]


def beside(person: Person) -> list[str]:
    """The moves beside the way, under "More"."""
    return [_without_key(text) for text in person.page.locator("#moves details a").all_text_contents()]


def _without_key(text: str) -> str:
    """The words of a button, without the letter that presses it."""
    return re.sub(r"\s+[a-z]$", "", text.strip(), flags=re.IGNORECASE)


def press_move(person: Person, label: str) -> None:
    """Press a move; one beside the way stands under "More"."""
    link = person.page.locator("#moves a").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*[A-Za-z]?\s*$")).first
    expect(link).to_be_attached()
    if not link.is_visible():
        person.page.locator("#moves details.more > summary").click()
    link.click()
    person.title(label)


def _chosen(words: object) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(str(words))}(（在办.*)?\s*$")


def fill(control: Locator, value: Told) -> None:
    """Fill a control as a user does: what is chosen is chosen by its words."""
    kind = control.first.evaluate("element => element.tagName === 'SELECT' ? 'select' : element.type")
    if kind == "select":
        choose(control, str(value))
    elif kind in ("radio", "checkbox"):
        labels = control.page.locator("main label")
        for words in [value] if isinstance(value, str) else value:
            label = labels.filter(has_text=_chosen(words)).first
            if not label.is_visible():
                label.locator("xpath=ancestor::details[1]/summary").click()
            label.click()
    elif kind == "file":
        control.set_input_files(value)
    else:
        control.fill(str(value))


def move(person: Person, label: str, **fields: Told) -> None:
    """Press a move, fill its form, send it, and be back at the case."""
    press_move(person, label)
    send(person, label, **fields)


def send(person: Person, label: str, **fields: Told) -> None:
    """Fill the form of a move, send it, and be back at the case."""
    for name, value in fields.items():
        fill(person.page.locator(f"main [name={name}]"), value)
    person.page.locator("main form").get_by_role("button", name=label, exact=True).click()
    expect(person.page.locator("#moves")).to_be_visible()


def report(visitor: Person, kind: str, words: str, name: str = "王小明", phone: str = "13800001234") -> tuple[str, str]:
    """Three steps on the resident's page; the number and key that are given."""
    visitor.page.goto("/")
    visitor.press(zh("Tell us"), exact=False)
    visitor.title(zh("Tell us: where?"))
    visitor.page.locator("input[type=search]").fill("枫桥路12号3幢")
    visitor.press(zh("Search"))
    visitor.page.locator("main ul a", has_text="枫桥路12号3幢").first.click()
    visitor.title(zh("Tell us: what?"))
    visitor.page.locator("label", has_text=kind).first.click()
    visitor.page.locator("textarea").fill(words)
    visitor.press(zh("Next"))
    visitor.title(zh("Tell us: send"))
    visitor.page.locator("input[type=file]").set_input_files([photo(1, mended=False)])
    visitor.page.locator("input[name=name]").fill(name)
    visitor.page.locator("input[name=phone]").fill(phone)
    visitor.page.locator("input[name=consent]").check()
    visitor.press(zh("Send"))
    visitor.title(zh("We have your report"))
    number, key = visitor.page.locator(".big-number").all_inner_texts()
    return number.strip(), key.strip()


def find(visitor: Person, number: str, key: str) -> None:
    """Open one's matter with number and key, from the first page."""
    visitor.page.goto("/")
    visitor.press(zh("Find a matter"), exact=False)
    visitor.page.locator("input[name=number]").fill(number)
    visitor.page.locator("input[name=key]").fill(key)
    visitor.page.locator("main form button").last.click()
    visitor.title(number)


def course(person: Person) -> list[str]:
    """The course of the case as the page tells it, from the first step to the last, each on one line."""
    return [" ".join(text.split()) for text in reversed(person.page.locator(".timeline__item").all_inner_texts())]


def read_aloud(person: Person) -> str:
    """What somebody reads out who has only the page: what it is, where it stands, the facts, and the course from its beginning."""
    main = person.page.locator("main")
    head = " ".join(person.page.locator("header.page-header, .page-header").first.inner_text().split())
    facts = [" ".join(text.split()) for text in main.locator("section.card, .card").all_inner_texts()]
    kept = [text for text in facts if not text.startswith((zh("Course"), zh("What can be done now")))]
    return "\n".join(["", head, *kept, "", *(f"{n}. {line}" for n, line in enumerate(course(person), 1)), ""])


def told_in_order(lines: list[str], story: list[tuple[str, ...]]) -> None:
    """Each turning point stands in the course, in this order, with all of its words in the one line."""
    at = 0
    for words in story:
        found = next((n for n in range(at, len(lines)) if all(word in lines[n] for word in words)), None)
        assert found is not None, f"nobody reads {words} after line {at} of:\n" + "\n".join(lines)
        at = found + 1


def take_down(person: Person, kind: str, words: str, name: str = "李建国", phone: str = "13900005678") -> str:
    """Told by telephone, taken down at the desk; the number that is given."""
    person.menu(zh("New case"))
    person.title(zh("New case"))
    person.page.locator("main input[type=search]").fill("枫桥路12号3幢")
    person.page.locator("main").get_by_role("button", name=zh("Search"), exact=True).click()
    fill(person.page.locator("main [name=channel]"), zh("By telephone"))
    person.page.locator("select[name=cls]").select_option(label=kind)
    person.page.locator("textarea[name=text]").fill(words)
    person.page.locator("input[name=name]").fill(name)
    person.page.locator("input[name=phone]").fill(phone)
    person.page.locator("input[name=consent]").check()
    person.press(zh("Take in"))
    expect(person.page.locator("#moves")).to_be_visible()
    return person.page.locator("main .nowrap.strong, main .strong.nowrap").first.inner_text().strip()
