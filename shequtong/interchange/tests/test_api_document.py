"""The OpenAPI document only grows: a stored copy says what stood in it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shequtong.interchange.views import api

STORED = Path(__file__).with_name("openapi.json")


def taken_away(before: Any, now: Any, where: str = "") -> Iterator[str]:
    """What stood in the stored document and does not stand in this one, or stands there otherwise."""
    if isinstance(before, dict) and isinstance(now, dict):
        for name, value in before.items():
            if name in now:
                yield from taken_away(value, now[name], f"{where}/{name}")
            elif name not in _WORDS:
                yield f"{where}/{name}"
        if where.endswith("/schema") or "/schemas/" in where:
            yield from (f"{where}/required/{one} is asked for anew" for one in _asked_anew(before, now, where))
    elif isinstance(before, list) and isinstance(now, list):
        if all(isinstance(one, dict) for one in [*before, *now]):
            known = {one.get("name", json.dumps(one, sort_keys=True)): one for one in now}
            for one in before:
                name = one.get("name", json.dumps(one, sort_keys=True))
                yield from taken_away(one, known[name], f"{where}/{name}") if name in known else [f"{where}/{name}"]
        elif not where.endswith("/required"):
            yield from (f"{where}/{one}" for one in before if one not in now)
    elif before != now and where.rsplit("/", 1)[-1] not in _WORDS:
        yield f"{where}: {before!r} became {now!r}"


_WORDS = ("description", "title", "summary")
_SENT = ("CaseNew", "Plain", "Note", "Why", "Confirm", "NotAccept", "Register", "Dispatch", "Answer")


def _asked_anew(before: dict[str, Any], now: dict[str, Any], where: str) -> list[str]:
    """A field that must be sent and need not be sent before; what an answer holds besides is welcome."""
    if where.rsplit("/", 1)[-1] not in _SENT:
        return []
    return [one for one in now.get("required", []) if one not in before.get("required", [])]


def test_the_document_only_grows() -> None:
    now = json.loads(json.dumps(api.document()))
    if os.environ.get("KEEP_OPENAPI"):  # after something was added: KEEP_OPENAPI=1 pytest THIS
        STORED.write_text(json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    before = json.loads(STORED.read_text(encoding="utf-8"))
    assert list(taken_away(before, now)) == []
    assert list(taken_away(now, before)) == [], "something was added: keep it (KEEP_OPENAPI=1)"


@pytest.mark.parametrize(
    "path",
    [
        ("paths", "/api/v1/cases"),
        ("paths", "/api/v1/cases", "get", "responses", "429"),
        ("components", "schemas", "CaseHead", "properties", "stage"),
        ("components", "schemas", "Made", "properties", "at", "format"),
    ],
)
def test_what_is_taken_away_is_caught(path: tuple[str, ...]) -> None:
    before, now = (json.loads(json.dumps(api.document())) for _time in range(2))
    place = now
    for name in path[:-1]:
        place = place[name]
    del place[path[-1]]
    assert list(taken_away(before, now))


def test_a_field_that_must_be_sent_from_now_on_is_caught() -> None:
    before, now = (json.loads(json.dumps(api.document())) for _time in range(2))
    now["components"]["schemas"]["CaseNew"]["required"].append("reference")
    assert list(taken_away(before, now))


def test_anybody_may_read_it() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.json()["info"]["title"]
    assert Client().post("/api/v1/openapi.json").status_code == 405
