"""The actor of a request, what it costs, and what a "no" looks like."""

import re

import pytest
from django.test import Client

from shequtong.access.testing import browser_of, make_actor
from shequtong.access.tests.place import STREET_NO, Ground
from shequtong.audit.models import SecurityEvent
from shequtong.testing.statements import count_statements

pytestmark = pytest.mark.urls("shequtong.access.tests.pages")


def _bare(page: bytes) -> str:
    """A page without what is different at every request: the number to quote, its own address."""
    return re.sub(r"<samp>.*?</samp>|next=[^\"&]*", "", page.decode())


def test_forbidden_looks_like_absent_and_is_kept_in_the_security_log(ground: Ground) -> None:
    browser = browser_of(make_actor("precinct_head", ground.precinct, name="Chen"))

    forbidden, absent = browser.get("/forbidden/"), browser.get("/absent/")
    nowhere = browser.get("/nowhere/")

    assert forbidden.status_code == absent.status_code == nowhere.status_code == 404
    assert _bare(forbidden.content) == _bare(absent.content) == _bare(nowhere.content)
    assert set(forbidden.headers) == set(absent.headers)
    event = SecurityEvent.objects.get(subdistrict=STREET_NO, kind="refused")
    assert (event.what, event.object_kind, event.object_id, event.actor) == ("cases.dispatch", "cases.Case", 7, "Chen")
    assert event.facts == {"method": "GET", "view": "forbidden"}
    assert "127.0.0.1" not in event.address_hash


def test_a_refusal_without_a_form_is_a_plain_page(db: None) -> None:
    answer = Client().get("/refused/")
    assert answer.status_code == 422
    assert "The case is closed &lt;b&gt;already&lt;/b&gt;." in answer.content.decode()


def test_the_actor_costs_session_and_account_and_no_more(ground: Ground) -> None:
    browser = browser_of(make_actor("district_viewer", ground.district, name="Viewer"))
    browser.get("/who/")
    with count_statements() as seen:
        answer = browser.get("/who/")
    assert answer.content.decode().startswith("Viewer|")
    assert seen.warm.total == 2, seen.listing


def test_a_resident_has_no_posts_to_read_and_nobody_costs_nothing(db: None) -> None:
    browser = browser_of(make_actor())
    browser.get("/who/")
    with count_statements() as seen:
        browser.get("/who/")
        Client().get("/who/")
        Client().get("/nobody-asked/")
    assert seen.total == 2, seen.listing
