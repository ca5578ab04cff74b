"""Open311 GeoReport v2 as other systems meet it: its schemas, its errors, its limits, and what it never tells (domain/open311.md 5.10)."""

import json
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.calls import BASE, HERE, SCHEMAS, code_and_words, get, post, told
from shequtong.interchange.usecases import revoke_system_key
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def key(town: Town) -> str:
    return make_key(town.street)[1]


def schema(name: str) -> Validator:
    """A schema of the standard; each names the others by their files."""
    read = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    found: Registry[Any] = Registry().with_contents(read.items(), default_specification=DRAFT202012)
    return Draft202012Validator({"$ref": name}, registry=found)


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
