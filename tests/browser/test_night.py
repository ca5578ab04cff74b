"""A night emergency (夜间急件): a manhole without a cover, told by telephone at eleven at night, reaches who is on duty and nobody else.

The roster is made on its page by day. Afterwards the case's page is read aloud: when, who was called, who went, when it was safe.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import PHONES, Person, choose, photo, verb, zh
from tests.browser.server import StoryClock, demo_server
from tests.browser.stage import Stage, Told, course, move, offered, read_aloud, take_down, to_case, told_in_order

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("night")]

WORDS = "枫桥路12号门口井盖没有了，天黑看不见，已经有人绊倒。"
CLASS = "井盖缺损"
SQUAD = "狮山城管中队"


@pytest.fixture
def stage(chromium: Browser, tmp_path: Path) -> Iterator[Stage]:
    """A telephone's width for who is out at night, in September 2026."""
    clock = StoryClock(tmp_path, "2026-09-22 15:00")
    with demo_server(tmp_path, clock=clock) as address:
        found = Stage(chromium, address, (1366, 900), clock)
        yield found
        found.end()


def test_a_night_emergency_is_read_aloud_from_its_page(stage: Stage, tmp_path: Path) -> None:
    on_the_roster(stage, "郑浩")
    stage.at("2026-09-22 23:05")
    number = take_down(stage["acceptor"], CLASS, WORDS)
    stage.at("2026-09-22 23:08")
    move(to_case(stage, "acceptor", number), verb("Register"), note="电话核实，情况紧急")
    stage.at("2026-09-22 23:10")
    dispatcher = to_case(stage, "dispatcher", number)
    move(dispatcher, verb("Dispatch"), to=SQUAD, note="请立即到场围护")
    dispatcher.sees("郑浩")

    (called,) = telephone(stage["dispatcher"], number)  # nobody else is woken
    assert PHONES["urban2"][-4:] in called

    stage.at("2026-09-22 23:20")
    on_duty = to_case(stage, "urban2", number)
    assert offered(on_duty) == [verb("Accept")]
    move(on_duty, verb("Accept"))
    stage.at("2026-09-23 00:30")
    done: dict[str, Told] = {"note": "已围护并换装新井盖", "photos": [photo(3, mended=True)]}
    move(to_case(stage, "urban2", number), verb("Report as handled"), **done)
    stage.at("2026-09-23 08:10")
    move(to_case(stage, "inspector", number), verb("Verified: fixed"), note="井盖稳固，路面平整")
    stage.at("2026-09-23 08:20")
    move(to_case(stage, "dispatcher", number), verb("Answer the reporter"), text="您好，井盖昨夜已更换，感谢您的来电。")
    stage.at("2026-09-23 08:30")
    move(to_case(stage, "acceptor", number), verb("Close"))

    clerk = to_case(stage, "supervisor", number)
    (tmp_path / "night.txt").write_text(read_aloud(clerk))
    clerk.page.screenshot(path=tmp_path / "night.png", full_page=True)
    told_in_order(course(clerk), STORY)


STORY = [
    (verb("Taken in"), "23:05", "沈明"),
    (verb("Register"), "23:08", "沈明", "情况紧急"),
    (verb("Dispatch"), "23:10", "林洁", SQUAD, "2026-09-23 01:10", "立即到场", zh("On duty"), "郑浩"),
    (verb("Accept"), "23:20", "郑浩"),
    (verb("Report as handled"), "00:30", "郑浩", "换装新井盖"),
    (verb("Verified: fixed"), "08:10", "孙蕾"),
    (verb("Answer the reporter"), "08:20", "林洁"),
    (verb("Close"), "08:30", "沈明"),
]


def on_the_roster(stage: Stage, name: str) -> None:
    """The head of the station takes off who else is on tonight, as the demo's roster has it, and puts somebody on."""
    stage.at("2026-09-22 15:10")
    page = stage["urban"].page
    page.locator("nav[aria-label]").get_by_role("link", name=zh("Duty roster"), exact=True).first.click()
    tonight = page.locator("main .list tr, main .list li").filter(has_text=zh("Today"))
    while others := tonight.get_by_role("button").count():
        tonight.get_by_role("button").first.click()
        expect(tonight.get_by_role("button")).to_have_count(others - 1)
    choose(page.locator("select[name=person]"), name)
    page.locator("main").get_by_role("button", name=zh("Put on duty"), exact=True).click()
    expect(tonight).to_contain_text(name)


def telephone(person: Person, number: str) -> list[str]:
    """The text messages to staff that name the case, as the demo's telephone shows them."""
    phone = person.context.new_page()
    for _ in range(20):
        phone.goto("/dev/outbox/")
        rows = [
            text for text in phone.locator("main .list tr, main .list li").all_inner_texts() if f"/desk/cases/{number}" in text
        ]
        if rows:
            break
        phone.wait_for_timeout(1000)
    phone.close()
    return rows
