"""A key of a district: what it asks is answered over all its subdistricts, in as many statements as over one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.interchange import rates
from shequtong.interchange.lookups import rows_asked
from shequtong.interchange.requests_asked import Asked
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import NEW, Caller
from shequtong.interchange.tests.calls import get, told
from shequtong.testing.crowd import copy_cases
from shequtong.testing.plans import plans
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db
LON, LAT = point(0.5, 5.5)  # in the next street
THERE = {"lat": str(LAT), "long": str(LON)}


@pytest.fixture(autouse=True)
def _calm() -> None:
    rates.forget()


@pytest.fixture
def key(town: Town) -> str:
    return make_key(town.district, may="read,create")[1]


def numbers(client: Client, key: str, **said: str) -> list[str]:
    return [one["service_request_id"] for one in get(client, "requests.json", api_key=key, **said).json()]


def test_its_list_holds_the_requests_of_all_its_streets_the_newest_first(client: Client, town: Town, key: str) -> None:
    sent = [told(client, key, **where)["service_request_id"] for where in ({}, THERE, {}, THERE)]
    assert {one.subdistrict_id for one in Case.objects.all()} == {town.street.subdistrict_id, town.next_street.subdistrict_id}
    assert numbers(client, key) == sent[::-1]
    assert [*numbers(client, key, page_size="3"), *numbers(client, key, page_size="3", page="2")] == sent[::-1]
    assert numbers(client, key, jurisdiction_id="320505004") == [sent[3], sent[1]]
    assert numbers(client, key, status="closed") == []
    assert numbers(client, make_key(town.street)[1]) == [], "of others none that is not registered"
    assert get(client, "requests.json").status_code == 400, "without a key somebody says where"


def test_numbers_of_several_streets_are_one_statement(client: Client, key: str) -> None:
    sent = [told(client, key, **where)["service_request_id"] for where in ({}, THERE, {}, THERE)]
    for said, most in (({"service_request_id": ",".join(sent)}, 1), ({}, 2)):
        numbers(client, key, **said)
        with count_statements() as seen:
            assert sorted(numbers(client, key, **said)) == sorted(sent)
        assert seen.warm.total == most, seen.listing


def test_a_reference_is_one_case_wherever_its_place_is(client: Client, town: Town, key: str) -> None:
    caller = Caller(key)
    made = caller.made("cases", {**NEW, "reference": "WO-1"})
    assert caller.made("cases", {**NEW, "lon": LON, "lat": LAT, "reference": "WO-1"})["number"] == made["number"]
    assert told(client, key, headers={"Idempotency-Key": "WO-1"}, **THERE)["service_request_id"] == made["number"]
    other = caller.made("cases", {**NEW, "lon": LON, "lat": LAT, "reference": "WO-2"})
    assert Case.objects.count() == 2
    for mark, number in (("WO-1", made["number"]), ("WO-2", other["number"])):
        with count_statements() as seen:
            page = caller.get("cases", reference=mark).json()
        assert ([one["number"] for one in page["items"]], page["next"]) == ([number], None)
        assert seen.warm.total == 1, seen.listing
    assert caller.get("cases", reference="WO-3").json()["items"] == []
    assert Caller(make_key(town.district, may="read")[1]).get("cases", reference="WO-1").json()["items"] == []
    assert caller.get("cases", reference="WO-1", stage="all").json()["fields"][0]["field"] == "stage"


def test_a_page_of_several_streets_is_read_along_the_index_of_each(town: Town) -> None:
    now = datetime.now(UTC)
    copy_cases([make_case(town, stage=Stage.HANDLING, now=now)], 3000)
    places = (town.street.subdistrict_id, town.next_street.subdistrict_id)
    asked = Asked(places=places, since=now - timedelta(days=90), until=now + timedelta(days=1), rows=50)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with plans("cases_case") as found:
        assert len(rows_asked(asked, None)) == 50
    assert "cases_case_received" in str(found[0][1]), found
    assert not any("Seq Scan" in str(plan) or "SCAN cases_case" in str(plan) for _sql, plan in found), found
