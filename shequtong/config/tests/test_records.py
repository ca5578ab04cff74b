"""Lines of the log: JSON, numbered by request, and nothing that people wrote."""

import json
import logging
from typing import Any

import pytest
from django.conf import settings as conf
from django.db import OperationalError
from django.test import Client
from psycopg.errors import AdminShutdown, UndefinedColumn
from pytest_django import Settings

from shequtong.accounts.testing import make_account
from shequtong.config.watch.records import JsonFormatter, RequestFilter
from shequtong.core.unavailable import is_unavailable

PHONE, NAME = "13812345678", "张三丰"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the log says from now on."""
    found: list[dict[str, Any]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(self.format(record)))

    keep = Keep()
    keep.setFormatter(JsonFormatter())
    keep.addFilter(RequestFilter())
    for name in ("shequtong", "django"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [keep])
    return found


def test_the_settings_log_so() -> None:
    logging_settings: Any = conf.LOGGING
    assert logging_settings["handlers"]["console"]["formatter"] == ("plain" if conf.SHEQUTONG_DEMO else "json")


@pytest.mark.django_db
def test_a_request_has_its_line_without_its_address(client: Client, settings: Settings, lines: list[dict[str, Any]]) -> None:
    settings.LOG_REQUESTS = True
    answer = client.get(f"/privacy/?q={PHONE}")
    line = lines[-1]
    assert (line["route"], line["method"], line["status"], line["request"]) == (
        "pages:privacy",
        "GET",
        200,
        answer["X-Request-Id"],
    )
    assert "account" not in line
    assert PHONE not in json.dumps(lines)


@pytest.mark.django_db
def test_who_is_signed_in_is_a_bare_number(client: Client, settings: Settings, lines: list[dict[str, Any]]) -> None:
    settings.LOG_REQUESTS = True
    account = make_account(NAME)
    client.force_login(account)
    client.get("/account/")
    assert lines[-1]["account"] == account.pk
    assert NAME not in json.dumps(lines, ensure_ascii=False)


class Quoting(Exception):
    """A database that quotes the row it refused."""


def asked(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Any:
    """The answer of a page that fails so."""

    def fails(*_args: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr("shequtong.pages.views.resident.render", fails)
    return Client(raise_request_exception=False).get("/privacy/")


@pytest.mark.django_db
def test_an_error_carries_the_number_that_its_page_shows_and_none_of_its_words(
    monkeypatch: pytest.MonkeyPatch, lines: list[dict[str, Any]]
) -> None:
    answer = asked(monkeypatch, Quoting(f"Key (phone)=({PHONE}) of {NAME}"))
    number = answer["X-Request-Id"]
    error = next(line for line in lines if line["level"] == "ERROR")
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert error["request"] == number
    assert error["error"].startswith("Quoting at")
    assert any("test_records.py" in place for place in error["trace"])
    written = json.dumps(lines, ensure_ascii=False)
    assert PHONE not in written
    assert NAME not in written
    assert "/privacy/" not in written


@pytest.mark.django_db
def test_what_passes_by_itself_is_told_so_with_a_time_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    away = OperationalError("the database system is shutting down")
    away.__cause__ = AdminShutdown()
    answer = asked(monkeypatch, away)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "请过一分钟" in answer.content.decode()


def test_a_mistake_of_ours_is_none_that_passes() -> None:
    wrong = OperationalError()
    wrong.__cause__ = UndefinedColumn()
    assert not is_unavailable(wrong)
    assert not is_unavailable(ValueError())
    assert not is_unavailable(PermissionError(13, ""))
    assert is_unavailable(OSError(28, "No space left on device"))
