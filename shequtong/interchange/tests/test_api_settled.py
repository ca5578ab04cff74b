"""The typed API: what was settled on the spot is reported once, with photos, and reviewed by somebody else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shequtong.cases.models import Case, Step
from shequtong.files.models import Blob
from shequtong.files.testing import photo
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import BASE, LAT, LON, NEW, Caller
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db
WALK: dict[str, Any] = {
    "class_code": "0101",
    "text": "人行道井盖移位，已围挡。",
    "done": "已复位并盖好。",
    "lon": LON,
    "lat": LAT,
}


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def patrol(town: Town) -> Caller:
    """The software of those who walk the grids; it takes in nothing, it only moves as they do."""
    return Caller(make_key(town.street, may="read,words,move", acts_as="grid_worker")[1])


@pytest.fixture
def office(town: Town) -> Caller:
    return Caller(make_key(town.street, may="read,words,create,move", acts_as="precinct_head")[1])


def sent(caller: Caller, words: str) -> str:
    """A photo of the place, waiting."""
    headers = caller.headers(**{"Idempotency-Key": f"photo-{words.encode().hex()}"})
    body = {"photo": SimpleUploadedFile("a.jpg", photo(words)), "lon": str(LON), "lat": str(LAT)}
    answer = Client().post(f"{BASE}/photos", body, headers=headers)
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["id"])


def test_it_is_made_once_and_waits_for_its_review(patrol: Caller, office: Caller) -> None:
    body = {**WALK, "photos": [sent(patrol, "前")], "after": [sent(patrol, "后")], "reference": "PATROL-7"}
    first, again = (patrol.made("cases/self_handle", body, once="walk-000001") for _time in range(2))
    assert first == again
    assert (first["stage"], first["step"]) == ("verification", 1)
    case, step = Case.objects.get(), Step.objects.get()
    assert (case.self_handled, case.channel, case.text) == (True, "staff", WALK["text"])
    assert (step.move, step.note, step.actor) == ("self_handle", WALK["done"], case.steps.get().actor)
    assert step.actor
    assert [one["kind"] for one in office.get(f"cases/{case.number}/photos").json()["items"]] == ["before", "after"]
    assert patrol.get(f"cases/{case.number}").json()["reference"] == "PATROL-7"
    assert (
        patrol.post("cases/self_handle", {**body, "done": "别的"}, once="walk-000001").json()["code"] == "idempotency_key_reused"
    )
    assert patrol.made("cases/self_handle", body)["number"] == case.number, "the same mark is the same case"
    assert Case.objects.count() == 1


def test_somebody_else_reviews_it(town: Town, patrol: Caller, office: Caller) -> None:
    number = patrol.made("cases/self_handle", {**WALK, "after": [sent(patrol, "后")]})["number"]
    both = Caller(make_key(town.street, may="read,words,move", acts_as="community_worker")[1])
    assert both.post(f"cases/{number}/moves/review", {"valid": True}).status_code in (404, 409), "reviewing is the office's"
    own = Case.objects.get()
    assert not own.closed_at
    assert office.made(f"cases/{number}/moves/review", {"valid": True})["stage"] == "closed"


def test_a_post_that_may_not_and_a_place_that_is_not_served_are_refused(town: Town, patrol: Caller, office: Caller) -> None:
    body = {**WALK, "after": [sent(patrol, "后")]}
    police = Caller(make_key(town.street, may="read,words,create,move", acts_as="station_head", station=town.police)[1])
    reader = Caller(make_key(town.street, may="read,words,create")[1])
    for caller in (office, police, reader):
        assert caller.post("cases/self_handle", body).status_code == 404
    lon, lat = point(0.5, 3.5)
    elsewhere = patrol.post("cases/self_handle", {**body, "lon": lon, "lat": lat})
    assert (elsewhere.status_code, elsewhere.json()["fields"][0]["field"]) == (409, "lon")
    nowhere = patrol.post("cases/self_handle", {name: value for name, value in body.items() if name not in ("lon", "lat")})
    assert nowhere.json()["code"] == "no_place"
    assert not Case.objects.exists()
    assert Blob.objects.filter(owner_id=None).count() == 1, "the photo waits for who may"


def test_what_is_missing_is_said_at_its_field_in_both_languages(patrol: Caller) -> None:
    chinese = Caller(patrol.key, language="zh-CN")
    wrong = {**WALK, "done": "", "after": [], "colour": "red"}
    said = [
        {one["field"]: one["message"] for one in caller.post("cases/self_handle", wrong).json()["fields"]}
        for caller in (patrol, chinese)
    ]
    assert said[0] == {"done": "At least 2 characters.", "after": "At least 1 of these.", "colour": "There is no such field."}
    assert said[1] == {"done": "至少 2 个字。", "after": "至少 1 项。", "colour": "没有这个字段。"}
    blank = patrol.post("cases/self_handle", {**WALK, "done": "  ", "after": ["1"]})
    assert (blank.status_code, blank.json()["code"]) == (409, "CannotOpen")
    assert patrol.post("cases/self_handle", {**WALK, "after": ["1"]}).json()["code"] == "CannotAttach"
    assert not Case.objects.exists()


def test_a_mark_of_a_case_that_waits_for_others_is_not_taken_for_it(town: Town) -> None:
    walker = Caller(make_key(town.street, may="read,words,create,move", acts_as="grid_worker")[1])
    walker.made("cases", {**NEW, "reference": "WO-1"})
    body = {**WALK, "after": [sent(walker, "后")], "reference": "WO-1"}
    taken = walker.post("cases/self_handle", body)
    assert (taken.status_code, taken.json()["fields"][0]["field"]) == (409, "reference")
    assert walker.made("cases/self_handle", {**body, "reference": "WO-2"})["stage"] == "verification"


def test_what_it_costs(patrol: Caller) -> None:
    patrol.made("cases/self_handle", {**WALK, "after": [sent(patrol, "热身")]})
    body = {**WALK, "after": [sent(patrol, "后")], "reference": "PATROL-9"}
    with count_statements() as counted:
        patrol.made("cases/self_handle", body)
    assert counted.warm.total <= 12, counted.listing
