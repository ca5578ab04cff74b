"""A clerk's afternoon (社工的一个下午): a messy workbook brought in and mended, a household looked up on the board, a newborn, a move to the next
street, a resident's correction answered; the trace of each step, and the registry as of yesterday."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from shequtong.interchange.people_in.testing import messy_workbook
from shequtong.people.testing import make_id
from tests.browser.people import Person, zh
from tools import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOBODY = ".plate__room--empty b, .plate__room--unknown b"
# How the clerk mends the rows that came back: the row in the table that was sent -> heading -> what should stand there.
MENDED = {
    11: {"公民身份号码": make_id(date(1981, 2, 3), 53)},
    12: {"公民身份号码": make_id(date(1980, 2, 3), 57)},
    13: {"性别": "男", "公民身份号码": make_id(date(1980, 2, 3), 59)},
    14: {"出生日期": "1980-02-03", "公民身份号码": make_id(date(1980, 2, 3), 61)},
    15: {"姓 名": "周小一"},
    16: {"手机": "16100000061"},
    17: {"出生日期": "1990-02-28"},
}


@pytest.fixture(scope="module")
def cast(chromium: Browser, address: str) -> Iterator[walk.Cast]:
    """Everyone's windows."""
    found = walk.Cast(chromium, address, (1366, 900))
    yield found
    found.close()


def brought_in(clerk: Person, content: bytes, tmp_path: Path) -> tuple[str, Path | None]:
    """A table sent in, its columns taken as guessed, tried and imported; what the page counts, and the refused rows where there are some."""
    page = clerk.page
    clerk.menu(zh("People and homes"))
    clerk.press(zh("Import a table"))
    page.set_input_files("input[type=file]", {"name": "人口.xlsx", "mimeType": XLSX, "buffer": content})
    page.locator("main form button.button--primary").first.click()
    clerk.title(zh("What the columns are"))
    clerk.press(zh("Try it, writing nothing"))
    tried = finished(page)
    clerk.press(zh("See what was made"))
    clerk.press(zh("Import the good rows"))
    done = finished(page)
    assert tried.split("，")[0] == done.split("，")[0], "what was tried is what was done"
    download = page.get_by_role("link", name=zh("Download"))
    if not download.count():
        return done, None
    with page.expect_download() as coming:
        download.click()
    kept = tmp_path / "refused.xlsx"
    coming.value.save_as(kept)
    return done, kept


def finished(page: Page) -> str:
    """What a task says of itself when it is done."""
    expect(page.locator("main")).to_contain_text(zh("Done", "task"), timeout=60_000)
    said = page.locator("main").inner_text()
    found = re.search(r"新增\d+人.*", said)
    assert found, said[:500]
    return found.group()


def mended(refused: Path) -> bytes:
    """The very file, its coloured cells put right, rows without a remedy left as they are."""
    book = openpyxl.load_workbook(refused)
    sheet = book.active
    assert sheet is not None
    head = {str(cell.value): cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        for heading, value in MENDED.get(int(str(row[0].value)), {}).items():
            column = next(at for name, at in head.items() if name.endswith(heading))
            cell = sheet.cell(row[0].row or 0, column or 0)
            assert heading in ("公民身份号码", "性别") or cell.fill.fgColor.rgb not in (None, "00000000"), heading
            cell.value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Stair:
    """An entrance: the page of its building, the how-manieth it is there, how it is written."""

    url: str
    nth: int
    address: str


def door(clerk: Person, stair: Stair, room: str) -> None:
    """From the board by Enter on a cell to the household."""
    page = clerk.page
    page.goto(stair.url)
    clerk.drawn()
    cell = page.locator(".plate").nth(stair.nth).locator("td a", has=page.locator("b", has_text=re.compile(f"^{room}$")))
    cell.focus()
    page.keyboard.press("Enter")
    clerk.title(room)


def life(clerk: Person, event: str, **fields: str) -> None:
    """From a person's page: what happened, what it changes, recorded."""
    page = clerk.page
    clerk.press(zh("What happened?", "life"))
    clerk.press(event, exact=False)
    for name, value in fields.items():
        control = page.locator(f"main [name={name}]")
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    clerk.press(zh("See what changes"))
    expect(page.locator("#changes li").first).to_be_visible()
    clerk.press(zh("Record it"))
    clerk.sees(zh("It is on record."))


def yesterday() -> str:
    """By the wall clock of the place."""
    return str(datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1))


def empty_homes(clerk: Person) -> tuple[Stair, list[str]]:
    """An entrance with three homes where the board shows nobody; who lives where in the demo changes with the day it is built."""
    page = clerk.page
    clerk.menu(zh("People and homes"))
    clerk.press(zh("Buildings"))
    clerk.drawn()
    for link in [one.get_attribute("href") or "" for one in page.locator("main tbody a").all()][:12]:
        page.goto(link)
        clerk.drawn()
        for nth, plate in enumerate(page.locator(".plate").all()):
            free = [cell.inner_text() for cell in plate.locator(NOBODY).all()][:3]
            if len(free) == 3:
                name = plate.locator("caption").inner_text().split()[0]
                return Stair(link, nth, f"{page.locator('h1').inner_text()}{name}"), free
    raise AssertionError("no entrance with three empty homes")


def as_of_yesterday(page: Page) -> None:
    """The same page, a day earlier."""
    page.goto(f"{page.url.split('?')[0]}?on={yesterday()}")


def newborn(clerk: Person, stair: Stair, room: str) -> None:
    """Of the mother in the household, from the board; not there yesterday."""
    page, child = clerk.page, "张* · 女 · 0"
    door(clerk, stair, room)
    expect(page.locator("main")).to_contain_text("161****0001")
    page.locator("main a", has_text="李*").first.click()
    life(clerk, zh("Newborn", "life"), name="张小满", sex="2")
    door(clerk, stair, room)
    expect(page.locator("main")).to_contain_text(child)
    as_of_yesterday(page)
    expect(page.locator("main")).not_to_contain_text(child)


def moved_to_the_next_street(clerk: Person, stair: Stair, room: str) -> None:
    """The tenant's record is closed here; as of yesterday they still live here."""
    page = clerk.page
    door(clerk, stair, room)
    page.locator("main a", has_text="买*").first.click()
    tenant = page.url
    clerk.press(zh("What happened?", "life"))
    clerk.press(zh("Moved to another subdistrict", "life"), exact=False)
    page.locator("main select[name=unit], main select[name=to]").first.select_option(index=1)
    clerk.press(zh("See what changes"))
    clerk.press(zh("Record it"))
    page.goto(tenant)
    clerk.sees(zh("This record is closed"))
    door(clerk, stair, room)
    expect(page.locator("main")).not_to_contain_text("买*")
    as_of_yesterday(page)
    expect(page.locator("main")).to_contain_text("买*")


def test_a_clerks_afternoon(cast: walk.Cast, tmp_path: Path) -> None:
    clerk = cast["community"]
    stair, free = empty_homes(clerk)
    messy = messy_workbook(stair.address, free)
    said, refused = brought_in(clerk, messy.content, tmp_path)
    assert said.startswith(f"新增{len(messy.good)}人")
    assert f"{len(messy.bad)}行" in said
    assert refused is not None
    said, left = brought_in(clerk, mended(refused), tmp_path)
    assert said.startswith(f"新增{len(MENDED)}人")
    assert left is not None, "rows that have no remedy come back once more"
    newborn(clerk, stair, free[0])
    moved_to_the_next_street(clerk, stair, free[1])


def test_a_residents_correction_is_answered_and_everything_has_its_trace(cast: walk.Cast) -> None:
    resident, clerk = cast["resident"], cast["community"]
    resident.page.goto("/me/")
    resident.press(zh("My record"))
    resident.sees(zh("Who looked, and why"))
    resident.page.locator("main a[href$='/correct/occupation/']").first.click()
    resident.page.locator("main input[name=occupation]").fill("小学教师")
    resident.page.locator("main form button.button--primary").first.click()

    clerk.menu(zh("People and homes"))
    clerk.page.locator("main summary", has_text=zh("More")).click()
    clerk.press(zh("Requests about personal data"))
    clerk.page.locator("main tbody a, main .list a").first.click()
    clerk.page.locator("main label", has_text=zh("As asked", "rights")).first.click()
    clerk.page.locator("main textarea[name=answer]").fill("已核对单位证明，职业已更正。")
    clerk.press(zh("Answer the person"))
    resident.page.goto("/me/registry/")
    expect(resident.page.locator("main")).to_contain_text("小学教师")
    expect(resident.page.locator("main")).to_contain_text("职业已更正")

    auditor = cast["auditadmin"]
    auditor.page.goto("/desk/log/")
    for deed in ("Registered a person", "Answered a request about personal data"):
        expect(auditor.page.locator("main")).to_contain_text(zh(deed))
    assert "小学教师" not in auditor.page.content()
