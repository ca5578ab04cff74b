"""What nobody but those who call back may see (保密核验): all that a handling station can open is looked through for who called."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.browser import hotline_tables as tables
from tests.browser.people import Person, zh
from tests.browser.stage import Stage, to_case

# What would tell who called, in any spelling a page may have of it.
CALLER = ("李建国", "李 建国", "李先生", "李*", "13912345678", "139 1234 5678", "139****5678", "5678")


def says_nobody(text: str) -> None:
    """Nothing of the caller stands there."""
    assert text.strip()
    assert [told for told in CALLER if told in text] == []


def kept(person: Person, name: str, title: str = "") -> Person:
    """By the side of the desk to what a post keeps; its page is titled the same unless said."""
    person.page.locator("nav[aria-label]").get_by_role("link", name=zh(name), exact=True).first.click()
    person.title(zh(title or name))
    return person


def finished(person: Person) -> str:
    """Wait for the task of this page; what came of it."""
    page = person.page
    for _ in range(40):
        if page.locator("main a", has_text=zh("Download")).count():
            return page.locator("#task-state").inner_text()
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())


def downloaded(person: Person) -> bytes:
    """The file of the task of this page."""
    with person.page.expect_download() as waited:
        person.page.locator("main").get_by_role("link", name=zh("Download"), exact=True).click()
    return Path(waited.value.path()).read_bytes()


def seen_by_the_station(stage: Stage, number: str) -> None:
    """All that whoever handles it can open: the case, its moves, print, table, search, messages, photos, and what is closed to it."""
    for who in ("housing", "property"):
        person = to_case(stage, who, number)
        person.sees(zh("Kept confidential"))
        says_nobody(person.page.content())
        for address in person.page.locator("main a[href], main img[src]").evaluate_all(
            "found => found.map(each => each.getAttribute('href') || each.getAttribute('src'))"
        ):
            says_nobody(address)
            if address.startswith("/desk/cases/"):
                says_nobody(person.context.request.get(address).text())
        assert person.context.request.get(f"/desk/cases/{number}/contact/").status == 404
        for address in ("/inbox/", "/desk/", "/desk/answers/?q=李", "/desk/cases/?stage=all"):
            says_nobody(person.context.request.get(address).text().replace('value="李"', ""))
    housing = to_case(stage, "housing", number)
    housing.press(zh("Print"))
    housing.press(zh("Make the case file"))
    finished(housing)
    says_nobody(tables.words_of_pdf(downloaded(housing)))
    kept_queue(stage["housing"])


def kept_queue(person: Person) -> None:
    """All cases the station had, as a table."""
    person.page.locator("nav[aria-label]").get_by_role("link", name=zh("Cases"), exact=True).first.click()
    person.title(zh("Cases"))
    filters = person.page.locator("form.filters")
    filters.locator("select[name=stage]").select_option("all")
    filters.get_by_role("button", name=zh("Show"), exact=True).click()
    person.page.locator("main").get_by_role("button", name=zh("Export"), exact=False).first.click()
    finished(person)
    says_nobody(str(tables.rows(downloaded(person))))


def expect_looks(folder: Path, reasons: list[str]) -> None:
    """The looks as the security log of the street has them, by whom and why."""
    with closing(sqlite3.connect(f"file:{next(folder.rglob('*.sqlite3'))}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "select actor, reason from audit_securityevent where kind = 'revealed' and what = 'cases.reporter_phone' order by id"
        ).fetchall()
    assert rows == [("沈明", why) for why in reasons]
