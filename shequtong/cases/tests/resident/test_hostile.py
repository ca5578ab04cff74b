"""What should never come with a report: markup, control characters, too much text, places of nowhere, forms too old."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.models import Case, Draft
from shequtong.cases.scheduled import forget_old_drafts
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_report import WORDS, to_send
from shequtong.core.locality.ids import SHIFT
from shequtong.testing.town import STREET, Town, point

pytestmark = pytest.mark.usefixtures("watched_requests")


def test_markup_is_shown_as_it_was_written(town: Town) -> None:
    words = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> 楼道灯坏了"
    phone = Phone().open(f"/report/what/?building={town.building.pk}")
    phone.press(phone.form("text"), cls="L01", text=words)
    pages = [phone.text]
    phone.press(phone.form("cls"), name="<b>赵</b>", consent="on")
    case = Case.objects.get()
    pages.append(phone.open(f"/r/{case.number}/").text)
    assert case.text == words
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_control_characters_are_dropped(town: Town) -> None:
    phone = Phone().open(f"/report/what/?building={town.building.pk}")
    phone.press(phone.form("text"), cls="L01", text="楼道\x00灯坏\x1b了\u202e\r\n三天\u2067")
    phone.press(phone.form("cls"))
    assert Case.objects.get().text == "楼道灯坏了\n三天"


@pytest.mark.parametrize("words", ["", "   \n ", "灯", "\x00\x00\x00\x00\x00", "灯" * 10_000])
def test_too_little_and_too_much_is_said_beside_the_field(town: Town, words: str) -> None:
    phone = Phone().open(f"/report/what/?building={town.building.pk}")
    phone.press(phone.form("text"), cls="L01", text=words)
    assert phone.page.status_code == 422
    assert 'id="id_text_error"' in phone.text
    assert dict(phone.form("text").fields)["text"].strip() == words.strip().replace("\x00", "") or "\x00" in words


def test_too_much_smuggled_into_step_3_leads_back_to_step_2(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), text="灯" * 10_000)
    assert (phone.page.status_code, Case.objects.count()) == (422, 0)
    assert 'id="id_text_error"' in phone.text


@pytest.mark.parametrize("cls", ["", "L99", "0101' OR 1=1", "L01\x00"])
def test_a_class_that_is_none_is_asked_again(town: Town, cls: str) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), cls=cls)
    assert (phone.page.status_code, Case.objects.count()) == (422, 0)
    assert WORDS.splitlines()[0] in phone.text


@pytest.mark.parametrize(
    "place",
    [
        "",
        "building=",
        "building=1",
        "building=x",
        "building=-5",
        "building=99999999999999999999999",
        "building=９９",
        f"building={(STREET << SHIFT) + (1 << 45)}",
        f"building={999 << SHIFT}",
        "lon=NaN&lat=31.3",
        "lon=inf&lat=31.3",
        "lon=120.557",
        "lon=1e400&lat=31.3",
        "lon=0&lat=0",
        "lon=120.5&lat=31.3&building=x",
    ],
)
def test_a_place_of_nowhere_is_refused_in_plain_words(town: Town, place: str) -> None:
    page = Phone().open(f"/report/what/?{place}")
    assert page.page.status_code == 422
    assert 'role="alert"' in page.text
    phone = to_send(town)
    form = phone.form("cls")
    form.action = f"/report/send/?{place}"
    phone.press(form)
    assert (phone.page.status_code, Case.objects.count()) == (422, 0)
    # What was written is not lost with the place.
    draft = dict(phone.form("q").fields)["d"]
    phone.open(f"/report/what/?d={draft}&building={town.building.pk}")
    assert dict(phone.form("text").fields)["text"].strip().startswith(WORDS[:5])


def test_a_point_of_the_district_outside_every_street_is_refused(town: Town) -> None:
    lon, lat = point(9, 0)
    assert Phone().open(f"/report/what/?lon={lon}&lat={lat}").page.status_code == 422


def test_a_form_too_old_keeps_its_words_and_goes_through_the_second_time(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), submit_key="stale:0:abc")
    assert (phone.page.status_code, Case.objects.count()) == (422, 0)
    assert WORDS.splitlines()[0] in phone.text
    phone.press(phone.form("cls"))
    assert Case.objects.count() == 1


def test_words_stand_in_no_address_and_are_readable_in_no_draft(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), button="/report/what/", name="赵小燕", phone="13812345678")
    assert not re.search("楼道|赵|138", phone.address)
    kept = json.dumps(list(Draft.objects.values()), default=str, ensure_ascii=False) + str(phone.client.cookies)
    assert Draft.objects.exists()
    assert not re.search("楼道|赵|1381234|u697c", kept)
    assert not phone.client.session.items()
    assert dict(phone.form("text").fields)["name"] == "赵小燕"


def test_what_was_typed_opens_to_no_other_visitor(town: Town) -> None:
    phone = to_send(town)
    other = Phone(signed_in(make_account())).open(phone.address)
    assert other.address.startswith("/report/what/")
    assert WORDS[:5] not in other.text


def test_past_the_allowance_of_an_address_nothing_is_kept_and_the_report_goes_on(town: Town, settings: Any) -> None:
    settings.REPORTS_PER_ADDRESS_HOUR = 1
    for _time in range(11):
        phone = to_send(town, Phone())
    assert phone.address.startswith("/report/what/")
    assert Draft.objects.count() == 10
    phone.press(phone.form("cls"))
    assert Case.objects.get().text == WORDS


def test_a_draft_opens_to_no_copy_of_its_row_and_goes_in_time(town: Town) -> None:
    phone = to_send(town)
    row = Draft.objects.get()
    name = next(one for one in phone.client.cookies if one.startswith("draft_"))
    assert phone.client.cookies[name].value not in row.mark + row.sealed
    Draft.objects.create(mark="0" * 64, sealed=row.sealed, kept_until=row.kept_until)
    assert forget_old_drafts(row.kept_until - timedelta(seconds=1)) == 0
    address = phone.address
    phone.press(phone.form("cls"))
    assert not phone.client.cookies[name].value
    assert phone.open(address).address.startswith("/report/what/")  # sent: nobody opens it any more
    assert forget_old_drafts(row.kept_until) == 2


def test_what_another_form_answered_gives_no_key(town: Town) -> None:
    mine, other = to_send(town), Phone()
    mine.press(mine.form("cls"))
    case = Case.objects.get()
    # A key of one's own for a different form, then the same key sent to the report.
    other.open(f"/r/{case.number}/")
    form = to_send(town, other).form("cls")
    form.action = f"/report/send/?building={town.next_building.pk}"
    other.press(form)
    assert f"/report/done/{case.number}/" != other.address
    assert WORDS[:5] not in other.open(f"/r/{case.number}/").text
