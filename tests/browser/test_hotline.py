"""A 12345 order in confidence (保密工单): from the hotline's table through station and call back to the table that goes back.

Whoever handles it never sees who called: not on a page, on paper, in a table, a search, a message, a photo's name or a step. Whoever calls
back looks twice, says why, and both looks stand in the security log. Afterwards the case's page is read aloud.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import hotline_tables as tables
from tests.browser.hotline_secrecy import downloaded, expect_looks, finished, kept, says_nobody, seen_by_the_station
from tests.browser.people import Person, photo, verb, zh
from tests.browser.server import StoryClock, demo_server
from tests.browser.stage import Stage, Told, course, fill, move, offered, press_move, read_aloud, send, to_case, told_in_order

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hotline")]

SECTION, PROPERTY = "狮山街道建设管理科", "馨泰社区物业服务点"
NUMBER, CLASS = "SZ20260921000101", "道路破损"
ANSWER = "您好，路面塌陷处已重新铺设，感谢您的来电。"


@pytest.fixture
def stage(chromium: Browser, tmp_path: Path) -> Iterator[Stage]:
    """A laptop in September 2026."""
    clock = StoryClock(tmp_path, "2026-09-21 09:00")
    with demo_server(tmp_path, clock=clock) as address:
        found = Stage(chromium, address, (1366, 768), clock)
        yield found
        found.end()


def test_an_order_in_confidence_is_read_aloud_from_its_page(stage: Stage, tmp_path: Path) -> None:
    stage.at("2026-09-21 09:10")
    came_in(stage)
    number = order_case(stage["acceptor"])
    looked_at(stage, number, "来电内容不清，电话核实地点")
    dispatched(stage, number)
    stage.at("2026-09-21 10:30")
    seen_by_the_station(stage, number)
    sent_again(stage)
    stage.at("2026-09-22 09:00")
    handled_and_answered(stage, number)
    stage.at("2026-09-22 15:00")
    called_back(stage, number)
    stage.at("2026-09-22 15:30")
    handed_back(stage)
    seen_by_the_station(stage, number)
    expect_looks(tmp_path, ["来电内容不清，电话核实地点", "办结回访"])

    clerk = to_case(stage, "supervisor", number)
    text = read_aloud(clerk)
    (tmp_path / "hotline.txt").write_text(text)
    clerk.page.screenshot(path=tmp_path / "hotline.png", full_page=True)
    told_in_order(course(clerk), STORY)
    says_nobody(text)


STORY = [
    (verb("Taken in"), "09:10", "沈明"),
    (verb("Register"), "09:20", "沈明", "塌陷"),
    (verb("Dispatch"), "09:30", "林洁", SECTION, PROPERTY, "2026-09-23 18:00"),
    (verb("Accept"), "蒋丽"),
    (verb("Correct"), "沈明", "2026-09-23 18:00 → 2026-09-25 18:00"),
    ("韩磊", zh("Done"), "已围挡"),
    (verb("Report as handled"), "蒋丽", "重新铺设"),
    (verb("Verified: fixed"), "孙蕾"),
    (verb("Answer the reporter"), "林洁", "感谢您的来电"),
    (verb("Close"), "沈明"),
    (verb("Call back"), "15:00", "沈明", zh("Solved")),
]


def send_in(stage: Stage, table: bytes) -> Person:
    """A table is sent in and read."""
    acceptor = kept(stage["acceptor"], "12345 orders")
    acceptor.press(zh("Import orders"))
    acceptor.page.locator("main input[type=file]").set_input_files([tables.file(table)])
    acceptor.press(zh("Read the table"))
    acceptor.title("12345.xlsx")
    return acceptor


def came_in(stage: Stage) -> None:
    """The table is looked at, then imported: two orders, and a line that is none."""
    acceptor = send_in(stage, tables.first(NUMBER))
    acceptor.sees(zh("%(n)s cannot be imported") % {"n": 1})
    acceptor.sees(tables.WRONG)
    acceptor.sees(zh("Kept confidential"))
    says_nobody(acceptor.page.locator("main").inner_text())
    acceptor.page.locator("main select").first.select_option(label=CLASS)
    acceptor.press(zh("Import"))
    said = finished(acceptor)
    assert said.count("2") == 1
    became = tables.rows(downloaded(acceptor))
    assert [(row[1], row[3]) for row in became] == [
        (NUMBER, zh("Imported")),
        (tables.OTHER, zh("Imported")),
        (tables.WRONG, zh("Refused")),
    ]
    says_nobody(str(became))


def order_case(person: Person) -> str:
    """From the list of orders to the case; its number."""
    kept(person, "12345 orders").page.locator("main").get_by_role("link", name=NUMBER, exact=True).click()
    expect(person.page.locator("#moves")).to_be_visible()
    person.sees(zh("The earlier of the two, from dispatch on."))
    return person.page.locator("main .nowrap.strong, main .strong.nowrap").first.inner_text().strip()


def look(person: Person, why: str) -> None:
    """Who called, after a reason."""
    says_nobody(person.page.locator("main").inner_text())
    person.page.locator("main").get_by_role("link", name=zh("Show", "reveal"), exact=True).first.click()
    person.page.locator("main [name=reason]").fill(why)
    person.page.locator("main form button").last.click()
    person.sees("李建国")
    person.sees("13912345678")


def looked_at(stage: Stage, number: str, why: str) -> None:
    """The acceptor calls the caller to know the place, and registers it."""
    look(to_case(stage, "acceptor", number), why)
    stage.at("2026-09-21 09:20")
    move(to_case(stage, "acceptor", number), verb("Register"), note="电话核实，路面塌陷约半米")


def dispatched(stage: Stage, number: str) -> None:
    """The dispatcher may not know either, and what tells who called is not taken."""
    stage.at("2026-09-21 09:30")
    dispatcher = to_case(stage, "dispatcher", number)
    assert not dispatcher.page.locator("main").get_by_role("link", name=zh("Show", "reveal"), exact=True).count()
    press_move(dispatcher, verb("Dispatch"))
    told: dict[str, Told] = {"to": SECTION, "assisting": [PROPERTY], "task": "请物业先行围挡"}
    for name, value in {**told, "note": "请与李先生（139 1234 5678）联系"}.items():
        fill(dispatcher.page.locator(f"main [name={name}]"), value)
    dispatcher.page.locator("main form").get_by_role("button", name=verb("Dispatch"), exact=True).click()
    dispatcher.sees(zh("This case is confidential: leave out the reporter's name and telephone; the station reads this."))
    send(dispatcher, verb("Dispatch"), note="请尽快修复")
    dispatcher.sees(zh("The hotline's: it is the earlier."))


def sent_again(stage: Stage) -> None:
    """Accepted; then the hotline gives two days more: the same order comes again, with another due time."""
    number = order_number(stage)
    move(to_case(stage, "housing", number), verb("Accept"))
    acceptor = send_in(stage, tables.again(NUMBER))
    acceptor.sees("2026-09-23 18:00 → 2026-09-25 18:00")
    acceptor.press(zh("Import"))
    finished(acceptor)
    assert [row[3] for row in tables.rows(downloaded(acceptor))] == [zh("Updated")]


def order_number(stage: Stage) -> str:
    """The number of the case, from the list of orders."""
    row = kept(stage["acceptor"], "12345 orders").page.locator("main tr", has_text=NUMBER)
    return row.inner_text().split("SS-")[1].join(("SS-", "")).split()[0]


def handled_and_answered(stage: Stage, number: str) -> None:
    """Helped, handled, verified, answered with a phrase to begin with, closed."""
    helper = to_case(stage, "property", number)
    helper.press(zh("Answer the request for assistance"))
    fill(helper.page.locator("main [name=done]"), zh("Done"))
    fill(helper.page.locator("main [name=note]"), "已围挡")
    helper.page.locator("main form button").last.click()
    helper.sees("已围挡")
    done: dict[str, Told] = {"note": "已重新铺设路面", "photos": [photo(3, mended=True)]}
    move(to_case(stage, "housing", number), verb("Report as handled"), **done)
    stage.at("2026-09-22 09:20")
    move(to_case(stage, "inspector", number), verb("Verified: fixed"), note="路面平整")
    stage.at("2026-09-22 09:40")
    dispatcher = to_case(stage, "dispatcher", number)
    press_move(dispatcher, verb("Answer the reporter"))
    phrases = dispatcher.page.locator("select[name=phrase]")
    phrases.select_option(index=1)
    dispatcher.press(zh("Fill in"))
    assert dispatcher.page.locator("main [name=text]").input_value()
    send(dispatcher, verb("Answer the reporter"), text=ANSWER)
    stage.at("2026-09-22 10:00")
    move(to_case(stage, "acceptor", number), verb("Close"))


def called_back(stage: Stage, number: str) -> None:
    """The case waits among those to call back; the caller is content."""
    acceptor = kept(stage["acceptor"], "Call backs", "Due for a call back")
    says_nobody(acceptor.page.locator("main").inner_text())
    acceptor.page.locator(f"main a[href='/desk/cases/{number}/']").first.click()
    acceptor.title(number)
    look(to_case(stage, "acceptor", number), "办结回访")
    acceptor = to_case(stage, "acceptor", number)
    assert verb("Call back") not in offered(acceptor)  # it stands under "More"
    heard: dict[str, Told] = {"reached": zh("Reached", "call back"), "solved": zh("Solved"), "score": zh("Very satisfied")}
    move(acceptor, verb("Call back"), **heard, words="来电人表示满意")


def handed_back(stage: Stage) -> None:
    """What the hotline gets: kind, station, answer, by whom, and the three facts; nothing of who called, which it knows."""
    acceptor = kept(stage["acceptor"], "12345 orders")
    acceptor.press(zh("Export replies"))
    finished(acceptor)
    found = tables.rows(downloaded(acceptor))
    (row,) = [each for each in found if each[0] == NUMBER]
    yes = zh("Yes", "export")
    assert [*row[3:7], *row[11:14]] == [zh("Done", "reply to the hotline"), SECTION, ANSWER, "林洁", yes, yes, yes]
    says_nobody(str(found))
