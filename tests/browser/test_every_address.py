"""Every address of the platform that can be opened, looked at once: no page escapes axe, because each address has a row in the table of rights."""

import re

import pytest
from playwright.sync_api import Browser

from shequtong.testing.permission_table import Kind
from shequtong.testing.town import TOWN_HALL, Town
from tests.browser.inspector import Inspector
from tests.drawn import NOT_PAGES, Drawn, Shelf, answers_get, pages_of
from tests.weighed import too_heavy

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("every_address"), pytest.mark.slow, pytest.mark.django_db]
# Names of the town's accounts, of who set it up, and of what it did.
WRITTEN = re.compile("|".join([*(re.escape(kind.value) for kind in Kind), TOWN_HALL.name, r"tasks\.made", r"\btest\b"]))


KEPT: list[Drawn] = []  # drawn once for this file


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> list[Drawn]:
    """Every page there is."""
    if not KEPT:
        town: Town = request.getfixturevalue("town")
        KEPT.extend(pages_of(town))
    return KEPT


def test_every_page_of_an_office_is_light(drawn: list[Drawn]) -> None:
    office = {one.title: one.html for one in drawn if b"face-desk" in one.html}
    assert len(office) > 100
    assert too_heavy(office) == []


def test_every_address_is_fit_for_everybody(drawn: list[Drawn], chromium: Browser) -> None:
    seen, get = {one.name for one in drawn}, answers_get()
    assert sorted(get - seen - NOT_PAGES.keys()) == [], "drawn by no row: mend its rows, or say in NOT_PAGES why nobody looks"
    assert sorted(NOT_PAGES.keys() & seen) == [], "a page after all"
    assert sorted(NOT_PAGES.keys() - get) == [], "no such address"

    inspector = Inspector(all_in_dark=True, data=WRITTEN)
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    shelf = Shelf(context.new_page(), drawn)
    inspector.opened(shelf)
    for one in drawn:
        shelf.open(one)
        inspector.all_in_dark = not one.title.endswith("-sent")  # the page as it is opened has the same colours
        inspector(one.title, shelf)
    context.close()
    assert not inspector.wrong, "\n".join(inspector.wrong)


def test_a_page_unfit_is_caught(chromium: Browser) -> None:
    bad = b'<!doctype html><html lang="en"><title></title><body><main><img src="/x"><p style="width: 99rem">Coming later</p></main></body></html>'
    inspector = Inspector(all_in_dark=True)
    context = chromium.new_context()
    shelf = Shelf(context.new_page(), [one := Drawn("pages:x", "x", bad)])
    shelf.open(one)
    inspector("x", shelf)
    context.close()
    said = "\n".join(inspector.wrong)
    assert all(part in said for part in ("no title", "lang", "Coming", "sideways", "image-alt", "document-title"))
