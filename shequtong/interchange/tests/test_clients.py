"""The clients that others use drive our server as it is served: `georeport`, and `three` with the one line that lets Python 3 load it."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import georeport
import pytest
import requests
from pytest_django.live_server_helper import LiveServer

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.testing.town import Town, point

STREET_CODE = "320505002"
LON, LAT = point(0.5, 0.5)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The client of 2013."""
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    return import_module("three")


@pytest.fixture
def base(transactional_db: None, _plain_http: None) -> Iterator[str]:
    """A server of this test alone: one of the whole run would have read its settings before ours hold."""
    rates.forget()
    server = LiveServer("127.0.0.1")
    yield f"{server.url}/open311/v2"
    server.stop()


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_georeport_reads_everything(base: str, town: Town, fmt: str) -> None:
    cases = [make_case(town, stage=stage, now=datetime.now(UTC)) for stage in (Stage.HANDLING, Stage.CLOSED)]
    client = georeport.GeoReport(base, jurisdiction=STREET_CODE, output_format=fmt)
    services = client.get_service_list()
    assert {one["service_code"] for one in services} >= {"L01"}
    assert client.get_service_definition("L01")["service_code"] == "L01"
    numbers = {case.number for case in cases}
    assert {one["service_request_id"] for one in client.get_service_requests()} == numbers
    assert len(client.get_service_requests(service_request_id=",".join(numbers))) == len(numbers)
    one = client.get_service_request(cases[0].number)
    assert (one["service_request_id"], one["status"], one["service_code"]) == (cases[0].number, "open", "L01")
    with pytest.raises(requests.HTTPError):
        client.get_service_request("SS-2026-000000-0")


def test_three_sends_and_reads(base: str, town: Town, three: Any, tmp_path: Any) -> None:
    from shequtong.pages.demo.pictures import draw

    picture = tmp_path / "lamp.jpg"
    picture.write_bytes(draw(3, mended=False))
    client = three.Three(base, jurisdiction=STREET_CODE, api_key=make_key(town.street)[1])
    assert client.discovery()["endpoints"][0]["url"] == base
    assert client.services("L01")["service_code"] == "L01"
    with picture.open("rb") as media:
        sent = client.post("L01", lat=str(LAT), long=str(LON), name="小燕 赵", description="夜里施工吵得睡不着。", media=media)
    number = sent[0]["service_request_id"]
    case = Case.objects.numbered(number).get()
    assert case.text == "夜里施工吵得睡不着。"
    assert case.place_path.startswith(town.grid.path)
    assert client.request(number, api_key=client.api_key)[0]["description"] == case.text
    assert client.post("L01", description="没有位置")[0]["code"] == 400


def test_three_follows_a_token(base: str, town: Town, three: Any) -> None:
    client = three.Three(base, api_key=make_key(town.street, screened=True)[1], jurisdiction=STREET_CODE)
    sent = client.post("L01", lat=str(LAT), long=str(LON), description="夜里施工吵得睡不着。")
    assert client.token(sent[0]["token"])[0] == {"service_request_id": None, "token": sent[0]["token"]}
