"""Tell us: a report from the first page to number and key, in a browser without scripts."""

import re
from datetime import UTC, datetime

import pytest

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.models import Case, Reporter
from shequtong.cases.tests.resident.browser import Phone
from shequtong.core.actors import SystemActor
from shequtong.files.testing import photo, upload
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.usecases.add_building import add_building
from shequtong.territory.usecases.add_compound import add_compound
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.usefixtures("watched_requests")
WORDS = "楼道灯坏了三天，\n晚上老人上下楼不安全。"


def to_send(town: Town, phone: Phone | None = None, place: str = "") -> Phone:
    """As far as step 3, from the place on: the town's building, unless an address says another."""
    phone = (phone or Phone()).open(f"/report/what/?{place or f'building={town.building.pk}'}")
    return phone.press(phone.form("text"), cls="L01", text=WORDS)


def key_on(page: str) -> str:
    found = re.search(r'slip__key">([^<]+)<', page)
    assert found, page
    return found.group(1)


def test_from_the_first_page_to_number_and_key(town: Town) -> None:
    lon, lat = point(0.4, 0.4)
    new = NewBuilding("滨河路", "1701号", "2幢", lon, lat)
    building = add_building(new=new, by=SystemActor("Town hall"), now=datetime(2026, 4, 1, tzinfo=UTC))
    phone = Phone().open("/")
    assert "/report/" in phone.links
    phone.open("/report/")
    phone.press(phone.form("q"), q="滨河路1701号2幢")
    link = next(link for link in phone.links if "building=" in link)
    assert str(building.pk) in link
    phone.open(link)
    assert "滨河路1701号2幢" in phone.text
    assert "馨泰社区" in phone.text
    phone.press(phone.form("text"), cls="L01", text=WORDS)
    assert (phone.page.status_code, Case.objects.count()) == (200, 0)
    phone.press(phone.form("cls"))

    case = Case.objects.get()
    assert phone.address == f"/report/done/{case.number}/"
    assert case.number in phone.text
    assert case.text == WORDS
    assert (case.building_id, case.place_path, case.channel) == (building.pk, town.grid.path, "resident")
    assert case.reporter is not None
    assert key_on(phone.text) == case.reporter.key.reveal()
    assert (str(case.reporter.phone), str(case.reporter.name), case.reporter.consent) == ("", "", "")


def test_with_name_telephone_and_consent(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), name="赵小燕", phone="138 1234 5678", consent="on")
    reporter = Reporter.objects.get()
    assert (reporter.name.reveal(), reporter.phone.reveal()) == ("赵小燕", "13812345678")
    assert (reporter.consent, reporter.notice_version) == ("page", "2026-12")


def test_a_telephone_is_not_kept_without_consent(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), phone="13812345678")
    assert (phone.page.status_code, Case.objects.count()) == (422, 0)
    assert "13812345678" in phone.text
    assert 'id="id_consent_error"' in phone.text


def test_signed_in_the_accounts_telephone_is_used_and_never_shown(town: Town) -> None:
    account = make_account("白*", phone="13998765432")
    phone = to_send(town, Phone(signed_in(account)))
    assert "139****5432" in phone.text
    assert "13998765432" not in phone.text
    assert "phone" not in phone.form("cls").names
    phone.press(phone.form("cls"), consent="on")
    case = Case.objects.select_related("reporter").get()
    assert case.reporter_account_id == account.pk
    assert case.reporter is not None
    assert case.reporter.phone.reveal() == "13998765432"
    assert case.number in phone.open("/me/").text


def test_signed_in_without_consent_only_the_account_is_known(town: Town) -> None:
    account = make_account("白*", phone="13998765432")
    phone = to_send(town, Phone(signed_in(account)))
    phone.press(phone.form("cls"))
    reporter = Reporter.objects.get()
    assert (str(reporter.phone), reporter.account_id, reporter.consent) == ("", account.pk, "")


def test_a_point_on_the_map_is_a_place_too(town: Town) -> None:
    lon, lat = point(0.5004, 0.5004)
    phone = Phone().open(f"/report/what/?lon={lon}&lat={lat}")
    phone.press(phone.form("text"), cls="0101", text=WORDS)
    phone.press(phone.form("cls"))
    case = Case.objects.get()
    assert case.place_path == town.grid.path
    assert case.lon == pytest.approx(lon)
    assert case.lat == pytest.approx(lat)
    assert "枫桥路12号3幢" in case.address


def test_what_a_point_is_near_to_cannot_be_made_up(town: Town) -> None:
    lon, lat = point(0.5004, 0.5004)
    phone = to_send(town, place=f"lon={lon}&lat={lat}")
    near = dict(phone.form("cls").fields)["near"]
    for made_up in ("市政府大楼", near[:-2]):
        to_send(town, phone, f"lon={lon}&lat={lat}")
        phone.press(phone.form("cls"), near=made_up)
        assert Case.objects.latest("id").address == ""
    lon, lat = point(1.5, 0.5)
    to_send(town, phone, f"lon={lon}&lat={lat}")
    phone.press(phone.form("cls"), near=near)
    assert Case.objects.latest("id").address == ""


def test_a_repeat_gets_the_first_answer_and_the_key_again(town: Town) -> None:
    phone = to_send(town)
    form = phone.form("cls")
    phone.press(form)
    first = phone.address, key_on(phone.text)
    # The first answer was lost on the way: another browser window knows nothing but the form.
    again = Phone().press(form)
    assert (again.address, key_on(again.text)) == first
    assert Case.objects.count() == 1


def test_the_key_is_shown_to_nobody_else(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"))
    other = Phone().open(phone.address)
    assert key_on(phone.text) not in other.text
    assert other.address.startswith("/r/")
    assert WORDS[:5] not in other.text


def test_a_step_back_keeps_what_was_typed(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), button="/report/what/", name="赵小燕", phone="1381", files=[upload(photo())])
    assert (phone.page.status_code, Case.objects.count()) == (200, 0)
    form = phone.form("text")
    assert dict(form.fields)["text"].strip() == WORDS
    assert dict(form.fields)["cls"] == "L01"
    phone.press(form, button="/report/")
    phone.press(phone.form("q"), q="枫桥路")
    back = next(form for form in phone.forms if "lon" in form.names)
    lon, lat = point(1.5, 0.5)
    phone.press(back, lon=str(lon), lat=str(lat))
    phone.press(phone.form("text"))
    fields = dict(phone.form("cls").fields)
    assert (fields["name"], fields["phone"], fields["photos_kept"]) == ("赵小燕", "1381", "1")
    phone.press(phone.form("cls"), phone="13812345678", consent="on")
    case = Case.objects.get()
    assert case.place_path == town.other_grid.path
    assert "/files/" in phone.open(f"/r/{case.number}/").text


def test_back_leads_to_pages_that_open_by_their_address(town: Town) -> None:
    """A page that answers a POST is lost by Back, where no copy of it is kept: each step is a GET, and keeps what was typed."""
    draft = dict(Phone().open("/report/").form("q").fields)["d"]
    phone = Phone().open(f"/report/what/?d={draft}&building={town.building.pk}")
    step_2 = phone.address
    phone.press(phone.form("text"), cls="L01", text=WORDS)
    step_3 = phone.address
    assert step_3.startswith("/report/send/")
    assert dict(phone.open(step_2).form("text").fields)["text"].strip() == WORDS
    phone.press(phone.form("text"), button="/report/")  # another place
    assert phone.address.startswith("/report/?d=")
    assert WORDS in phone.open(step_3).text
    phone.press(phone.form("cls"))
    assert phone.address.startswith("/report/done/")
    # Once it was sent, Back finds an empty form, not one that tells it twice.
    assert phone.open(step_3).address == step_2
    assert not dict(phone.form("text").fields)["text"].strip()


def test_photos_stay_with_a_form_that_comes_back_and_can_be_left_out(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), phone="12", files=[upload(photo("1")), upload(photo("2"))])
    assert phone.page.status_code == 422
    shown = re.findall(r'<img src="(/files/[^"]+)"', phone.text)
    assert len(shown) == 2
    assert phone.client.get(shown[0].replace("&amp;", "&")).status_code == 200
    first = re.findall(r'name="drop_photo" value="(\d+)"', phone.text)[0]
    phone.press(phone.form("cls"), phone="", drop_photo=first)
    case = Case.objects.get()
    page = phone.open(f"/r/{case.number}/").text
    assert len(set(re.findall(r'<img src="(/files/[^"]+)"', page))) == 1


def test_what_is_no_photo_is_said_so_and_the_words_stay(town: Town) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), files=[upload(b"MZ this is a program", "virus.jpg")])
    assert (phone.page.status_code, Case.objects.count()) == (422, 0)
    assert 'id="id_photos_error"' in phone.text
    assert WORDS.splitlines()[0] in phone.text


def test_an_empty_search_says_what_to_write(town: Town) -> None:
    assert "请填写地点" in Phone().open("/report/?q=").text
    assert "请填写地点" not in Phone().open("/report/").text


def test_a_community_leads_to_its_estates(town: Town) -> None:
    new = {"community_id": town.community.pk, "by": SystemActor("Town hall"), "now": datetime(2026, 4, 1, tzinfo=UTC)}
    for name, house in (("香榭花园", "1号"), ("兰亭花园", "3号")):
        add_compound(name=name, street="玉山路", house_no=house, **new)
    phone = Phone().open(f"/report/?q={town.community.name}")
    assert "香榭花园" in phone.text
    link = next(one for one in phone.links if "q=" in one and "report" in one)
    assert phone.open(link).page.status_code == 200
    assert "兰亭花园" in phone.open("/report/?q=玉山路").text
