"""Each role's first morning: sign in, land on the workbench, take up what waits, do it, see it gone. One story on one server, in the order of the way.

Nobody types an address of the desk: everything is reached by what the workbench shows.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.mornings import Day, Typist, asked, bench, choose, number_of, take_up
from tests.browser.people import Person, photo, tick, verb, zh
from tests.browser.stage import fill, find, press_move, report, send

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]
SAID = {"one": "甲", "two": "乙", "three": "丙"}  # another test reads every page of this server for words that are not Chinese

LITTER = "暴露生活垃圾"
TOLD = "3幢楼下的垃圾桶满了两天没人清，味道很大。"
HOUSE = "枫桥路12号3幢"


def test_the_resident_tells_it_on_the_phone_finds_it_and_adds(day: Day) -> None:
    visitor = day.phones["visitor"]
    day.numbers["told"], day.key = report(visitor, LITTER, TOLD)
    find(visitor, day.numbers["told"], day.key)
    visitor.page.locator(f"main a[href$='/r/{day.numbers['told']}/add/'], main form[action$='/add/'] button").first.click()
    visitor.page.locator("main textarea").first.fill("今天早上更多了。")
    visitor.page.locator("main form button.button--primary").last.click()
    visitor.sees("今天早上更多了。")


def test_the_grid_worker_confirms_reports_and_settles(day: Day) -> None:
    worker = day.phones["grid"]
    number = day.numbers["told"]
    asked(bench(worker), number, verb("Confirm")).click()
    tick(worker.page, "[name=finding][value=exists]")
    worker.page.locator("main [name=note]").fill("现场查看，情况属实。")
    worker.page.locator("main input[type=file]").set_input_files([photo(2, mended=False)])
    worker.page.locator("main form").get_by_role("button", name=verb("Confirm"), exact=True).click()
    expect(asked(bench(worker), number, verb("Confirm"))).to_have_count(0)
    for letter in ("one", "two", "three"):
        bench(worker).page.locator(".page-header").get_by_role("link", name=zh("New case")).click()
        worker.page.locator("main input[type=search]").fill("fql12h3z")
        worker.page.locator("main").get_by_role("button", name=zh("Search"), exact=True).click()
        expect(worker.page.locator("[name=channel]:checked")).to_have_value("staff")
        worker.page.locator("select[name=cls]").select_option(label=LITTER)
        worker.page.locator("textarea[name=text]").fill(f"巡查发现垃圾堆放（{SAID[letter]}）。")
        worker.press(zh("Take in"))
        expect(worker.page.locator("#moves")).to_be_visible()
        day.numbers[letter] = number_of(worker)
    bench(worker).page.locator(".page-header").get_by_role("link", name=verb("Settled on the spot")).click()
    worker.page.locator("main input[type=search]").fill(HOUSE)
    worker.page.locator("main").get_by_role("button", name=zh("Search"), exact=True).click()
    worker.page.locator("select[name=cls]").select_option(label=LITTER)
    worker.page.locator("textarea[name=text]").fill("楼道口堆放纸箱。")
    worker.page.locator("input[name=photos]").set_input_files([photo(3, mended=False)])
    worker.page.locator("textarea[name=done]").fill("已联系住户当场清走。")
    worker.page.locator("input[name=after]").set_input_files([photo(3, mended=True)])
    worker.page.locator("main form[method=post] button.button--primary").last.click()
    expect(worker.page.locator("#moves")).to_be_visible()
    day.numbers["settled"] = number_of(worker)


def test_the_acceptor_takes_a_call_without_a_mouse_in_under_forty_seconds(day: Day) -> None:
    person = bench(day.desks["acceptor"])
    hands = Typist(person)
    hands.press("n", "**/desk/cases/new/")
    hands.type("fql12h3z")
    hands.press("Enter", "**/desk/cases/new/?building=*")
    hands.type("zfy")
    expect(person.page.locator("select[name=cls]")).to_have_value("L01")
    hands.press("Enter")
    hands.type("楼道灯坏了，晚上看不见。")
    hands.press("Tab")
    hands.type("李建国")
    hands.press("Tab")
    hands.type("13900005678")
    hands.press("Tab")
    hands.press("Space")
    expect(person.page.locator("[name=channel]:checked")).to_have_value("phone")
    hands.press("Control+Enter")
    expect(person.page.locator("#moves")).to_be_visible()
    hands.pages += 1
    day.numbers["called"] = number_of(person)
    hands.decisions += 1
    hands.press("r", "**/register/")
    hands.decisions += 1
    hands.press("Control+Enter", f"**/{day.numbers['called']}/")
    expect(person.page.locator("main .stage").first).to_have_text(zh("To be dispatched"))
    assert hands.presses <= 90, hands
    assert hands.pages <= 6, hands
    assert hands.seconds < 40, hands


def test_the_acceptor_registers_reviews_and_says_no(day: Day) -> None:
    person = day.desks["acceptor"]
    for letter in ("told", "one", "two", "three"):
        take_up(person, day.numbers[letter], verb("Register"))
    take_up(person, day.numbers["settled"], verb("Review"), valid=zh("Yes, the photos show it"))
    person.page.locator(".page-header").get_by_role("link", name=zh("New case")).click()
    person.page.locator("main input[type=search]").fill("fql12h3z")
    person.page.keyboard.press("Enter")
    person.page.locator("select[name=cls]").select_option(label="住房与物业")
    person.page.locator("textarea[name=text]").fill("要求物业退还装修押金。")
    person.press(zh("Take in"))
    expect(person.page.locator("#moves")).to_be_visible()
    number = number_of(person)
    bench(person).page.locator("main tr", has_text=number).get_by_role("link").first.click()
    press_move(person, verb("Do not accept"))
    person.page.locator("main [name=why]").select_option("not_ours")
    send(person, verb("Do not accept"), note="属合同纠纷，请向法院起诉或申请仲裁。")
    assert number not in bench(person).page.locator("main").inner_text()


def test_the_dispatcher_sends_one_by_the_duty_list_and_two_together(day: Day) -> None:
    person = day.desks["dispatcher"]
    for letter in ("told", "called"):
        take_up(person, day.numbers[letter], verb("Dispatch"))
    person.page.locator(".page-header .chip", has_text=zh("To be dispatched")).click()
    for letter in ("one", "two", "three"):
        person.page.locator(f"input[value='{day.numbers[letter]}']").check()
    person.press(verb("Dispatch"), exact=False)
    person.page.locator("main form[method=post] button.button--primary").last.click()
    expect(person.page.locator("main tbody .stage")).to_have_text([zh("To be accepted")] * 3)
    text = bench(person).page.locator("main").inner_text()
    assert not any(number in text for number in day.numbers.values())


def test_the_head_of_the_station_accepts_and_assigns(day: Day) -> None:
    person = day.desks["urban"]
    for letter in ("told", "one", "two", "three"):
        take_up(person, day.numbers[letter], verb("Accept"))
    for letter in ("told", "one"):
        asked(bench(person), day.numbers[letter], verb("Assign")).click()
        fill(person.page.locator("main [name=person]"), "郑浩")
        person.page.locator("main form").get_by_role("button", name=verb("Assign"), exact=True).click()
        expect(person.page.locator("#moves")).to_be_visible()
    colleagues = bench(person).page.locator(".work", has_text=zh("With your colleagues"))
    expect(colleagues.get_by_text(day.numbers["told"])).to_be_visible()
    expect(asked(person, day.numbers["told"], verb("Report as handled"))).to_have_count(0)


def test_the_handler_mends_it_and_shows_it_by_a_photo(day: Day) -> None:
    person = day.phones["urban2"]
    for letter in ("told", "one"):
        take_up(
            person,
            day.numbers[letter],
            verb("Report as handled"),
            note="已清运并冲洗地面。",
            photos=[photo(4, mended=True)],
        )


def test_the_inspector_verifies_one_and_sends_one_back(day: Day) -> None:
    person = day.desks["inspector"]
    words = zh("Verify", "what to do with a case")
    for letter, label, fields in (("told", "Verified: fixed", {}), ("one", "Not fixed: rework", {"note": "现场仍有遗留。"})):
        asked(bench(person), day.numbers[letter], words).click()
        press_move(person, verb(label))
        send(person, verb(label), **fields)
        expect(asked(bench(person), day.numbers[letter], words)).to_have_count(0)


def test_the_head_of_the_office_grants_time_and_decides(day: Day) -> None:
    urban, dispatcher, head = day.desks["urban"], day.desks["dispatcher"], day.desks["head"]
    _beside(urban, day.numbers["two"], "Ask for an extension", note="清运车辆检修，明日到位。")
    _beside(urban, day.numbers["three"], "Send back", note="该点位由物业负责。")
    take_up(dispatcher, day.numbers["three"], verb("Dispatch"), to="馨泰社区物业服务点")
    _beside(day.desks["property"], day.numbers["three"], "Send back", note="不属物业范围。")
    take_up(head, day.numbers["three"], verb("Decide"), station="狮山城管中队", note="按责任清单由城管处置。")
    asked(bench(head), day.numbers["two"], verb("Grant the request")).click()
    send(head, verb("Grant the request"))
    expect(asked(bench(head), day.numbers["two"], verb("Grant the request"))).to_have_count(0)


def _beside(person: Person, number: str, label: str, **fields: str) -> None:
    """A move beside the way, from the row to the case, "More", the form."""
    bench(person).page.locator("main tr", has_text=number).first.get_by_role("link").first.click()
    press_move(person, verb(label))
    send(person, verb(label), **fields)


def test_the_supervisor_reads_the_board_opens_a_number_and_urges(day: Day) -> None:
    person = bench(day.desks["supervisor"])
    person.page.locator(".page-header").get_by_role("link", name=zh("Board"), exact=True).click()
    expect(person.page.locator("main")).to_contain_text(zh("Being handled"))
    person.page.go_back()
    person.page.locator("a.tile", has_text=zh("Being handled")).click()
    person.page.locator(f"#case-{day.numbers['two']}").get_by_role("link").first.click()
    press_move(person, verb("Urge"))
    send(person, verb("Urge"), note="请今日内办结并回复。")
    urban = day.desks["urban"]
    asked(bench(urban), day.numbers["two"], verb("Reply to urging")).click()
    urban.page.locator("main [name=note]").fill("车辆已到，今日下午完成。")
    urban.page.locator("main form").get_by_role("button", name=verb("Reply to urging"), exact=True).click()
    expect(asked(bench(urban), day.numbers["two"], verb("Reply to urging"))).to_have_count(0)


def test_the_answer_goes_out_after_a_second_pair_of_eyes_and_the_case_is_closed(day: Day) -> None:
    number, head = day.numbers["told"], day.desks["head"]
    asked(bench(day.desks["dispatcher"]), number, verb("Answer the reporter")).click()
    send(day.desks["dispatcher"], verb("Answer the reporter"), text="您好，垃圾已清运，并已要求每日巡查。")
    if asked(bench(head), number, verb("Approve the answer")).count():
        take_up(head, number, verb("Approve the answer"))
    take_up(day.desks["acceptor"], number, verb("Close"))


def test_the_community_worker_calls_back_and_looks_into_her_other_post(day: Day) -> None:
    person, number = day.desks["community"], day.numbers["told"]
    asked(bench(person), number, verb("Call back")).click()
    choose(person, "reached", "yes")  # what she says of it she will say herself
    send(person, verb("Call back"), words="已清理，稍后自己评价。")
    expect(asked(bench(person), number, verb("Call back"))).to_have_count(0)
    for post in ("网格员", "社区工作者"):
        others = person.page.locator("main section.card", has_text=zh("In your other posts"))
        others.get_by_role("button").first.click()
        expect(person.page.locator(".who__post")).to_contain_text(post)
        person.title(zh("Workbench"))


def test_the_resident_says_how_it_was(day: Day) -> None:
    visitor = day.phones["visitor"]
    find(visitor, day.numbers["told"], day.key)
    visitor.page.locator("main a[href$='/evaluate/']").first.click()
    for name, value in (("solved", "yes"), ("score", "5")):
        choose(visitor, name, value)
    visitor.page.locator("main form button.button--primary").last.click()
    visitor.title(day.numbers["told"])
    expect(visitor.page.locator("main a[href$='/evaluate/']")).to_have_count(0)
