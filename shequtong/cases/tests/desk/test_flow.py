"""The page of the flow: looked at by everyone on staff; written, compared, published and gone back to by the supervisor."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shequtong.access.testing import browser_of
from shequtong.cases.flow import flow_of
from shequtong.cases.flow_files import read_file, shipped
from shequtong.cases.models import Flow
from shequtong.cases.usecases import publish_flow
from shequtong.cases.workflow import MOVES
from shequtong.testing.town import MORNING, STREET, Town

FLOW, EDIT, TEXT, PUBLISH = "/desk/flow/", "/desk/flow/edit/", "/desk/flow/text/", "/desk/flow/publish/"


@pytest.fixture
def supervisor(town: Town) -> Client:
    """Ding's browser."""
    return browser_of(town.supervisor)


def publish(town: Town, **document: object) -> Flow:
    """By the use-case."""
    return publish_flow(subdistrict_id=STREET, document=document, note="", by=town.supervisor, now=MORNING)


def looked_at(page: str) -> dict[str, str]:
    """What the preview would send."""
    hidden = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    return {name: hidden[name] for name in ("document", "seen")}


def as_it_stands(page: str) -> dict[str, object]:
    """What the page of fields would send, untouched."""
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]+>", page):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if told.get("type") == "number":
            found[told["name"]] = told["value"]
        elif told.get("type") in ("checkbox", "radio") and " checked" in tag:
            found.setdefault(told["name"], []).append(told["value"])  # type: ignore[attr-defined]  # a list, as made here
    return found


def test_everybody_on_staff_sees_picture_and_table(town: Town) -> None:
    for name in ("chen", "wang", "xu"):
        page = browser_of(town.actor(name)).get(FLOW).content.decode()
        assert "<svg" in page
        assert all(str(move.label) in page for move in MOVES.values())
        assert EDIT not in page


def test_it_costs_one_statement_of_its_own(town: Town, supervisor: Client) -> None:
    supervisor.get(FLOW)
    with CaptureQueriesContext(connection) as counted:
        supervisor.get(FLOW)
    about = [one["sql"] for one in counted if "core_revision" not in one["sql"]]
    assert len(about) <= 4, about  # session, account, posts, versions


def test_a_flow_in_force_costs_other_pages_nothing(town: Town) -> None:
    chen = browser_of(town.chen)
    chen.get("/desk/cases/")
    counts = []
    for document in (None, {"functions": {"dispatch": ["acceptor"]}, "off": ["urge"]}):
        if document:
            publish(town, **document)
            chen.get("/desk/cases/")
        with CaptureQueriesContext(connection) as counted:
            chen.get("/desk/cases/")
        counts.append(len([one for one in counted if "core_revision" not in one["sql"]]))
    assert counts[0] == counts[1]


def test_fields_untouched_change_nothing(town: Town, supervisor: Client) -> None:
    publish(town, windows={"close_days": 3}, functions={"verify": ["inspector"]}, off=["urge"], skips={"confirm": []})
    page = supervisor.get(EDIT).content.decode()
    answer = supervisor.post(EDIT, as_it_stands(page))
    assert answer.status_code == 200
    assert "data-differs" not in answer.content.decode()


def test_by_fields_then_published_then_gone_back(town: Town, supervisor: Client) -> None:
    publish(town, windows={"close_days": 3})
    told = as_it_stands(supervisor.get(EDIT).content.decode())
    preview = supervisor.post(EDIT, {**told, "close_days": "5", "functions-verify": ["grid_worker"], "escalate_hours_1": "2"})
    page = preview.content.decode()
    assert "孙蕾" in page  # loses 核查
    assert Flow.objects.count() == 1
    sent = looked_at(page)
    assert json.loads(sent["document"])["windows"] == {"close_days": 5, "escalate_hours": [2, 24, 72]}

    answer = supervisor.post(PUBLISH, {**sent, "note": "春季调整"})
    assert (answer.status_code, answer.headers["Location"]) == (302, FLOW)
    assert flow_of(STREET).close_days == 5
    assert not town.sun.may("cases.verify")

    back = supervisor.get(f"{FLOW}1/").content.decode()
    assert supervisor.post(PUBLISH, {**looked_at(back), "note": "恢复"}).status_code == 302
    assert (flow_of(STREET).close_days, Flow.objects.count()) == (3, 3)
    assert town.sun.may("cases.verify")


def test_what_was_published_meanwhile_is_not_overwritten(town: Town, supervisor: Client) -> None:
    page = supervisor.post(TEXT, {"document": '{"windows": {"close_days": 3}}'}).content.decode()
    publish(town, windows={"close_days": 9})
    answer = supervisor.post(PUBLISH, {**looked_at(page), "note": "调整"})
    assert answer.status_code == 422
    assert flow_of(STREET).close_days == 9


@pytest.mark.parametrize("path", shipped("broken")[:1] + shipped("broken")[2:3], ids=lambda path: path.stem)
def test_a_broken_one_is_shown_with_its_finding_and_no_button(town: Town, supervisor: Client, path: Path) -> None:
    read = read_file(path)
    answer = supervisor.post(TEXT, {"document": json.dumps(read.reading.document)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'data-finding="{path.stem}"' in page
    assert PUBLISH not in page
    sent = {"document": json.dumps(read.reading.document), "seen": "0", "note": "强行发布"}
    assert supervisor.post(PUBLISH, sent).status_code == 422
    assert not Flow.objects.exists()


def test_what_is_refused_by_fields_comes_back_as_the_fields(town: Town, supervisor: Client) -> None:
    told = as_it_stands(supervisor.get(EDIT).content.decode())
    answer = supervisor.post(EDIT, {**told, "off": ["decide"], "close_days": "5"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-finding="no_exit"' in page
    again = as_it_stands(page)
    assert (again["off"], again["close_days"]) == (["decide"], "5")
    assert "<textarea" not in page


@pytest.mark.parametrize("text", ["{", "[]", '{"windows": {"close_days": -1}}', '{"x": "<script>"}', "[" * 5000, ""])
def test_text_that_is_none_comes_back_with_the_place(supervisor: Client, text: str) -> None:
    answer = supervisor.post(TEXT, {"document": text})
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().split("<main")[1]


@pytest.mark.parametrize(
    "told", [{}, {"document": "{"}, {"document": "[]", "seen": "0", "note": "好的"}, {"document": "{}", "note": "好的"}]
)
def test_what_no_page_of_ours_sent_publishes_nothing(supervisor: Client, told: dict[str, str]) -> None:
    assert supervisor.post(PUBLISH, told).status_code in (404, 422)
    assert not Flow.objects.exists()
