"""What a report is probably about is offered while it is written: taken by a press, never by itself; and one need not know at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from shequtong.accounts.testing import signed_in
from shequtong.cases.models import Case, Step
from shequtong.cases.routed_shown import why_told
from shequtong.cases.suggested import suggest
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.views import suggesting as views
from shequtong.cases.workflow import Stage
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town
from shequtong.triage.testing import invented_weights, suggesting
from shequtong.triage.weights import Weights

pytestmark = pytest.mark.usefixtures("watched_requests")
LAMP, NOISE = "路灯坏了没人修，晚上太黑，老人看不清路", "半夜施工噪音很大睡不着"
UNCLEAR = "我想反映一个情况请你们看一看谢谢"
ASK = "/report/suggest/"


@pytest.fixture(scope="module")
def weights() -> Weights:
    return invented_weights({"lamp": ["L01"], "noise": ["E01"], "rubbish": ["0110"]})


@pytest.fixture
def trained(town: Town, weights: Weights, tmp_path: Path) -> Iterator[Town]:
    with suggesting(tmp_path, weights):
        yield town


def what(town: Town) -> Phone:
    return Phone().open(f"/report/what/?building={town.building.pk}")


def test_the_likeliest_is_offered_with_its_words(trained: Town) -> None:
    page = Client().post(ASK, {"text": LAMP})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="L01"' in text
    assert "路灯" in text.split("<mark>", 1)[1]
    assert "checked" not in text
    assert page["Cache-Control"].startswith("max-age=0")
    assert Client().get(ASK, {"text": LAMP}).status_code == 405  # no words in an address


def test_what_nobody_can_tell_is_said_to_be_uncertain(trained: Town) -> None:
    found = suggest(UNCLEAR, for_residents=True)
    assert found is not None
    assert not found.certain
    assert len(found.classes) in (0, 2)
    assert suggest("路灯", for_residents=True) is None  # too short


def test_what_is_written_is_shown_as_text(trained: Town) -> None:
    text = Client().post(ASK, {"text": f"<script>alert(1)</script>{LAMP}<img src=x>"}).content.decode()
    assert "<script" not in text
    assert "<img" not in text


def test_asking_costs_one_statement_and_is_limited(trained: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AN_HOUR", 2)
    client = Client()
    client.post(ASK, {"text": LAMP})
    with count_statements() as seen:
        client.post(ASK, {"text": "路灯" * 60_000})  # of a long text, the beginning is looked at
    assert seen.warm.total == 1
    assert client.post(ASK, {"text": LAMP}).status_code == 429
    assert signed_in(trained.accounts["chen"]).post(ASK, {"text": LAMP}).status_code == 200


def test_without_a_script_the_next_page_offers_it(trained: Town) -> None:
    phone = what(trained)
    assert "data-suggest" in phone.text
    phone.press(phone.form("text"), text=LAMP)
    assert phone.page.status_code == 422  # nothing was chosen
    assert 'name="take" value="L01"' in phone.text
    phone.press(phone.form("text"), take="L01")
    assert 'value="L01" checked' in phone.text
    phone.press(phone.form("text"), cls="L01")
    assert phone.address.startswith("/report/send/")


def test_who_cannot_say_leaves_it_to_the_office(trained: Town) -> None:
    phone = what(trained)
    phone.press(phone.form("text"), cls="?", text=NOISE)
    phone.press(phone.form("text"), phone="13812345678", consent="on")
    assert phone.address.startswith("/report/done/"), phone.text
    case = Case.objects.get()
    assert case.stage == Stage.HELD
    assert case.case_class.code == "E01"
    step = Step.objects.get()
    assert step.details["held"] == ["unclear"]
    why = step.details["routed"][0]  # an automatic guess says which rule made it, and keeps none of the reporter's words
    assert (why["asked"], why["rule"], why["values"].keys()) == ("class", "model", {"class", "percent"})
    assert case.case_class.name in why_told(step)[0].sentence
    page = signed_in(trained.accounts["shen"]).get("/desk/screening/").content.decode()
    assert "<mark>" in page, page[page.index("<main") :]


def test_without_weights_nothing_is_said(town: Town) -> None:
    phone = what(town)
    assert "data-suggest" not in phone.text
    assert Client().post(ASK, {"text": LAMP}).status_code == 204
    phone.press(phone.form("text"), text=LAMP)
    assert 'name="take"' not in phone.text
    phone.press(phone.form("text"), cls="?", text=LAMP)
    phone.press(phone.form("text"), phone="13812345678", consent="on")
    assert Case.objects.get().stage == Stage.HELD  # by what its words name, or what is told most
    assert Step.objects.get().details["routed"][0]["rule"] in ("words", "most_told")
