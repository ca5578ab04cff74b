"""The first page and the privacy notice: whose platform, what one can do, which version of the notice."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.core import held
from shequtong.core.models import Subdistrict
from shequtong.organizations.models import Station
from shequtong.territory.models import Unit
from shequtong.testing.town import STREET, Town


def test_the_district_is_named_over_several_streets_and_the_street_when_it_is_one(db: None) -> None:
    Subdistrict.objects.create(id=1, kind="district", letters="HQ", name="虎丘区")
    Subdistrict.objects.create(id=STREET, kind="subdistrict", letters="SS", name="狮山街道")
    held.drop_all()
    assert "狮山街道" in Client().get("/").content.decode()
    Subdistrict.objects.create(id=3, kind="subdistrict", letters="FQ", name="枫桥街道")
    held.drop_all()
    page = Client().get("/").content.decode()
    head, _top, rest = page.partition("<main")
    assert "虎丘区" in head
    assert "狮山街道" not in head
    assert "服务范围：狮山街道、枫桥街道。" in rest


def test_before_any_place_is_set_up_the_first_page_stands(db: None) -> None:
    for address in ("/", "/privacy/", "/report/", "/r/", "/me/"):
        assert Client().get(address).status_code == 200


@pytest.mark.parametrize(("who", "desk"), [("qian", False), ("lin", True)])
def test_who_is_signed_in_signs_out_here_and_staff_find_their_desk(town: Town, who: str, desk: bool) -> None:
    page = signed_in(town.accounts[who]).get("/").content.decode()
    assert 'action="/sign-out/"' in page
    assert 'href="/sign-in/' not in page
    assert ('href="/desk/"' in page) is desk
    assert 'href="/sign-in/"' in Client().get("/").content.decode()


def test_the_notice_names_its_version_and_how_long_originals_are_kept(town: Town, settings: Settings) -> None:
    settings.FILES_KEEP_ORIGINALS_DAYS = 731
    page = Client().get("/privacy/").content.decode()
    assert NOTICE_VERSION in page
    assert "731" in page
    assert "狮山街道" in page


def test_pages_are_complete_in_english(town: Town) -> None:
    client = signed_in(make_account("Qian"))
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    assert "Tell us" in page
    assert "告诉我们" not in page


def test_names_of_places_and_posts_are_english_for_who_reads_english(town: Town) -> None:
    """As far as they have one; what was written about cases stays as it was written."""
    Unit.objects.filter(kind="district").update(name_en="Huqiu District")
    Station.objects.filter(pk=town.police.pk).update(name_en="Shishan Police Station")
    held.drop_all()
    english = {"accept-language": "en"}
    assert "Huqiu District" in Client(headers=english).get("/").content.decode()
    browser = signed_in(town.accounts["wang"])
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Shishan Police Station" in browser.get("/desk/").content.decode()
    assert town.police.name in town.wang.post  # as traces name it
