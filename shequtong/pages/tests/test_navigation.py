"""The menu of a post: in groups, each entry once, a few of them first; nothing its post may not open."""

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.pages.navigation import desk_nav
from shequtong.testing.town import Town


def addresses(town: Town, name: str) -> list[list[str]]:
    groups = desk_nav(town.actor(name), "/desk/")["groups"]
    return [[entry["url"] for entry in group["entries"]] for group in groups]  # type: ignore[attr-defined]  # a dict of objects


def test_daily_work_comes_first_and_the_office_is_set_up_last(town: Town) -> None:
    daily, looked_up, set_up = addresses(town, "shen")
    assert daily[:3] == ["/desk/", "/desk/cases/", "/desk/cases/new/"]
    assert daily[-1] == "/inbox/"
    assert "/board/" in looked_up
    assert "/desk/flow/" in set_up
    every = daily + looked_up + set_up
    assert len(every) == len(set(every))


@pytest.mark.parametrize("name", ["chen", "shen", "wang", "xu", "ma"])
def test_a_phone_shows_six_at_most_and_the_rest_behind_more(name: str, town: Town) -> None:
    first = desk_nav(town.actor(name), "/desk/")["first"]
    assert 2 <= len(first) <= 5
    page = signed_in(town.accounts[name]).get("/desk/").content.decode()
    assert page.count('href="#menu"') == 1
    assert page.index('id="menu"') < page.index('id="content"')


def test_each_entry_of_a_post_opens(town: Town) -> None:
    browser = signed_in(town.accounts["xu"])
    for group in addresses(town, "xu"):
        for address in group:
            assert browser.get(address).status_code == 200, address
