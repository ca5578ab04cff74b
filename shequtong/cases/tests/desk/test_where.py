"""Where staff take something in (案发位置): anywhere in their street, a house or a mark on the map; elsewhere they are told in words, and nothing is kept."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from shequtong.cases.models import Case
from shequtong.cases.tests.desk.test_pages import browser, submit_key
from shequtong.files.testing import photo, upload
from shequtong.testing.statements import count_statements
from shequtong.testing.town import LAT, LON, STEP, STREET, Town

pytestmark = pytest.mark.django_db

OTHER_GRID = {"lon": f"{LON + 1.5 * STEP:.6f}", "lat": f"{LAT + 0.5 * STEP:.6f}"}  # the middle of the second grid
NEXT_STREET = {"lon": f"{LON + 0.5 * STEP:.6f}", "lat": f"{LAT + 5.5 * STEP:.6f}"}
NOWHERE = {"lon": "2.35", "lat": "48.85"}
TOLD = {"channel": "staff", "cls": "L01", "text": "路边的树枝断了，挂在电线上。"}


def zh(text: str) -> str:
    with override("zh-hans"):
        return gettext(text)


def sent(client: Client, path: str, place: dict[str, Any], **more: object) -> Any:
    """Open the page of a place and send its form; where there is none, send it all the same."""
    page = client.get(path, place).content
    key = submit_key(page) if b'name="submit_key"' in page else ""
    return client.post(path, {**TOLD, **place, **more, "submit_key": key})


def cases() -> list[Case]:
    return list(Case.objects.filter(subdistrict__in=(STREET, STREET + 1)))


def test_a_grid_worker_takes_in_what_lies_across_the_street(town: Town) -> None:
    client = browser(town, "he")
    assert zh("Another office goes on with it") in client.get("/desk/cases/new/", OTHER_GRID).content.decode()
    answer = sent(client, "/desk/cases/new/", OTHER_GRID)
    (case,) = cases()
    assert answer["Location"].startswith(f"/desk/cases/{case.number}/")
    assert case.place_path == "320505/002/P1/015/002/"
    assert case.building_id is None
    assert case.lon == pytest.approx(float(OTHER_GRID["lon"]))
    said = client.get(answer["Location"]).content.decode()
    assert case.number in said
    assert "第二网格" in said
    # The header stays theirs, by number and by serial; what was told and the moves are not.
    later = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert TOLD["text"] not in later
    assert client.get("/desk/search/", {"q": case.number})["Location"] == f"/desk/cases/{case.number}/"
    assert case.number in client.get("/desk/search/", {"q": str(case.serial)}).content.decode()
    assert client.get(f"/desk/cases/{case.number}/correct/").status_code == 404
    assert browser(town, "gao").get(f"/desk/cases/{case.number}/").status_code == 404
    assert browser(town, "shen").get(f"/desk/cases/{case.number}/").status_code == 200


def test_a_mark_in_ones_own_grid_leads_to_its_case(town: Town) -> None:
    place = {"lon": f"{LON + 0.5 * STEP:.6f}", "lat": f"{LAT + 0.5 * STEP:.6f}"}
    client = browser(town, "he")
    answer = sent(client, "/desk/cases/new/", place)
    (case,) = cases()
    assert answer["Location"].startswith(f"/desk/cases/{case.number}/")
    assert town.building.address in case.address  # near to what: as residents' reports say it
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("who", ["he", "shen", "chen"])
def test_another_street_is_told_in_words(town: Town, who: str) -> None:
    client = browser(town, who)
    page = client.get("/desk/cases/new/", NEXT_STREET)
    assert page.status_code == 200
    assert zh("This place is another street's") in page.content.decode()
    assert b'name="cls"' not in page.content
    assert sent(client, "/desk/cases/new/", NEXT_STREET).status_code == 422
    assert sent(client, "/desk/cases/new/", {"building": town.next_building.pk}).status_code == 422
    assert cases() == []


def test_gao_takes_in_nothing_of_ours(town: Town) -> None:
    client = browser(town, "gao")
    for place in ({"building": town.building.pk}, OTHER_GRID):
        assert sent(client, "/desk/cases/new/", place).status_code == 422
    assert cases() == []


@pytest.mark.parametrize(
    "place", [NOWHERE, {"lon": "nan", "lat": "31"}, {"lon": "1e999", "lat": "x"}, {"building": "1"}, {"building": "9" * 30}]
)
def test_what_is_no_place_of_ours_is_said_so(town: Town, place: dict[str, str]) -> None:
    client = browser(town, "he")
    page = client.get("/desk/cases/new/", place)
    assert page.status_code == 200
    assert zh("We do not serve this place") in page.content.decode()
    assert sent(client, "/desk/cases/new/", place).status_code == 422
    assert cases() == []


def test_settled_is_only_what_lies_in_ones_own_hands(town: Town) -> None:
    client = browser(town, "he")
    page = client.get("/desk/cases/self_handle/", OTHER_GRID).content.decode()
    assert zh("This place is not in your hands") in page
    assert f"/desk/cases/new/?lon={OTHER_GRID['lon']}" in page.replace("&amp;", "&")
    done = {"done": "已锯断清走。", "photos": upload(photo()), "after": upload(photo())}
    assert sent(client, "/desk/cases/self_handle/", OTHER_GRID, **done).status_code == 422
    assert cases() == []


def test_the_page_of_a_mark_costs_few_statements(town: Town) -> None:
    client = browser(town, "he")
    client.get("/desk/cases/new/", OTHER_GRID)
    with count_statements() as seen:
        client.get("/desk/cases/new/", OTHER_GRID)
    assert seen.total <= 6, seen.listing
