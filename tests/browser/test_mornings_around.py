"""The first morning of those who look on: the clerk, the district, who brings in the hotline's orders, and the three administrators."""

import pytest
from playwright.sync_api import expect

from tests.browser.mornings import Day, bench
from tests.browser.people import Person, verb, zh

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]


def test_the_clerk_takes_the_list_away_as_a_table_without_a_word_of_anybody(day: Day) -> None:
    person = bench(day.desks["clerk"])
    person.page.locator("nav.side").get_by_role("link", name=zh("Cases"), exact=True).click()
    person.press(zh("Export"))
    download = person.page.get_by_role("link", name=zh("Download"))
    expect(download).to_be_visible(timeout=30_000)
    with person.page.expect_download() as got:
        download.click()
    assert got.value.suggested_filename.endswith(".xlsx")


def test_the_district_sees_numbers_and_urges_but_reads_nobodys_words(day: Day) -> None:
    office, person = bench(day.desks["dispatcher"]), bench(day.desks["district"])
    office.page.locator("nav.side").get_by_role("link", name=zh("Cases"), exact=True).click()
    row = office.page.locator("main tbody tr").first
    number = (row.get_attribute("id") or "").removeprefix("case-")
    words = row.get_by_role("link").first.inner_text()
    person.page.locator(".page-header").get_by_role("link", name=zh("Board"), exact=True).click()
    expect(person.page.locator("main")).to_contain_text(zh("Being handled"))
    assert words not in person.page.content()
    person.page.go_back()
    person.page.locator("nav.side").get_by_role("link", name=zh("Cases"), exact=True).click()
    assert words not in person.page.content()
    person.page.locator(f"#case-{number}").get_by_role("link").first.click()
    person.title(number)
    assert words not in person.page.content()
    expect(person.page.get_by_role("link", name=verb("Urge"))).to_be_visible()


def test_the_acceptor_finds_the_hotline_orders_to_bring_in_and_the_replies_to_take_out(day: Day) -> None:
    person = bench(day.desks["acceptor"])
    person.page.locator("nav.side").get_by_role("link", name=zh("12345 orders"), exact=True).click()
    expect(person.page.get_by_role("button", name=zh("Export replies"))).to_be_visible()
    person.press(zh("Import orders"))
    expect(person.page.locator("main input[type=file]")).to_be_attached()


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("sysadmin", ("Stations and seats", "Territory", "Work calendars")),
        ("secadmin", ("People and posts",)),
        ("auditadmin", ("People and posts",)),
    ],
)
def test_an_administrator_lands_where_they_work(day: Day, name: str, opens: tuple[str, ...]) -> None:
    person = Person(day.desks.browser, day.desks.address, 1366, 800)
    day.desks.people[name] = person
    person.sign_in_as_administrator(name)
    person.page.wait_for_url("**/desk/administration/")
    for entry in opens:
        person.page.locator("nav.side").get_by_role("link", name=zh(entry), exact=True).click()
        person.title(zh(entry))
    if name == "auditadmin":
        person.page.locator("nav.side").get_by_role("link", name=zh("Log", "audit"), exact=True).click()
        person.page.wait_for_url("**/desk/log/")
    assert not person.page.get_by_role("link", name=zh("Cases"), exact=True).count()
