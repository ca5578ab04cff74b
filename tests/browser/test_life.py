"""The life of a case, played by pressing the buttons that people see: a send-back, an assistance and a reopening, on phone and laptop.

Nobody types an address but that of the first page, and nothing is posted but by a form on a page.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import Person, choose, photo, tick, zh
from tests.browser.stage import Stage, beside, find, move, offered, press_move, report, to_case

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE, LAPTOP = (390, 844), (1366, 768)
WORDS = "3幢楼下的垃圾桶满了两天没人清，味道很大。"
CLASS = "暴露生活垃圾"
LEADING, ASSISTING = "狮山城管中队", "馨泰社区物业服务点"


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def stage(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Stage]:
    """A stage at one size; every window ends without an error of a script."""
    found = Stage(chromium, address, request.param)
    yield found
    found.end()


def waiting(person: Person, stage_name: str) -> int:
    """The figure on a tile of the workbench; nothing of a rare stage shows no tile."""
    person.menu(zh("Workbench"))
    person.title(zh("Workbench"))
    tile = person.page.locator("main a", has_text=zh(stage_name))
    if not tile.count():
        return 0
    found = re.search(r"\d+", tile.first.inner_text())
    assert found
    return int(found.group())


def test_the_life_of_a_case(stage: Stage) -> None:
    visitor = stage["visitor"]
    before = waiting(stage["grid"], "To be confirmed")
    number, key = report(visitor, CLASS, WORDS)
    assert re.fullmatch(r"SS-\d{4}-\d{6}-[0-9A-Z]", number)

    assert waiting(stage["grid"], "To be confirmed") == before + 1
    grid = to_case(stage, "grid", number)
    grid.sees(WORDS)
    assert offered(grid) == [zh("Confirm", "case move")]
    move(grid, zh("Confirm", "case move"), finding=zh("It is as reported"), note="到现场看过，垃圾桶满溢")
    acceptor = to_case(stage, "acceptor", number)
    assert offered(acceptor) == [zh("Register", "case move")]
    move(acceptor, zh("Register", "case move"), note="属实，予以立案")

    dispatcher = to_case(stage, "dispatcher", number)
    assert offered(dispatcher) == [zh("Dispatch", "case move")]
    move(dispatcher, zh("Dispatch", "case move"), to=LEADING)
    expect(dispatcher.page.locator(".clock-sentence")).to_contain_text("4")

    urban = to_case(stage, "urban", number)
    assert offered(urban) == [zh("Accept", "case move")]
    assert zh("Send back", "case move") in beside(urban)
    move(urban, zh("Send back", "case move"), note="该点位由物业负责，请核对")
    dispatcher = to_case(stage, "dispatcher", number)
    dispatcher.sees("该点位由物业负责，请核对")
    move(dispatcher, zh("Dispatch", "case move"), to=LEADING, note="经核实属于市政道路，请处置")

    urban = to_case(stage, "urban", number)
    move(urban, zh("Accept", "case move"))
    assert offered(urban) == [zh("Report as handled", "case move")]
    assert zh("Ask for assistance", "case move") in beside(urban)
    press_move(urban, zh("Ask for assistance", "case move"))
    expect(urban.page.locator("select[name=station] option").first).to_have_text(ASSISTING)  # the duty list's own comes first
    choose(urban.page.locator("select[name=station]"), ASSISTING)
    urban.page.locator("[name=note]").fill("请协助疏导停放车辆")
    urban.page.locator("main form button").last.click()
    urban.sees(zh("What can be done now"))
    urban.sees(re.compile(re.escape(zh("Report as handled", "case move"))))

    helper = to_case(stage, "property", number)
    helper.press(zh("Answer the request for assistance"))
    tick(helper.page, "input[name=done][value=yes]")
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
    find(stranger, number, key)
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
