"""Open311 GeoReport v2 as other systems meet it: its schemas, its errors, its limits, and what it never tells (domain/open311.md 5.10)."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry, Resource

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
from shequtong.interchange.usecases import revoke_system_key
from shequtong.territory.address.normal import grams_of
from shequtong.territory.models import AddressGram
from shequtong.testing.crowd import copy_cases
from shequtong.testing.plans import plans
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town, point

BASE = "/open311/v2"
HERE = {"jurisdiction_id": "320505002"}
SCHEMAS = Path(settings.BASE_DIR).parent / "shared/data/open311/schema"
LON, LAT = point(0.5, 0.5)
TOLD = {"service_code": "L01", "lat": str(LAT), "long": str(LON), "description": "路灯不亮，晚上看不清路。"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def key(town: Town) -> str:
    return make_key(town.street)[1]


def schema(name: str) -> Validator:
    found: Registry[Any] = Registry()
    for path in SCHEMAS.glob("*.json"):
        read = json.loads(path.read_text(encoding="utf-8"))
        found = found.with_resource(path.name, Resource(read, specification=_plain()))
    return Draft202012Validator({"$ref": name}, registry=found)


def _plain() -> Any:
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def get(client: Client, path: str, **said: str) -> HttpResponse:
    return client.get(f"{BASE}/{path}", said)


def post(client: Client, key: str, *, fmt: str = "json", headers: dict[str, str] | None = None, **said: Any) -> HttpResponse:
    return client.post(f"{BASE}/requests.{fmt}", {"api_key": key, **TOLD, **said}, headers=headers)


def told(client: Client, key: str, **said: Any) -> dict[str, Any]:
    answer = post(client, key, **said)
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = answer.json()[0]
    return found


def code_and_words(answer: HttpResponse) -> tuple[str, str]:
    if answer["Content-Type"].startswith("text/xml"):
        root = ET.fromstring(answer.content)
        assert root.tag == "errors"
        return root.findtext("error/code", ""), root.findtext("error/description", "")
    one = json.loads(answer.content)[0]
    return str(one["code"]), one["description"]


class TestShape:
    def test_discovery_says_where_and_what_in_both_formats(self, client: Client, town: Town) -> None:
        found = get(client, "discovery.json").json()
        endpoint = found["endpoints"][0]
        assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert endpoint["url"].endswith(BASE)
        assert endpoint["formats"] == ["text/xml", "application/json"]
        assert datetime.fromisoformat(found["changeset"]) < datetime.now(UTC)
        root = ET.fromstring(get(client, "discovery.xml").content)
        assert root.tag == "discovery"
        assert [one.text for one in root.findall("endpoints/endpoint/formats/format")] == ["text/xml", "application/json"]
        assert {one.tag for one in root} == set(found)

    def test_lists_are_bare_arrays_that_fit_the_schemas(self, client: Client, town: Town, key: str) -> None:
        told(client, key)
        make_case(town, stage=Stage.HANDLING, now=datetime.now(UTC) - timedelta(hours=2))
        services = get(client, "services.json").json()
        schema("services.json").validate(services)
        requests = get(client, "requests.json", api_key=key, **HERE).json()
        assert len(requests) == 2
        schema("requests.json").validate(requests)
        for one in services:
            schema("service-definition.json").validate(get(client, f"services/{one['service_code']}.json").json())

    def test_xml_says_the_same_with_containers(self, client: Client, town: Town, key: str) -> None:
        number = told(client, key)["service_request_id"]
        as_json = get(client, f"requests/{number}.json", api_key=key).json()
        answer = get(client, f"requests/{number}.xml", api_key=key)
        assert answer["Content-Type"] == "text/xml; charset=utf-8"
        assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
        root = ET.fromstring(answer.content)
        assert root.tag == "service_requests"
        assert {one.tag: one.text for one in root.findall("request")[0]} == {
            name: None if value is None else str(value) for name, value in as_json[0].items()
        }
        services = ET.fromstring(get(client, "services.xml").content)
        assert services.tag == "services"
        assert {one.findtext("metadata") for one in services.findall("service")} <= {"true", "false"}

    def test_every_time_has_its_zone(self, client: Client, town: Town, key: str) -> None:
        number = told(client, key)["service_request_id"]
        one = get(client, f"requests/{number}.json", api_key=key).json()[0]
        assert one["requested_datetime"].endswith("+08:00")

    def test_what_xml_cannot_hold_is_replaced(self, client: Client, town: Town, key: str) -> None:
        number = told(client, key, description="井盖\x01坏了\x0b，请修。")["service_request_id"]
        root = ET.fromstring(get(client, f"requests/{number}.xml", api_key=key).content)
        assert "井盖" in (root.findtext("request/description") or "")


class TestErrors:
    @pytest.mark.parametrize("fmt", ["xml", "json"])
    @pytest.mark.parametrize(
        ("path", "said", "code"),
        [
            ("services/NONE", {}, 404),
            ("services", {"jurisdiction_id": "elsewhere"}, 404),
            ("requests/SS-2026-000001-X", {}, 404),
            ("requests", {**HERE, "service_code": "NONE"}, 404),
            ("tokens/made-up", {}, 404),
            ("requests", {}, 400),
            ("requests", {**HERE, "start_date": "yesterday"}, 400),
            ("requests", {**HERE, "start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400),
            ("requests", {**HERE, "start_date": "2026-03-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400),
            ("requests", {**HERE, "status": "lost"}, 400),
            ("requests", {**HERE, "page": "-1"}, 400),
            ("requests", {**HERE, "page": "500", "page_size": "1000"}, 400),
            ("requests", {**HERE, "api_key": "made-up"}, 403),
            ("elsewhere", {}, 404),
        ],
    )
    def test_each_has_its_code(self, client: Client, town: Town, fmt: str, path: str, said: dict[str, str], code: int) -> None:
        answer = get(client, f"{path}.{fmt}", **said)
        assert answer.status_code == code, answer.content.decode()
        if path != "elsewhere":
            assert code_and_words(answer)[0] == str(code)
            assert answer["Content-Type"].startswith({"xml": "text/xml", "json": "application/json"}[fmt])

    def test_an_unknown_suffix_and_address_are_answered_in_xml(self, client: Client, town: Town) -> None:
        assert code_and_words(get(client, "services.yaml"))[0] == "400"
        assert code_and_words(get(client, "nowhere/at/all"))[0] == "404"

    @pytest.mark.parametrize("fmt", ["xml", "json"])
    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"api_key": ""}, 403),
            ({"api_key": "made-up"}, 403),
            ({"service_code": ""}, 400),
            ({"service_code": "NONE"}, 404),
            ({"lat": "", "long": ""}, 400),
            ({"lat": "north"}, 400),
            ({"lat": "nan"}, 400),
            ({"lat": "31.3", "long": "500"}, 400),
            ({"lat": "0", "long": "0"}, 400),
            ({"lat": "", "long": "", "address_id": "abc"}, 400),
            ({"lat": "", "long": "", "address_string": "没有这条路999号"}, 400),
            ({"description": "字" * 4001}, 400),
            ({"phone": "call me"}, 400),
            ({"media_url": "javascript:alert(1)"}, 400),
        ],
    )
    def test_what_is_sent_wrong_is_said(
        self, client: Client, town: Town, key: str, fmt: str, said: dict[str, Any], code: int
    ) -> None:
        answer = post(client, key, fmt=fmt, **said)
        assert (answer.status_code, code_and_words(answer)[0]) == (code, str(code)), answer.content.decode()
        assert code_and_words(answer)[1]
        assert not Case.objects.filter(channel=Case.Channel.SYSTEM).exists()

    def test_a_body_that_is_no_form_is_refused(self, client: Client, town: Town, key: str) -> None:
        answer = client.post(f"{BASE}/requests.json?api_key={key}", b"\xff\xfe{", content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 400
        assert client.delete(f"{BASE}/requests.json").status_code == 405


class TestKeys:
    def test_who_is_revoked_run_out_or_reads_only_cannot_send(self, client: Client, town: Town) -> None:
        row, revoked = make_key(town.street)
        revoke_system_key(key_id=row.pk, reason="合同到期", by=SystemActor("Town hall"), now=datetime.now(UTC))
        ended = make_key(town.street, last_day=date(2099, 1, 1))
        type(ended[0]).objects.filter(pk=ended[0].pk).update(last_day=date(2020, 1, 1))
        for refused in (revoked, ended[1], make_key(town.street, may_report=False)[1]):
            assert post(client, refused).status_code == 403
        assert not Case.objects.exists()

    def test_it_serves_its_place_only(self, client: Client, town: Town) -> None:
        other = make_key(town.next_street)[1]
        assert post(client, other).status_code == 400
        assert not Case.objects.exists()

    def test_too_many_are_told_when_to_come_back(self, client: Client, town: Town) -> None:
        key = make_key(town.street, per_minute=2)[1]
        answers = [post(client, key) for _time in range(3)]
        assert [one.status_code for one in answers[:2]] == [200, 200]
        assert answers[2].status_code == 429
        assert 1 <= int(answers[2]["Retry-After"]) <= 60
        assert code_and_words(answers[2])[0] == "429"
        assert Case.objects.count() == 2

    def test_the_same_reference_is_one_case(self, client: Client, town: Town, key: str) -> None:
        first, again = (told(client, key, headers={"Idempotency-Key": "abc-1"}) for _time in range(2))
        assert first["service_request_id"] == again["service_request_id"]
        other = make_key(town.street)[1]
        assert told(client, other, headers={"Idempotency-Key": "abc-1"})["service_request_id"] != first["service_request_id"]
        assert Case.objects.count() == 2


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
        second = replace(first, row=2, register_condition="商场、广场噪声")
        publish_standard(new=second, by=SystemActor("Town hall"), now=datetime.now(UTC))
        assert {one["service_code"] for one in get(client, "services.json").json() if one["metadata"]} == {"L01"}
        values = get(client, "services/L01.json").json()["attributes"][0]["values"]
        assert [one["key"] for one in values] == ["1", "2"]
        for name in ("attribute[CONDITION]", "attribute[CONDITION][]"):
            number = told(client, key, **{name: "2", "attribute[UNKNOWN]": "x"})["service_request_id"]
            assert "商场、广场噪声" in Case.objects.numbered(number).get().text
        for wrong in (["1", "2"], "3"):
            assert post(client, key, **{"attribute[CONDITION]": wrong}).status_code == 400

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
        asked = Asked(place=town.street.subdistrict_id, since=now - timedelta(days=90), until=now + timedelta(days=1), rows=50)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with plans("cases_case") as found:
            assert len(rows_asked(asked, None)) == 50
        assert [("cases_case_received" in str(plan), "Sort" in str(plan)) for _sql, plan in found] == [(True, False)], found
