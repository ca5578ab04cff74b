"""A hard case (难案), from the report to the appeal: sent back twice, decided, paused over a holiday, late, reworked, reopened.

It is played on a clock of its own from 21 September to 26 October 2026; the worker of the server does what time does. Afterwards the case's
own page is read aloud: every turning point with who, when and why, for a clerk who was not there.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hard_case_told import PROPERTY, SECTION, SQUAD, TRAFFIC, story
from tests.browser.people import photo, verb, zh
from tests.browser.server import StoryClock, demo_server
from tests.browser.stage import Stage, Told, course, fill, find, move, offered, read_aloud, report, to_case, told_in_order

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hard_case")]

WORDS = "3幢前面的路面塌了一个坑，晚上骑车很危险。"
CLASS = "道路破损"


@pytest.fixture
def stage(chromium: Browser, tmp_path: Path) -> Iterator[Stage]:
    """A laptop in September 2026."""
    clock = StoryClock(tmp_path, "2026-09-21 09:00")
    with demo_server(tmp_path, clock=clock) as address:
        found = Stage(chromium, address, (1366, 900), clock)
        yield found
        found.end()


def test_a_hard_case_is_read_aloud_from_its_page(stage: Stage, tmp_path: Path) -> None:
    number, key = begin(stage)
    sent_back_twice(stage, number)
    over_the_holiday(stage, number)
    late_and_reworked(stage, number)
    reopened(stage, number, key)
    appealed(stage, number)

    stage.at("2026-10-28 09:00")
    clerk = to_case(stage, "supervisor", number)
    text = read_aloud(clerk)
    (tmp_path / "hard_case.txt").write_text(text)
    clerk.page.screenshot(path=tmp_path / "hard_case.png", full_page=True)
    told_in_order(course(clerk), story())


def begin(stage: Stage) -> tuple[str, str]:
    """Reported, confirmed on the spot, registered."""
    stage.at("2026-09-21 09:10")
    number, key = report(stage["visitor"], CLASS, WORDS)
    stage.at("2026-09-21 09:30")
    grid = to_case(stage, "grid", number)
    assert offered(grid) == [verb("Confirm")]
    seen: dict[str, Told] = {
        "finding": zh("It is as reported"),
        "note": "现场有直径约半米的塌坑，已摆放警示桩",
        "photos": [photo(2, mended=False)],
    }
    move(grid, verb("Confirm"), **seen)
    stage.at("2026-09-21 09:40")
    move(to_case(stage, "acceptor", number), verb("Register"), note="属实，予以立案")
    return number, key


def sent_back_twice(stage: Stage, number: str) -> None:
    """To a lead and two assisting; back; to another; back again: the director decides."""
    stage.at("2026-09-21 09:50")
    dispatcher = to_case(stage, "dispatcher", number)
    helped: dict[str, Told] = {"assisting": [TRAFFIC, PROPERTY], "task": "交警疏导过往车辆，物业看护现场"}
    move(dispatcher, verb("Dispatch"), to=SQUAD, note="请尽快修复", **helped)
    stage.at("2026-09-21 11:00")
    move(to_case(stage, "urban", number), verb("Send back"), note="路面养护不属城管中队，应由建设管理科负责")
    stage.at("2026-09-21 11:10")
    move(
        to_case(stage, "dispatcher", number),
        verb("Dispatch"),
        to=SECTION,
        note="改派建设管理科",
        assisting=[TRAFFIC, PROPERTY],
        task="同前",
    )
    stage.at("2026-09-21 14:30")
    move(to_case(stage, "housing", number), verb("Send back"), note="该路段尚未移交，权属不清")
    stage.at("2026-09-22 09:00")
    assert not offered(to_case(stage, "dispatcher", number))
    head = to_case(stage, "head", number)
    assert verb("Decide") in offered(head)
    move(head, verb("Decide"), station=SECTION, note="该路段已于去年移交街道，由建设管理科修复")


def over_the_holiday(stage: Stage, number: str) -> None:
    """Accepted; two stations help; suspended over the holiday, and resumed by itself."""
    stage.at("2026-09-22 09:20")
    housing = to_case(stage, "housing", number)
    move(housing, verb("Accept"))
    move(housing, verb("Ask for assistance"), station=TRAFFIC, note="施工期间请疏导车辆")
    move(housing, verb("Ask for assistance"), station=PROPERTY, note="请通知住户移车")
    for who, hour, words in (("traffic", "10:00", "已安排疏导"), ("property", "10:20", "住户已移车")):
        stage.at(f"2026-09-22 {hour}")
        helper = to_case(stage, who, number)
        helper.press(zh("Answer the request for assistance"))
        fill(helper.page.locator("main [name=done]"), zh("Done"))
        fill(helper.page.locator("main [name=note]"), words)
        helper.page.locator("main form button").last.click()
        helper.sees(words)
    stage.at("2026-09-24 09:00")
    move(to_case(stage, "housing", number), verb("Ask to suspend"), until="2026-10-07", note="中秋、国庆期间沥青厂停工，无法供料")
    stage.at("2026-09-24 10:00")
    move(to_case(stage, "dispatcher", number), verb("Grant the request"), note="同意，请做好现场围挡")
    stage.at("2026-10-01 10:00")
    expect(to_case(stage, "housing", number).page.locator("main")).to_contain_text(zh("Paused", "case"))
    stage.at("2026-10-08 09:00")
    waits(stage, "housing", number, verb("Resume"))


def late_and_reworked(stage: Stage, number: str) -> None:
    """The worker warns and urges; handled late, found wanting, done again, answered and closed."""
    stage.at("2026-10-08 16:00")
    waits(stage, "housing", number, verb("Reminded"))
    stage.at("2026-10-08 17:30")
    waits(stage, "housing", number, verb("Escalated"))
    stage.at("2026-10-12 09:30")
    handled(stage, number, "已用冷补料填平", 3)
    stage.at("2026-10-12 09:50")
    move(to_case(stage, "inspector", number), verb("Not fixed: rework"), note="接缝处仍有三厘米高差，骑车颠簸")
    stage.at("2026-10-13 10:00")
    handled(stage, number, "已铣刨后重新摊铺沥青，接缝平整", 4)
    verified_answered_closed(stage, number, "2026-10-13", "您好，塌坑已重新摊铺修复，感谢您的反映。")


def reopened(stage: Stage, number: str, key: str) -> None:
    """The reporter is not content; once more round."""
    stage.at("2026-10-19 08:50")
    visitor = stage["visitor"]
    find(visitor, number, key)
    visitor.press(zh("It is not solved: reopen"))
    visitor.page.locator("textarea").fill("下雨以后又下沉了")
    visitor.page.locator("main form button").last.click()
    visitor.title(number)
    stage.at("2026-10-19 09:00")
    move(to_case(stage, "dispatcher", number), verb("Dispatch"), to=SECTION, note="请查明下沉原因")
    stage.at("2026-10-19 09:30")
    move(to_case(stage, "housing", number), verb("Accept"))
    stage.at("2026-10-20 10:00")
    handled(stage, number, "查明为雨水管渗漏，已修复管道并回填", 5)
    verified_answered_closed(stage, number, "2026-10-20", "您好，下沉系雨水管渗漏所致，现已修复。")


def appealed(stage: Stage, number: str) -> None:
    """The delay is appealed against and judged twice."""
    stage.at("2026-10-22 09:00")
    move(to_case(stage, "housing", number), verb("Appeal"), note="复工后连续降雨，无法摊铺，请予免责")
    stage.at("2026-10-23 09:00")
    move(to_case(stage, "head", number), verb("Judge the appeal"), grant=zh("Granted"), note="降雨属实，同意")
    stage.at("2026-10-26 09:00")
    move(to_case(stage, "supervisor", number), verb("Judge the appeal finally"), grant=zh("Granted"), note="同意不计入考核")


def handled(stage: Stage, number: str, words: str, seed: int) -> None:
    """By the station, with a photo."""
    move(to_case(stage, "housing", number), verb("Report as handled"), note=words, photos=[photo(seed, mended=True)])


def verified_answered_closed(stage: Stage, number: str, day: str, answer: str) -> None:
    """By three people, each from their own desk."""
    stage.at(f"{day} 10:20")
    move(to_case(stage, "inspector", number), verb("Verified: fixed"), note="现场核查，路面平整")
    stage.at(f"{day} 10:40")
    move(to_case(stage, "dispatcher", number), verb("Answer the reporter"), text=answer)
    stage.at(f"{day} 11:00")
    move(to_case(stage, "acceptor", number), verb("Close"))


def waits(stage: Stage, who: str, number: str, step: str) -> None:
    """Look again until the worker has made its step."""
    page = to_case(stage, who, number).page
    for _ in range(30):
        if page.locator(".timeline__title", has_text=step).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"the worker did not make: {step}")
