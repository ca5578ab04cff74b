"""The pages as an app: everybody gets the same name and worker, and the page without a network says nothing of anybody. No statement."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from shequtong.accounts.testing import signed_in
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town


def test_the_app_is_named_after_its_place_and_every_icon_lies_there(town: Town) -> None:
    answer = Client().get("/app.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert told["name"] == "社区通 虎丘区"
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_worker_comes_from_the_root_and_is_asked_for_each_time(town: Town) -> None:
    answer = Client().get("/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert b"import" not in answer.content  # a plain script: no browser we promise runs a module as a worker of a site


@pytest.mark.parametrize("who", ["qian", "lin"])
def test_the_page_without_a_network_names_nobody(town: Town, who: str) -> None:
    page = signed_in(town.accounts[who]).get("/offline/").content.decode()
    assert str(town.accounts[who]) not in page
    assert "没有网络" in page


@pytest.mark.parametrize("address", ["/app.webmanifest", "/worker.js", "/offline/"])
def test_they_cost_no_statement(town: Town, address: str) -> None:
    client = Client()
    client.get(address)
    with count_statements() as asked:
        assert client.get(address).status_code == 200
    assert [one for one in asked.statements if '"core_revision"' not in one.sql] == []
