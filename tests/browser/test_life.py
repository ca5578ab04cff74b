"""The life of a case, played by pressing the buttons that people see: a send-back, an assistance and a reopening, on phone and laptop.

Nobody types an address but that of the first page, and nothing is posted but by a form on a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import Person, photo, zh

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE, LAPTOP = (390, 844), (1366, 768)
WORDS = "3幢楼下的垃圾桶满了两天没人清，味道很大。"
CLASS = "暴露生活垃圾"
LEADING, ASSISTING = "狮山城管中队", "馨泰社区物业服务点"


@dataclass
class Stage:
    """The windows of everyone who takes part; staff sign in when they are first needed."""

    browser: Browser
    address: str
    size: tuple[int, int]
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Person:
        if who not in self.people:
            self.people[who] = Person(self.browser, self.address, *self.size)
            if who != "visitor":
                self.people[who].sign_in_with_password(who)
                self.people[who].title(zh("Workbench"))
        return self.people[who]


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def stage(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Stage]:
    """A stage at one size; every window ends without an error of a script."""
    found = Stage(chromium, address, request.param)
    yield found
    for person in found.people.values():
        person.close()


def to_case(stage: Stage, who: str, number: str) -> Person:
    """From the workbench by its list, as one does."""
    person = stage[who]
    person.page.locator("nav[aria-label]").get_by_role("link", name=zh("Cases"), exact=True).first.click()
    person.title(zh("Cases"))
    row = person.page.locator(f"#case-{number}")
    row.get_by_role("link").first.click()
    person.title(number)
    return person


def offered(person: Person) -> list[str]:
    """The moves a case page offers."""
    return [text.strip() for text in person.page.locator("#moves a").all_inner_texts()]


def move(person: Person, label: str, **fields: str) -> None:
    """Press a move, fill its form, send it."""
    person.press(label)
    person.title(label)
    for name, value in fields.items():
        control = person.page.locator(f"main [name={name}]")
        if control.first.evaluate("element => element.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    person.page.locator("main form button[type=submit], main form button:not([type])").first.click()
    person.sees(zh("What can be done now"))


def waiting(person: Person, stage_name: str) -> int:
    """The figure on a tile of the workbench."""
    person.page.locator("nav[aria-label]").get_by_role("link", name=zh("Workbench"), exact=True).first.click()
    person.title(zh("Workbench"))
    tile = person.page.locator("main a", has_text=zh(stage_name)).first
    found = re.search(r"\d+", tile.inner_text())
    assert found
    return int(found.group())


def report(visitor: Person) -> tuple[str, str]:
    """Three steps on the resident's page; the number and key that are given."""
    visitor.page.goto("/")
    visitor.press(zh("Tell us"), exact=False)
    visitor.title(zh("Tell us: where?"))
    visitor.page.locator("input[type=search]").fill("枫桥路12号3幢")
    visitor.press(zh("Search"))
    visitor.page.locator("main ul a", has_text="枫桥路12号3幢").first.click()
    visitor.title(zh("Tell us: what?"))
    visitor.page.locator("label", has_text=CLASS).click()
    visitor.page.locator("textarea").fill(WORDS)
    visitor.press(zh("Next"))
    visitor.title(zh("Tell us: send"))
    visitor.page.locator("input[type=file]").set_input_files([photo(1, mended=False)])
    visitor.page.locator("input[name=name]").fill("王小明")
    visitor.page.locator("input[name=phone]").fill("13800001234")
    visitor.page.locator("input[name=consent]").check()
    visitor.press(zh("Send"))
    visitor.title(zh("We have your report"))
    number, key = visitor.page.locator(".big-number").all_inner_texts()
    return number.strip(), key.strip()


def test_the_life_of_a_case(stage: Stage) -> None:
    visitor = stage["visitor"]
    before = waiting(stage["acceptor"], "To be registered")
    number, key = report(visitor)
    assert re.fullmatch(r"SS-\d{4}-\d{6}-[0-9A-Z]", number)

    assert waiting(stage["acceptor"], "To be registered") == before + 1
    acceptor = to_case(stage, "acceptor", number)
    acceptor.sees(WORDS)
    assert offered(acceptor) == [zh("Register", "case move"), zh("Void", "case move")]
    move(acceptor, zh("Register", "case move"), note="属实，予以立案")

    dispatcher = to_case(stage, "dispatcher", number)
    assert offered(dispatcher) == [zh("Dispatch", "case move")]
    move(dispatcher, zh("Dispatch", "case move"), to=LEADING)
    expect(dispatcher.page.locator(".clock-sentence")).to_contain_text("4")

    urban = to_case(stage, "urban", number)
    assert offered(urban) == [zh("Accept", "case move"), zh("Send back", "case move")]
    move(urban, zh("Send back", "case move"), note="该点位由物业负责，请核对")
    dispatcher = to_case(stage, "dispatcher", number)
    dispatcher.sees("该点位由物业负责，请核对")
    move(dispatcher, zh("Dispatch", "case move"), to=LEADING, note="经核实属于市政道路，请处置")

    urban = to_case(stage, "urban", number)
    move(urban, zh("Accept", "case move"))
    assert offered(urban) == [
        zh("Report as handled", "case move"),
        zh("Send back", "case move"),
        zh("Ask for assistance", "case move"),
    ]
    urban.press(zh("Ask for assistance", "case move"))
    expect(urban.page.locator("select[name=station] option").first).to_have_text(ASSISTING)  # the duty list's own comes first
    urban.page.locator("select[name=station]").select_option(label=ASSISTING)
    urban.page.locator("[name=note]").fill("请协助疏导停放车辆")
    urban.page.locator("main form button").last.click()
    urban.sees(zh("What can be done now"))
    urban.sees(re.compile(re.escape(zh("Report as handled", "case move"))))

    helper = to_case(stage, "property", number)
    helper.press(zh("Answer the request for assistance"))
    helper.page.locator("input[name=done][value=yes]").check(force=True)
    helper.page.locator("[name=note]").fill("车辆已疏导")
    helper.page.locator("main form button").last.click()
    helper.sees("车辆已疏导")

    handle(stage, number, 2)
    verify_answer_close(stage, number)

    visitor.press(zh("Follow this matter"))
    visitor.title(number)
    visitor.sees("您好，垃圾已清运")
    visitor.press(zh("Evaluate"))
    visitor.page.locator("label", has_text=zh("No")).last.click()
    visitor.page.locator("label", has_text=zh("Dissatisfied")).first.click()
    visitor.page.locator("main form button").last.click()
    visitor.title(number)
    visitor.press(zh("It is not solved: reopen"))
    visitor.page.locator("textarea").fill("今天早上又满了")
    visitor.page.locator("main form button").last.click()
    visitor.title(number)

    dispatcher = to_case(stage, "dispatcher", number)
    dispatcher.sees("今天早上又满了")
    move(dispatcher, zh("Dispatch", "case move"), to=LEADING)
    move(to_case(stage, "urban", number), zh("Accept", "case move"))
    handle(stage, number, 3)
    verify_answer_close(stage, number)

    stranger = Person(stage.browser, stage.address, *stage.size)
    stage.people["stranger"] = stranger
    stranger.page.goto("/")
    stranger.press(zh("Find a matter"), exact=False)
    stranger.page.locator("input[name=number]").fill(number)
    stranger.page.locator("input[name=key]").fill(key)
    stranger.page.locator("main form button").last.click()
    stranger.title(number)
    stranger.sees(WORDS)


def handle(stage: Stage, number: str, seed: int) -> None:
    """The station reports; without a photo it is refused in plain words, and what was written stays."""
    urban = to_case(stage, "urban", number)
    urban.press(zh("Report as handled", "case move"))
    urban.page.locator("[name=note]").fill("已组织清运并冲洗地面")
    urban.page.locator("main form button").last.click()
    urban.sees(zh("This class needs a photo taken after handling."))
    assert urban.page.locator("[name=note]").input_value() == "已组织清运并冲洗地面"
    urban.page.locator("input[type=file]").set_input_files([photo(seed, mended=True)])
    urban.page.locator("main form button").last.click()
    urban.sees(zh("What can be done now"))
    assert offered(urban) == []


def verify_answer_close(stage: Stage, number: str) -> None:
    """Somebody else checks; the reporter is answered before the case is closed."""
    inspector = to_case(stage, "inspector", number)
    assert offered(inspector) == [zh("Verified: fixed", "case move"), zh("Not fixed: rework", "case move")]
    expect(inspector.page.locator("img[src*='/thumb']").first).to_be_visible()
    move(inspector, zh("Verified: fixed", "case move"), note="现场已清理干净")
    acceptor = to_case(stage, "acceptor", number)
    acceptor.sees(zh("The reporter has not been answered yet."))
    move(
        to_case(stage, "dispatcher", number), zh("Answer the reporter", "case move"), text="您好，垃圾已清运，并已要求每日巡查。"
    )
    move(to_case(stage, "acceptor", number), zh("Close", "case move"), note="")
