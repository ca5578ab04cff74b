"""A walk past every page (走查): the cast at their browsers, the pages that need no case, and one case from report to reopening.

`look(name, person)` is called on each page as it stands; `tools.screens` photographs there, `tests/browser/test_pages.py` examines.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Browser, Locator, Page

from shequtong.access.usecases.make_administrator import ADMINISTRATORS
from tests.browser.people import Person, choose, photo, tick, zh


class Window(Protocol):
    """Where one looks at a page."""

    page: Page


Look = Callable[[str, Window], None]
WORDS = "3幢楼下的垃圾桶满了两天没人清，味道很大，路过的人都捂着鼻子走。"
LEADING, ASSISTING = "狮山城管中队", "馨泰社区物业服务点"
CODE = "0110"

WORKBENCHES = (
    *("district", "supervisor", "head", "acceptor", "dispatcher", "inspector"),
    *("community", "grid", "clerk", "urban", "urban2", "neighbour"),
)
STILL = (
    ("home", "/"),
    ("report-1-where", "/report/"),
    ("find", "/r/"),
    ("mine-visitor", "/me/"),
    ("privacy", "/privacy/"),
    ("offline", "/offline/"),
    ("glossary", "/glossary/"),
    ("community", "/community/"),
    ("contacts", "/contacts/"),
    ("sign-in", "/sign-in/"),
    ("not-found", "/nothing/here/"),
    ("components-resident", "/ui/components/?face=resident"),
    ("components-desk", "/ui/components/"),
)


@dataclass
class Cast:
    """Everyone's browser, opened and signed in when first asked for."""

    browser: Browser
    address: str
    size: tuple[int, int] = (1366, 768)
    opened: Callable[[Person], None] = lambda person: None
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Person:
        if who not in self.people:
            person = Person(self.browser, self.address, *self.size)
            self.people[who] = person
            self.opened(person)
            if who in ADMINISTRATORS:
                person.sign_in_as_administrator(who)
            elif not who.startswith("visitor"):
                person.sign_in_with_password(who)
            if not who.startswith("visitor"):
                person.page.wait_for_url(lambda url: "/sign-in/" not in url)
        return self.people[who]

    def close(self) -> None:
        """End every window; nothing may have gone wrong in a script of any."""
        for person in self.people.values():
            person.close()


def walk_lists(cast: Cast, look: Look, posts: tuple[str, ...] = WORKBENCHES) -> None:
    """Pages that list cases or messages, be there any or none: one's own, and each post's workbench, queue and inbox."""
    _go(cast["visitor"], "/dev/outbox/", "outbox", look)
    _go(cast["visitor"], "/answers/", "published-answers", look)
    _go(cast["resident"], "/me/", "mine", look)
    _go(cast["resident"], "/inbox/", "inbox-resident", look)
    for who in posts:
        _go(cast[who], "/desk/", f"workbench-{who}", look)
    for who in ("supervisor", "district", "neighbour"):
        _go(cast[who], "/board/", f"board-{who}", look)
    _go(cast["supervisor"], "/board/?still=1", "board-still", look)
    for who in ("supervisor", "acceptor", "urban", "clerk"):
        _go(cast[who], "/desk/cases/", f"queue-{who}", look)
        _go(cast[who], "/inbox/", f"inbox-{who}", look)
    _go(cast["dispatcher"], "/desk/cases/?stage=registered", "queue-boxes", look)
    _go(cast["dispatcher"], "/desk/keys/", "keys", look)
    _go(cast["dispatcher"], "/desk/help/", "help", look)
    _go(cast["dispatcher"], "/glossary/", "glossary-staff", look)
    for step in range(1, 6):
        _go(cast["dispatcher"], f"/desk/tour/{step}/", f"tour-{step}", look)
    _go(cast["supervisor"], "/desk/tour/3/", "tour-board", look)
    _go(cast["dispatcher"], "/desk/cases/mine/?query=stage%3Dregistered", "own-list", look)
    for who, query in (("supervisor", ""), ("clerk", ""), ("urban", "?stage=all"), ("supervisor", "?stage=voided&cls=H01")):
        _go(cast[who], f"/desk/cases/map/{query}", f"map-{who}{'-nothing' if '&' in query else ''}", look)
    for name, who, query in (
        ("day", "supervisor", ""),
        ("evening", "clerk", "?hours=18-24"),
        ("streets", "district", "?months=0"),
    ):
        _go(cast[who], f"/desk/cases/map/hours/{query}", f"map-hours-{name}", look)
    _go(cast["supervisor"], "/desk/cases/map/hours/?cls=H01&months=1&hours=3-4", "map-hours-nothing", look)
    for name, q in (("empty", ""), ("found", "枫桥路"), ("nothing", "没有这样的事")):
        _go(cast["dispatcher"], f"/desk/search/?q={q}", f"search-{name}", look)
    _go(cast["supervisor"], "/desk/cases/?stage=all", "queue-all", look)
    _go(cast["supervisor"], "/desk/cases/?stage=voided&light=red&cls=H01", "queue-nothing", look)


def walk_open(cast: Cast, look: Look) -> None:
    """Pages for anybody that say the same however many cases there are."""
    for name, path in STILL:
        _go(cast["visitor"], path, name, look)


def walk_still(cast: Cast, look: Look) -> None:
    """One's account, people, stations and units."""
    _go(cast["resident"], "/account/", "account-resident", look)
    _go(cast["supervisor"], "/account/", "account", look)
    _go(cast["supervisor"], "/account/password/", "password", look)
    _go(cast["supervisor"], "/desk/people/", "people", look)
    _go(cast["supervisor"], "/desk/people/new/", "person-new", look)
    _go(cast["supervisor"], "/desk/units/", "units", look)
    community = cast["supervisor"].page.locator("[data-role='title'] a").nth(2).get_attribute("href") or ""
    _go(cast["supervisor"], community, "unit", look)
    _go(cast["supervisor"], f"{community}buildings/", "unit-buildings", look)
    _go(cast["supervisor"], f"{community}grids/history/", "grids-history", look)
    _go(cast["sysadmin"], f"{community}grids/", "grids", look)
    _go(cast["supervisor"], "/desk/units/contacts/", "contact-cards", look)
    _go(cast["supervisor"], cast["supervisor"].page.locator("tbody a").first.get_attribute("href") or "", "contact-card", look)
    _go(cast["supervisor"], "/desk/stations/", "stations", look)
    for name, row in (("station", "tbody a"), ("office", "main a[href*='/offices/']")):
        cast["supervisor"].page.goto("/desk/stations/")
        _go(cast["supervisor"], cast["supervisor"].page.locator(row).first.get_attribute("href") or "", name, look)
    cast["supervisor"].page.goto("/desk/people/?station=&role=station_head")
    post = cast["supervisor"].page.locator("tbody a").first.get_attribute("href") or ""
    for name in ("", "deputy/", "end/"):
        _go(cast["supervisor"], post + name, f"person-{name.strip('/') or 'post'}", look)


def walk_registry(cast: Cast, look: Look) -> None:
    """Homes to confirm, their sheet, and what may have happened to somebody."""
    who = cast["supervisor"]
    _go(who, "/desk/registry/due/", "registry-due", look)
    grid = who.page.locator("#grids a").first.get_attribute("href") or ""
    _go(who, f"/desk/registry/due/{grid}", "registry-due-grid", look)
    _go(who, f"/desk/registry/due/{grid}&paper=1", "registry-due-sheet", look)
    _go(who, "/desk/registry/buildings/", "registry-buildings", look)
    building = who.page.locator("tbody a").first.get_attribute("href") or ""
    _go(who, building, "registry-building", look)
    _go(who, f"{building}?mark=elderly&age=80", "registry-building-filtered", look)
    _go(who, "/desk/registry/care/open/", "registry-care-open", look)
    who.page.goto("/desk/registry/")
    person = who.page.locator("tbody a").first.get_attribute("href") or ""
    _go(who, f"{person}life/", "registry-life", look)
    for event in ("move_out", "move_in", "death"):
        _go(who, f"{person}life/{event}/", f"registry-life-{event}", look)
    sheets = "/desk/registry/sheets/"
    _go(who, sheets, "registry-sheets", look)
    fill = who.page.locator("tbody a[href*='/fill/']").first.get_attribute("href") or ""
    _go(who, fill, "registry-sheet-fill", look)
    _go(who, f"{sheets}templates/", "registry-sheet-templates", look)
    one = who.page.locator("tbody a").first.get_attribute("href") or ""
    _go(who, one, "registry-sheet-template", look)
    _go(who, f"{sheets}templates/new/", "registry-sheet-template-new", look)


def walk_code(cast: Cast, look: Look) -> None:
    """The sign-in with a code, and what it says of a number that is none."""
    person = cast["visitor-code"]
    page = person.page
    page.goto("/sign-in/")
    page.get_by_label(zh("Mobile number")).first.fill("123")
    person.press(zh("Send me a code"))
    look("sign-in-refused", person)
    page.get_by_label(zh("Mobile number")).first.fill("19900000042")
    person.press(zh("Send me a code"))
    page.wait_for_url("**/sign-in/code/")
    look("sign-in-code", person)


def walk_report(cast: Cast, look: Look, words: str = WORDS, name: str = "王小明") -> tuple[str, str]:
    """Tell us, in three steps, with every refusal on the way: number and key."""
    person = cast["visitor"]
    page = person.page
    page.goto("/report/?q=没有这条路")
    look("report-1-nothing", person)
    page.goto("/report/?q=枫桥路12号")
    look("report-1-found", person)
    page.locator("main ul a").nth(2).click()
    look("report-2-what", person)
    page.locator("main form").evaluate("form => form.noValidate = true")
    person.press(zh("Next"))
    look("report-2-refused", person)
    tick(page, f"input[name=cls][value='{CODE}']")
    page.locator("textarea").fill(words)
    person.press(zh("Next"))
    look("report-3-send", person)
    page.locator("input[type=file]").set_input_files([photo(1, mended=False), photo(5, mended=False)])
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=phone]").fill("138")
    page.locator("main form").evaluate("form => form.noValidate = true")
    person.press(zh("Send"))
    page.locator("main [aria-invalid=true]").first.wait_for()  # photos are made smaller and sent before the answer comes
    look("report-3-refused", person)
    page.locator("input[name=phone]").fill("13800001234")
    page.locator("input[name=consent]").check()
    person.press(zh("Send"))
    page.wait_for_url("**/report/done/**")
    look("report-done", person)
    number, key = page.locator(".big-number").all_inner_texts()
    return number.strip(), key.strip()


def walk_public(cast: Cast, look: Look, number: str, key: str) -> None:
    """What who has only the number sees, a key that is wrong, and one's own matter."""
    stranger = cast["visitor-stranger"]
    _go(stranger, f"/r/{number}/", "public", look)
    stranger.page.goto("/r/")
    stranger.page.locator("input[name=number]").fill(number)
    stranger.page.locator("input[name=key]").fill("AAAA-BBBB-CCCC"[: len(key)])
    stranger.page.locator("main form button").last.click()
    look("find-refused", stranger)
    _go(stranger, "/r/SS-2026-999999-X/", "public-nothing", look)
    _go(cast["visitor"], f"/r/{number}/", "own-new", look)
    _go(cast["visitor"], "/me/", "mine-device", look)


def walk_intake(cast: Cast, look: Look) -> None:
    """A new case at the window: the search, the form, the form refused."""
    person = cast["acceptor"]
    page = person.page
    _go(person, "/desk/cases/new/", "intake-1", look)
    _go(person, "/desk/cases/new/?q=枫桥路", "intake-1-found", look)
    page.locator("main ul.picks a").first.click()
    look("intake-2", person)
    page.locator("main form[method=post]:has([name=cls])").evaluate("form => form.noValidate = true")
    page.locator("main form[method=post] [name=name]").fill("周晓燕")
    _send(page)
    look("intake-2-refused", person)


def walk_moves(cast: Cast, look: Look, number: str) -> None:
    """Every move page in its turn, and the case page at each stage, as those see it who must act."""
    at = f"/desk/cases/{number}/"

    def case(who: str, stage: str) -> None:
        _go(cast[who], at, f"case-{stage}-{who}", look)

    def move(who: str, verb: str, _pictures: int = 0, **fields: str) -> None:
        _go(cast[who], f"{at}{verb}/", f"move-{verb}", look)
        _fill(cast[who].page, _pictures, fields)

    case("inspector", "confirmation")
    _go(cast["inspector"], f"{at}confirm/", "move-confirm", look)
    tick(cast["inspector"].page, "input[name=finding][value=exists]")
    _fill(cast["inspector"].page, 2, {"note": "现场查看，情况属实"})
    case("acceptor", "intake")
    _go(cast["acceptor"], f"{at}not_accept/", "move-not_accept", look)
    _go(cast["acceptor"], f"{at}contact/", "contact", look)
    cast["acceptor"].page.locator("[name=reason]").fill("回访核实现场情况")
    _send(cast["acceptor"].page)
    look("contact-shown", cast["acceptor"])
    _go(cast["acceptor"], "/desk/search/", "search-caller", look)
    cast["acceptor"].page.locator("main [name=phone]").fill("199 0000 0041")
    _send(cast["acceptor"].page)
    look("search-caller-found", cast["acceptor"])
    _go(cast["acceptor"], f"{at}void/", "move-void", look)
    move("acceptor", "register", note="属实，予以立案")
    case("dispatcher", "registered")
    _go(cast["dispatcher"], f"/desk/cases/bulk/dispatch/?case={number}&case=SS-2026-999999-X", "bulk-dispatch", look)
    move("dispatcher", "dispatch", to=LEADING)
    case("urban", "dispatched")
    case("clerk", "header")
    move("urban", "send_back", note="该点位由物业负责，请核对责任清单")
    move("dispatcher", "dispatch", to=LEADING, note="经核实属于市政道路，请处置")
    move("urban", "accept")
    move("urban", "assist", station=ASSISTING, note="请协助疏导停放车辆")
    case("urban", "handling")
    case("property", "assisting")
    _go(cast["property"], "/desk/", "workbench-assisting", look)
    _go(cast["property"], f"{at}answer_assist/", "move-answer_assist", look)
    tick(cast["property"].page, "input[name=done][value=yes]")
    _fill(cast["property"].page, 0, {"note": "车辆已疏导"})
    _go(cast["urban"], f"{at}handle/", "move-handle", look)
    _fill(cast["urban"].page, 0, {"note": "已组织清运并冲洗地面"}, stays=True)
    look("move-handle-refused", cast["urban"])
    _fill(cast["urban"].page, 3, {})
    case("inspector", "verification")
    move("inspector", "rework", note="现场仍有遗留")
    move("urban", "handle", 4, note="已再次清运")
    move("inspector", "verify", note="现场已清理干净")
    case("acceptor", "closing")
    move("dispatcher", "answer", text="您好，垃圾已清运，并已要求物业每日巡查。如仍有问题，可在15天内要求重新办理。")
    move("acceptor", "close")
    case("supervisor", "closed")
    _go(cast["supervisor"], f"{at}reopen/", "move-reopen", look)


def walk_after(cast: Cast, look: Look, number: str) -> None:
    """The reporter evaluates and may have it reopened."""
    person = cast["visitor"]
    _go(person, f"/r/{number}/", "own-closed", look)
    _go(person, f"/r/{number}/reopen/", "reopen", look)
    _go(person, f"/r/{number}/evaluate/", "evaluate", look)
    person.page.locator("main form button").last.click()
    look("evaluate-refused", person)
    _go(cast["visitor-stranger"], f"/r/{number}/", "public-closed", look)
    _go(cast["dispatcher"], "/inbox/", "inbox-told", look)
    _go(cast["urban"], "/inbox/", "inbox-told-station", look)


def _go(person: Person, path: str, name: str, look: Look) -> None:
    person.page.goto(path)
    look(name, person)


def _submit(page: Page) -> Locator:
    return page.locator("main form[method=post] button:not([type]), main form[method=post] button[type=submit]").last


def _send(page: Page) -> None:
    # A click is over before the answer is there: whoever looks then sees a page that is being replaced.
    with page.expect_navigation():
        _submit(page).click()


def _fill(page: Page, pictures: int, fields: dict[str, str], *, stays: bool = False) -> None:
    for name, value in fields.items():
        control = page.locator(f"main [name={name}]").first
        if control.evaluate("element => element.tagName") == "SELECT":
            choose(control, value)
        else:
            control.fill(value)
    if pictures:
        page.locator("input[type=file]").set_input_files([photo(pictures, mended=True)])
    before = page.url
    _send(page)
    if not stays:
        page.wait_for_url(lambda url: url != before)


def walk_long(cast: Cast, look: Look, words: str) -> None:
    """The longest that may be written: a report and its pages."""
    person = cast["visitor-long"]
    page = person.page
    page.goto("/report/what/?building=" + _building(cast))
    tick(page, f"input[name=cls][value='{CODE}']")
    page.locator("textarea").fill(words)
    person.press(zh("Next"))
    look("long-report-3", person)
    page.locator("input[name=name]").fill("阿不都热合曼·吐尔逊江·买买提艾力（三单元代表全体住户）")
    page.locator("input[name=consent]").check()
    person.press(zh("Send"))
    page.wait_for_url("**/report/done/**")
    number = page.locator(".big-number").first.inner_text().strip()
    _go(person, f"/r/{number}/", "long-own", look)
    _go(cast["acceptor"], f"/desk/cases/{number}/", "long-case", look)
    _go(cast["acceptor"], f"/desk/cases/{number}/register/", "long-move", look)
    _go(cast["acceptor"], "/desk/cases/", "long-queue", look)


def _building(cast: Cast) -> str:
    page = cast["visitor"].page
    page.goto("/report/?q=枫桥路12号")
    found = page.locator("main ul a").first.get_attribute("href") or ""
    return found.rpartition("=")[2]
