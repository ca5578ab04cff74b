"""Who watches is told whether it is alive, ready and how much it does; nobody else is told more than "ok"."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from shequtong.audit.models import SecurityEvent
from shequtong.config.watch import measures, readiness, slots
from shequtong.config.watch.queues import measure, waiting
from shequtong.core.heartbeats import beat, signs
from shequtong.core.models import Heartbeat
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
HEALTH, READY, FIGURES = "/healthz", "/readyz", "/metrics"
PASSED_ON = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture
def ready(settings: Settings) -> None:
    settings.READY_FREE_MB = 1
    beat("work", timezone.now())


@pytest.fixture(autouse=True)
def _own_counts() -> Iterator[None]:
    measures.figures.cache_clear()
    yield
    measures.figures.cache_clear()


def test_alive_asks_nothing_of_the_database_by_any_name_and_without_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    with count_statements() as seen:
        answer = client.get(HEALTH, HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.content, seen.total) == (200, b"ok\n", 0)
    assert client.post(HEALTH).status_code == 405


@pytest.mark.usefixtures("ready")
def test_ready_in_two_statements(client: Client) -> None:
    readiness.look()
    with count_statements() as seen:
        answer = client.get(READY)
    assert answer.status_code == 200, answer.json()
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == dict.fromkeys(
        ("disk", "keys", "database", "migrations", "worker"), True
    )
    assert seen.total == 2, seen.listing


def failing(client: Client) -> dict[str, str]:
    answer = client.get(READY)
    assert answer.status_code == 503
    return {name: check["says"] for name, check in answer.json()["checks"].items() if not check["ok"]}


@pytest.mark.usefixtures("ready")
class TestNotReady:
    """Each check fails by itself, and is named."""

    def test_without_its_worker(self, client: Client) -> None:
        beat("work", timezone.now() - timedelta(minutes=10))
        assert list(failing(client)) == ["worker"]
        Heartbeat.objects.all().delete()
        assert "manage.py work" in failing(client)["worker"]

    def test_on_a_full_disk(self, client: Client, settings: Settings) -> None:
        settings.READY_FREE_MB = 10**9
        assert list(failing(client)) == ["disk"]

    def test_with_a_migration_to_apply(self, client: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'core' AND name = '0003_heartbeat'")
        assert failing(client) == {"migrations": "not applied: core.0003_heartbeat"}

    def test_without_its_keys(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone() -> None:
            raise PermissionError(13, "13812345678")

        monkeypatch.setattr("shequtong.config.watch.readiness.keys.audit_key", gone)
        assert list(failing(client)) == ["keys"]
        assert "13812345678" not in failing(client)["keys"]

    def test_without_its_database(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def away() -> None:
            raise OperationalError

        monkeypatch.setattr(readiness, "connection", SimpleNamespace(vendor="postgresql", cursor=away, close=lambda: None))
        assert list(failing(client)) == ["database", "migrations", "worker"]
        assert client.get(HEALTH).status_code == 200


@pytest.mark.usefixtures("ready")
class TestWhoIsTold:
    """This machine past the proxy, and whoever has the token."""

    def test_a_visitor_hears_ok_and_no_figure(self, client: Client) -> None:
        assert client.get(READY, headers=PASSED_ON).content == b"ok\n"
        assert client.get(READY, REMOTE_ADDR="203.0.113.7").content == b"ok\n"
        assert client.get(FIGURES, headers=PASSED_ON).status_code == 404
        beat("work", timezone.now() - timedelta(minutes=10))
        answer = client.get(READY, headers=PASSED_ON)
        assert (answer.status_code, answer.content) == (503, b"not ready\n")

    def test_the_token_opens(self, client: Client, settings: Settings) -> None:
        wanted = {**PASSED_ON, "Authorization": "Bearer 令牌-1"}
        assert client.get(FIGURES, headers=wanted).status_code == 404
        settings.MONITOR_TOKEN = "令牌-1"
        assert client.get(FIGURES, headers=wanted).status_code == 200
        assert client.get(FIGURES, headers={**wanted, "Authorization": "Bearer other"}).status_code == 404

    def test_nothing_of_it_is_in_the_security_log(self, client: Client) -> None:
        for address in (HEALTH, READY, FIGURES):
            client.get(address, headers=PASSED_ON)
        assert not SecurityEvent.objects.exists()


def test_figures_name_routes_and_never_addresses(client: Client, town: Town) -> None:
    client.get("/privacy/?q=13812345678")
    client.get("/r/SS-2026-000001-X/")
    client.get("/nothing/13812345678/")
    beat("work", timezone.now())
    measure(timezone.now())
    with count_statements() as seen:
        text = client.get(FIGURES).content.decode()
    assert seen.total == 1, seen.listing
    assert 'shequtong_requests_total{method="GET",route="pages:privacy",status="200"} 1.0' in text
    assert 'shequtong_requests_total{method="GET",route="none",status="404"} 1.0' in text
    assert 'shequtong_request_statements_sum{route="pages:privacy"}' in text
    assert 'shequtong_waiting{what="outbox"} 0.0' in text
    assert 'shequtong_worker_seen_seconds{worker="work"}' in text
    assert "shequtong_database_up 1.0" in text
    assert "13812345678" not in text
    assert "SS-2026" not in text


def test_what_waits_is_counted_along_few_statements(town: Town) -> None:
    waiting(timezone.now())
    with count_statements() as seen:
        found = waiting(timezone.now())
    assert seen.warm.total <= 5, seen.listing
    assert found["outbox_oldest_seconds"] == 0.0
    assert set(found) >= {"outbox", "tasks", "audit_unsealed", "figures_unfolded", "database_connections"}


def test_a_sign_of_life_is_one_row_a_kind() -> None:
    for minute in (0, 1):
        beat("work", timezone.now() + timedelta(minutes=minute), {"outbox": minute})
    assert signs()["work"].facts == {"outbox": 1}
    assert Heartbeat.objects.count() == 1


def test_a_slot_belongs_to_one_process_and_is_free_when_it_ends(tmp_path: Path) -> None:
    assert [slots.take(tmp_path, "web"), slots.take(tmp_path, "web"), slots.take(tmp_path, "work")] == [
        "web-0",
        "web-1",
        "work-0",
    ]

    os.close(slots._locks.pop(-3))
    assert slots.take(tmp_path, "web") == "web-0"


def test_each_address_has_its_name() -> None:
    assert [reverse(f"config:{name}") for name in ("healthz", "readyz", "metrics")] == [HEALTH, READY, FIGURES]
