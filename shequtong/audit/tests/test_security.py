"""The security log outlives the rollback of the request, once; a reveal is in it before the text is known."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shequtong.audit import scheduled, security
from shequtong.audit.middleware import SecurityLogMiddleware
from shequtong.audit.models import Seal, SecurityEvent
from shequtong.audit.reveal import REVEALS_AN_HOUR, CannotReveal, reveal
from shequtong.audit.testing import make_street, undo
from shequtong.core.actors import SystemActor
from shequtong.core.sealed.value import Column, Sealed

pytestmark = pytest.mark.django_db(transaction=True)
STREET = 7
NOW = timezone.now()
CHEN = SystemActor(name="Chen", account_id=11)
PHONE = Sealed(Column("cases.reporter.phone", "phone"), plain="13800000007")


@pytest.fixture(autouse=True)
def street() -> None:
    make_street(0, "ZZ")
    make_street(STREET)


def thing() -> Seal:
    return Seal(id=(STREET << 46) + 5, subdistrict_id=STREET)


def note(address: str = "") -> None:
    """A refusal."""
    security.note("refused", what="cases.dispatch", by=CHEN, subdistrict_id=STREET, reason="no right", address=address)


def test_outside_a_transaction_it_is_committed_on_return() -> None:
    note(address="192.0.2.7")
    event = SecurityEvent.objects.get()
    assert (event.kind, event.account_id, event.actor, event.reason) == ("refused", 11, "Chen", "no right")
    assert event.address_hash == security.address_hash("192.0.2.7")
    assert "192.0.2.7" not in json.dumps(event.__dict__, default=str)
    assert security.address_hash("192.0.2.8") != event.address_hash


def make_a_street_and_note() -> None:
    make_street(9, "AC")
    note()


def test_survives_the_rollback_of_the_transaction_it_was_noted_in() -> None:
    undo(make_a_street_and_note)
    security.flush()
    assert SecurityEvent.objects.count() == 1
    assert security.flush(everyone=True) == 0


def test_appears_with_the_commit_and_even_when_only_a_savepoint_was_undone() -> None:
    with transaction.atomic():
        note()
        assert not SecurityEvent.objects.exists()
    assert SecurityEvent.objects.count() == 1
    with transaction.atomic():
        undo(note)
    security.flush()
    assert SecurityEvent.objects.count() == 2


def test_the_request_moves_it_also_when_it_fails() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            note()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        SecurityLogMiddleware(view)(HttpRequest())
    assert SecurityEvent.objects.count() == 1


def test_what_a_dead_process_left_is_moved_by_the_worker_once(monkeypatch: pytest.MonkeyPatch, audit_folder: Path) -> None:
    undo(note)
    waiting = next((audit_folder / "waiting").glob("*.json"))
    left = waiting.read_text()
    monkeypatch.setattr(security, "_waiting_here", False)
    assert security.flush() == 0  # another process's request does not look at the disk
    assert scheduled.move_waiting_events(NOW) == 1
    waiting.write_text(left)  # as if it had died after its commit
    scheduled.move_waiting_events(NOW)
    assert SecurityEvent.objects.count() == 1
    assert not waiting.exists()


def test_a_row_that_cannot_be_written_stays_and_holds_up_no_other(audit_folder: Path) -> None:
    with transaction.atomic():
        note()
        broken = audit_folder / "waiting" / "0-broken.json"
        broken.write_text("{}")
    assert SecurityEvent.objects.count() == 1
    assert broken.exists()


def test_reveal_is_logged_before_the_text_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def look(sealed: Sealed) -> str:
        assert not connection.in_atomic_block
        seen.append(SecurityEvent.objects.filter(subdistrict=STREET, kind="revealed").exists())
        return "13800000007"

    monkeypatch.setattr(Sealed, "reveal", look)
    found = reveal(PHONE, what="cases.reporter.phone", thing=thing(), reason="电话回访", by=CHEN, now=NOW)
    assert (found, seen) == ("13800000007", [True])
    event = SecurityEvent.objects.get(subdistrict=STREET)
    assert (event.object_id, event.reason, event.account_id) == (thing().id, "电话回访", 11)
    assert "13800000007" not in json.dumps(event.__dict__, default=str)


@pytest.mark.parametrize("reason", ["", "   ", "回访", "1111111"])
def test_reveal_wants_a_reason(reason: str) -> None:
    with pytest.raises(CannotReveal):
        reveal(PHONE, what="cases.reporter.phone", thing=thing(), reason=reason, by=CHEN, now=NOW)
    assert not SecurityEvent.objects.exists()


def test_reveal_wants_somebody_who_answers_for_it_and_no_open_transaction() -> None:
    with pytest.raises(CannotReveal):
        reveal(PHONE, what="x", thing=thing(), reason="电话回访", by=replace(CHEN, account_id=None), now=NOW)
    with pytest.raises(RuntimeError), transaction.atomic():
        reveal(PHONE, what="x", thing=thing(), reason="电话回访", by=CHEN, now=NOW)


def test_reveal_is_limited_by_account_and_hour_over_all_places() -> None:
    make_street(8, "AB")
    other = Seal(id=(8 << 46) + 5, subdistrict_id=8)
    for number in range(REVEALS_AN_HOUR):
        reveal(PHONE, what="x", thing=other if number % 2 else thing(), reason="电话回访", by=CHEN, now=NOW)
    with pytest.raises(CannotReveal):
        reveal(PHONE, what="x", thing=thing(), reason="电话回访", by=CHEN, now=NOW)
    reveal(PHONE, what="x", thing=thing(), reason="电话回访", by=replace(CHEN, account_id=12), now=NOW)
    reveal(PHONE, what="x", thing=thing(), reason="电话回访", by=CHEN, now=NOW + timedelta(hours=1, seconds=1))
