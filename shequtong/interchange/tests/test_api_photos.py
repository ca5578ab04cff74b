"""The typed API: photos are sent, taken up once by their case or move, and read by who may read the words."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shequtong.cases.models import Case
from shequtong.files.models import Blob
from shequtong.files.testing import photo
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import BASE, LAT, LON, NEW, Caller
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
HERE = {"lon": str(LON), "lat": str(LAT)}


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def office(town: Town) -> Caller:
    return Caller(make_key(town.street, may="read,words,create,move", acts_as="precinct_head")[1])


@pytest.fixture
def police(town: Town) -> Caller:
    return Caller(make_key(town.street, may="read,words,move", acts_as="station_head", station=town.police)[1])


def sent(caller: Caller, data: bytes, *, once: str = "photo-000001", **told: str) -> Any:
    """One photo as another system sends it."""
    headers = caller.headers(**({"Idempotency-Key": once} if once else {}))
    return Client().post(f"{BASE}/photos", {"photo": SimpleUploadedFile("a.jpg", data), **told}, headers=headers)


def test_a_case_is_opened_with_its_photo_which_is_read_by_who_reads_the_words(town: Town, office: Caller, police: Caller) -> None:
    waiting = sent(office, photo("井盖"), **HERE)
    assert waiting.status_code == 201, waiting.content.decode()
    number = office.made("cases", {**NEW, "photos": [waiting.json()["id"]]})["number"]
    shown = office.get(f"cases/{number}/photos").json()["items"]
    assert [(one["kind"], one["step"], one["id"]) for one in shown] == [("before", 1, waiting.json()["id"])]
    path = f"cases/{number}/photos/{shown[0]['id']}"
    answer = office.get(path)
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(BytesIO(answer.content)) as image:
        assert not image.getexif()
        assert image.width == shown[0]["width"]
    assert len(office.get(path, size="thumb").content) < len(answer.content)
    again = Client().get(f"{BASE}/{path}", headers=office.headers(**{"If-None-Match": answer["ETag"]}))
    assert (again.status_code, again.content) == (304, b"")
    headers_only = Caller(make_key(town.street, may="read")[1])
    next_street = Caller(make_key(town.next_street, may="read,words")[1])
    for caller in (headers_only, next_street, police):
        assert [caller.get(one).status_code for one in (path, f"cases/{number}/photos")] == [404, 404]
    Case.objects.update(confidential=True)
    assert office.get(path).status_code == 404


def test_a_photo_sent_again_is_the_same_photo(town: Town, office: Caller) -> None:
    data = photo("一次")
    first, again = (sent(office, data, **HERE) for _time in range(2))
    assert (again.status_code, again.content) == (201, first.content)
    assert Blob.objects.filter(subdistrict=town.street.subdistrict_id).count() == 1
    other = sent(office, photo("另一张"), **HERE)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert sent(office, data, once="", **HERE).json()["code"] == "idempotency_key"


def test_a_photo_is_taken_up_once_and_by_the_system_that_sent_it(town: Town, office: Caller) -> None:
    mine = sent(office, photo("甲"), **HERE).json()["id"]
    stranger = Caller(make_key(town.street, may="create")[1])
    assert stranger.post("cases", {**NEW, "photos": [mine]}).json()["code"] == "CannotAttach"
    office.made("cases", {**NEW, "photos": [mine]}, once="order-000001")
    office.made("cases", {**NEW, "photos": [mine]}, once="order-000001")
    assert Case.objects.count() == 1
    assert office.post("cases", {**NEW, "photos": [mine]}).json()["code"] == "CannotAttach"
    assert office.post("cases", {**NEW, "photos": ["1"] * 7}).status_code == 422


def test_handling_is_reported_with_photos_taken_after_it(town: Town, office: Caller) -> None:
    number = office.made("cases", NEW)["number"]
    office.made(f"cases/{number}/moves/register", {"row": 1})
    office.made(f"cases/{number}/moves/dispatch", {"station": str(town.police.pk)})
    police = Caller(make_key(town.street, may="read,words,move", acts_as="station_head", station=town.police)[1])
    police.made(f"cases/{number}/moves/accept", {})
    waiting = sent(police, photo("处置后"), case=number).json()["id"]
    police.made(f"cases/{number}/moves/handle", {"note": "已经修好。", "photos": [waiting]})
    assert [one["kind"] for one in office.get(f"cases/{number}/photos").json()["items"]] == ["after"]


def test_what_is_no_photo_or_has_no_place_is_refused(town: Town, office: Caller) -> None:
    assert sent(office, b"%PDF-1.7 no photo", **HERE).json()["code"] == "BadPhoto"
    assert sent(office, photo("无处")).json()["code"] == "no_such_place"
    assert sent(office, photo("远处"), lon="1", lat="1").json()["code"] == "no_such_place"
    assert sent(office, photo("无案"), case="SS-2026-999999-X").status_code == 404
    assert office.post("photos", {}).status_code == 415
    reader = Caller(make_key(town.street, may="read,words")[1])
    assert sent(reader, photo("无权"), **HERE).status_code == 404
    assert Blob.objects.count() == 0


def test_what_a_photo_costs(town: Town, office: Caller) -> None:
    sent(office, photo("热身"), **HERE)
    with count_statements() as seen:
        made = sent(office, photo("计数"), once="photo-000002", **HERE)
    assert seen.warm.total <= 6, seen.listing
    number = office.made("cases", {**NEW, "photos": [made.json()["id"]]})["number"]
    with count_statements() as read:
        assert office.get(f"cases/{number}/photos").status_code == 200
    assert read.warm.total <= 3, read.listing
