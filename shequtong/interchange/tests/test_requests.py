"""Requests that other systems send and read: what becomes of them, what is told of them, what they cost."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from shequtong.audit.models import Entry
from shequtong.cases.examples import EXAMPLES
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import admit_case, publish_standard
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.interchange import rates
from shequtong.interchange.lookups import rows_asked
from shequtong.interchange.requests_asked import Asked
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.calls import BASE, HERE, LAT, TOLD, get, post, told
from shequtong.territory.address.normal import grams_of
from shequtong.territory.models import AddressGram
from shequtong.testing.crowd import copy_cases
from shequtong.testing.plans import plans
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def key(town: Town) -> str:
    return make_key(town.street)[1]


class TestSending:
    def test_it_becomes_a_case_with_its_source_and_trace(self, client: Client, town: Town, key: str) -> None:
        answer = told(client, key, first_name="小燕", last_name="赵", phone="13812345678", media_url="https://example.org/a.jpg")
        case = Case.objects.select_related("reporter").get()
        assert case.number == answer["service_request_id"]
        assert answer["service_notice"]
        assert case.channel == Case.Channel.SYSTEM
        assert case.text == f"{TOLD['description']}\n图片：https://example.org/a.jpg"
        assert case.reporter is not None
        assert case.reporter.phone.reveal() == "13812345678"
        assert Entry.objects.filter(object_id=case.pk, actor__startswith="城市平台").count() == 1

    def test_a_place_may_be_an_address_or_its_number(self, client: Client, town: Town, key: str) -> None:
        here = {"subdistrict_id": STREET, "building": town.building}
        AddressGram.objects.bulk_create(AddressGram(**here, gram=gram) for gram in grams_of([town.building.address]))
        by_words = told(client, key, lat="", long="", address_string="枫桥路12号3幢")
        by_id = told(client, key, lat="", long="", address_id=str(town.building.pk))
        rows = [Case.objects.numbered(one["service_request_id"]).get() for one in (by_words, by_id)]
        assert [row.building_id for row in rows] == [town.building.pk] * 2

    def test_attributes_are_read_in_both_spellings(self, client: Client, town: Town, key: str) -> None:
        first = next(one for one in EXAMPLES if one.code == "L01")
        second = replace(first, row=2, register_condition="商场、广场噪声", limit_amount=first.limit_amount + 2)
        publish_standard(new=second, by=SystemActor("Town hall"), now=datetime.now(UTC))
        assert {one["service_code"] for one in get(client, "services.json").json() if one["metadata"]} == {"L01"}
        values = get(client, "services/L01.json").json()["attributes"][0]["values"]
        assert [one["key"] for one in values] == ["1", "2"]
        for name in ("attribute[CONDITION]", "attribute[CONDITION][]"):
            number = told(client, key, **{name: "2", "attribute[UNKNOWN]": "x"})["service_request_id"]
            assert "商场、广场噪声" in Case.objects.numbered(number).get().text
        assert "立案" in told(client, key)["service_notice"]  # nothing is promised as decided that is not
        for wrong in (["1", "2"], ["3"]):
            said: dict[str, Any] = {"attribute[CONDITION]": wrong}
            assert post(client, key, **said).status_code == 400

    def test_without_words_the_class_speaks(self, client: Client, town: Town, key: str) -> None:
        number = told(client, key, description="")["service_request_id"]
        assert Case.objects.numbered(number).get().text

    def test_a_watched_system_gets_a_token_and_the_number_once_it_is_let_through(self, client: Client, town: Town) -> None:
        key = make_key(town.street, screened=True)[1]
        assert {one["type"] for one in get(client, "services.json", api_key=key).json()} == {"batch"}
        assert {one["type"] for one in get(client, "services.json").json()} == {"realtime"}
        answer = told(client, key)
        assert "service_request_id" not in answer
        token = quote(answer["token"])
        assert get(client, f"tokens/{token}.json").status_code == 200
        assert get(client, f"tokens/{token}.json", api_key=key).json() == [{"service_request_id": None, "token": answer["token"]}]
        case = Case.objects.get()
        assert case.stage == Stage.HELD
        admit_case(number=case.number, by=town.shen, now=datetime.now(UTC))
        assert get(client, f"tokens/{token}.json", api_key=key).json()[0]["service_request_id"] == case.number
        root = ET.fromstring(get(client, f"tokens/{token}.xml", api_key=key).content)
        assert root.findtext("request/service_request_id") == case.number

    def test_words_that_need_a_look_wait_for_it(self, client: Client, town: Town, key: str) -> None:
        assert "token" in told(client, key, description="他的电话是13900001111，请去骂他。")


class TestReading:
    def test_numbers_override_all_else_and_come_in_their_order(self, client: Client, town: Town, key: str) -> None:
        numbers = [told(client, key)["service_request_id"] for _time in range(3)]
        wanted = [numbers[2], numbers[0]]
        said = {"service_request_id": ",".join([*wanted, "SS-2026-999999-X"]), "status": "closed", "api_key": key}
        assert [one["service_request_id"] for one in get(client, "requests.json", **said).json()] == wanted

    def test_states_spans_and_empty_parameters(self, client: Client, town: Town, key: str) -> None:
        now = datetime.now(UTC)
        closed = make_case(town, stage=Stage.CLOSED, now=now - timedelta(days=2))
        handled = make_case(town, stage=Stage.HANDLING, now=now - timedelta(days=1))
        make_case(town, stage=Stage.HANDLING, now=now - timedelta(days=100))

        def found(**said: str) -> set[str]:
            return {one["service_request_id"] for one in get(client, "requests.json", **HERE, **said).json()}

        assert found() == found(status="open,closed") == found(status="", start_date="") == {closed.number, handled.number}
        assert found(status="open") == {handled.number}
        assert found(status="closed") == {closed.number}
        assert found(page_size="1") == {handled.number}
        assert found(page_size="1", page="2") == {closed.number}
        assert found(page_size="1000", page="10") == set()
        assert get(client, "requests.json", **HERE, page_size="1000", page="11").status_code == 400
        until = (now - timedelta(days=1, hours=12)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
        assert found(end_date=until) == {closed.number}
        assert found(end_date=until.replace("+", " ")) == {closed.number}

    def test_of_others_no_more_than_the_public_page_tells(self, client: Client, town: Town, key: str) -> None:
        secret = "赵小燕家住三单元四零二室，电话"
        sent = told(client, key, description=f"{secret}一三八。", first_name="赵小燕", phone="13812345678")
        number = sent.get("service_request_id") or Case.objects.get().number
        make_case(town, stage=Stage.HANDLING)
        elsewhere = make_key(town.street)[1]
        for said in ({}, {"api_key": elsewhere}):
            for fmt in ("xml", "json"):
                shown = get(client, f"requests.{fmt}", **HERE, **said).content.decode()
                shown += get(client, f"requests/{number}.{fmt}", **said).content.decode()
                for words in (secret, "赵小燕", "13812345678", "枫桥路", str(LAT)):
                    assert words not in shown

    def test_what_is_confidential_or_not_registered_is_not_there(self, client: Client, town: Town, key: str) -> None:
        number = told(client, key)["service_request_id"]
        hidden = make_case(town, stage=Stage.HANDLING)
        Case.objects.filter(pk=hidden.pk).update(confidential=True)
        assert get(client, f"requests/{number}.json").status_code == 404
        assert get(client, f"requests/{number}.json", api_key=key).status_code == 200
        assert get(client, f"requests/{hidden.number}.json", api_key=key).status_code == 404

    def test_who_asks_again_gets_nothing_new(self, client: Client, town: Town, key: str) -> None:
        case = make_case(town, stage=Stage.HANDLING)
        first = get(client, f"requests/{case.number}.json")
        again = client.get(f"{BASE}/requests/{case.number}.json", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        Case.objects.filter(pk=case.pk).update(summary="路灯已修复")
        changed = client.get(f"{BASE}/requests/{case.number}.json", headers={"If-None-Match": first["ETag"]})
        assert changed.json()[0]["description"] == "路灯已修复"

    def test_a_guest_who_asks_too_often_waits(self, client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shequtong.interchange.views.door.ANYBODY_PER_MINUTE", 3)
        answers = [get(client, "services.json") for _time in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert answers[3]["Retry-After"]


class TestCost:
    def test_taking_in_costs_no_more_than_twelve_statements(self, client: Client, town: Town, key: str) -> None:
        told(client, key)
        with count_statements() as seen:
            told(client, key, first_name="小燕", phone="13812345678")
        assert seen.warm.total <= 12, seen.listing

    def test_a_list_is_one_statement_however_long(self, client: Client, town: Town, key: str) -> None:
        def cost() -> int:
            get(client, "requests.json", api_key=key, **HERE)
            with count_statements() as seen:
                get(client, "requests.json", api_key=key, **HERE)
            return seen.warm.total

        told(client, key)
        few = cost()
        for _time in range(20):
            told(client, key)
        assert cost() == few == 1

    def test_a_page_of_the_list_reads_its_index(self, client: Client, town: Town, key: str) -> None:
        now = datetime.now(UTC)
        copy_cases([make_case(town, stage=Stage.HANDLING, now=now)], 3000)
        asked = Asked(
            places=(town.street.subdistrict_id,), since=now - timedelta(days=90), until=now + timedelta(days=1), rows=50
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with plans("cases_case") as found:
            assert len(rows_asked(asked, None)) == 50
        assert [("cases_case_received" in str(plan), "Sort" in str(plan)) for _sql, plan in found] == [(True, False)], found
