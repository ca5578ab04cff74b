"""The typed API: what it refuses, in one shape and both languages, and what each call costs."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from shequtong.audit.models import SecurityEvent
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import BASE, NEW, Caller
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def office(town: Town) -> Caller:
    """The precinct office by its own software: reads all, opens, makes the moves of its head."""
    return Caller(make_key(town.street, may="read,words,create,move,reporter", acts_as="precinct_head")[1])


class TestRefusals:
    def test_each_has_the_one_shape(self, office: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
        client = Client()
        send: dict[str, Any] = {
            "content_type": "application/json",
            "headers": office.headers(**{"Idempotency-Key": "order-000001"}),
        }
        answers = {
            401: client.get(f"{BASE}/cases"),
            404: office.get("elsewhere"),
            405: client.delete(f"{BASE}/cases", headers=office.headers()),
            400: client.post(f"{BASE}/cases", "{", **send),
            415: client.post(f"{BASE}/cases", {}, headers=office.headers()),
            413: client.post(f"{BASE}/cases", "x" * 3_000_000, **send),
            422: office.post("cases", {**NEW, "text": "短", "colour": "red"}),
        }
        for status, answer in answers.items():
            assert answer.status_code == status
            assert set(answer.json()) == {"status", "code", "message", "fields"}
            assert answer["Cache-Control"] == "no-store"
        assert answers[401]["WWW-Authenticate"] == "Bearer"
        assert answers[405]["Allow"]
        assert {one["field"] for one in answers[422].json()["fields"]} == {"text", "colour"}
        assert office.post("cases", NEW, once="").json()["code"] == "idempotency_key"

    def test_field_errors_speak_the_language_that_is_asked_for(self, office: Caller) -> None:
        chinese = Caller(office.key, language="zh-CN")
        said = [one.post("cases", {**NEW, "text": "短"}).json()["fields"][0]["message"] for one in (office, chinese)]
        assert said == ["At least 4 characters.", "至少 4 个字。"]

    def test_a_key_that_is_revoked_or_has_no_right_here_opens_nothing_and_is_noted(self, town: Town) -> None:
        only_open311 = Caller(make_key(town.street)[1])
        assert only_open311.get("cases").status_code == 401
        assert Caller("made-up").get("cases").status_code == 401
        assert SecurityEvent.objects.filter(what="interchange.api").count() == 2

    def test_who_asks_too_often_waits(self, town: Town) -> None:
        key = Caller(make_key(town.street, may="read", per_minute=3)[1])
        answers = [key.get("units") for _time in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert int(answers[3]["Retry-After"]) > 0

    def test_a_database_that_cannot_be_reached_says_when_to_come_again(
        self, office: Caller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from django.db import OperationalError

        def gone(*_args: object, **_named: object) -> None:
            raise OperationalError("the server closed the connection")

        monkeypatch.setattr("shequtong.interchange.views.api.cases.queue", gone)
        answer = office.get("cases")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")


class TestCost:
    def test_reads_are_few_statements_however_many_rows(self, office: Caller, town: Town) -> None:
        def cost(path: str) -> int:
            office.get(path)
            with count_statements() as seen:
                assert office.get(path).status_code == 200
            return seen.warm.total

        number = make_case(town, stage=Stage.HANDLING, now=datetime.now(UTC)).number
        few = cost("cases")
        for _time in range(20):
            make_case(town, stage=Stage.HANDLING)
        assert cost("cases") == few == 1
        assert cost(f"cases/{number}") == 2
        assert cost(f"cases/{number}/moves") == 1
        assert [cost(path) for path in ("standards", "units", "stations")] == [0, 0, 0]

    def test_writes_cost_at_most_twelve(self, office: Caller, town: Town) -> None:
        office.made(f"cases/{office.made('cases', NEW)['number']}/moves/register", {"row": 1})
        with count_statements() as opened:
            number = office.made("cases", NEW)["number"]
        with count_statements() as moved:
            office.made(f"cases/{number}/moves/register", {"row": 1})
        assert opened.warm.total <= 12, opened.listing
        assert moved.warm.total <= 12, moved.listing
