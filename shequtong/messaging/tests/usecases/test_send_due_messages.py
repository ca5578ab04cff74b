"""send_due_messages: claimed once, retried with patience, taken over from the dead, wiped when it was a code."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from shequtong.messaging.gateways import Gateway, GatewayRefusedError
from shequtong.messaging.models import Message
from shequtong.messaging.testing import BUSY, NOON, PHONE, Telephones, make_in_app, make_place, make_text
from shequtong.messaging.usecases import send_due_messages
from shequtong.messaging.usecases.send_due_messages import LEASE, MAX_ATTEMPTS, WAITS

pytestmark = pytest.mark.django_db


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def send(gateway: Gateway, moment: datetime = NOON, worker: str = "w1") -> int:
    return send_due_messages(gateway=gateway, worker=worker, clock=at(moment))


def test_hands_over_what_is_due_and_marks_it() -> None:
    place, telephones = make_place(), Telephones()
    message, _in_app = make_text(place), make_in_app(3, place)
    later = make_text(place, now=NOON + timedelta(minutes=5))
    send(telephones)
    assert telephones.sent == [(PHONE, "您的事件已受理", str(message.pk))]
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.provider_ref, message.attempts) == ("sent", NOON, "provider-1", 1)
    later.refresh_from_db()
    assert later.state == "waiting"
    send(telephones)
    assert len(telephones.sent) == 1


def test_tries_again_later_and_gives_up_in_the_end() -> None:
    message, telephones, moment = make_text(urgent=True), Telephones(*[BUSY] * 99), NOON
    for wait in WAITS:
        send(telephones, moment)
        message.refresh_from_db()
        assert (message.state, message.send_after, message.error) == ("waiting", moment + wait, "busy")
        send(telephones, moment + wait - timedelta(seconds=1))
        moment += wait
    send(telephones, moment)
    message.refresh_from_db()
    assert (message.state, message.attempts, telephones.sent) == ("failed", MAX_ATTEMPTS, [])


def test_one_bad_message_stops_no_other_and_its_number_stands_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    bad, good = make_text(), make_text()
    send(telephones := Telephones(ValueError(f"no such number {PHONE}")))
    bad.refresh_from_db()
    assert (bad.state, bad.error) == ("waiting", "ValueError")
    assert [ref for _, _, ref in telephones.sent] == [str(good.pk)]
    assert PHONE not in caplog.text


def test_a_refusal_is_final() -> None:
    message = make_text()
    send(Telephones(GatewayRefusedError("blocked")))
    message.refresh_from_db()
    assert (message.state, message.error, message.attempts) == ("failed", "blocked", 1)


def test_a_claim_stands_until_its_lease_ends() -> None:
    message = make_text()
    Message.objects.filter(pk=message.pk).update(
        state="claimed", claimed_by="dead", attempts=1, claimed_at=NOON, send_after=NOON + LEASE
    )
    telephones = Telephones()
    send(telephones, NOON + LEASE - timedelta(seconds=1))
    assert telephones.sent == []
    send(telephones, NOON + LEASE)
    message.refresh_from_db()
    assert (len(telephones.sent), message.state, message.claimed_by, message.attempts) == (1, "sent", "w1", 2)


def test_what_kills_each_worker_is_given_up() -> None:
    message = make_text()
    Message.objects.filter(pk=message.pk).update(state="claimed", attempts=MAX_ATTEMPTS)
    send(telephones := Telephones())
    message.refresh_from_db()
    assert (message.state, telephones.sent) == ("failed", [])


def test_who_lost_the_race_does_not_send() -> None:
    message = make_text()

    class Rival(Telephones):
        """While it sends, another worker has already found the row as it was before the claim."""

        def send(self, phone: str, text: str, ref: str) -> str:
            stale = Message(pk=message.pk, subdistrict_id=0, state="waiting", attempts=0)
            won = Message.objects.filter(pk=stale.pk, state=stale.state, attempts=stale.attempts).update(claimed_by="w2")
            assert won == 0
            return super().send(phone, text, ref)

    send(Rival())
    message.refresh_from_db()
    assert message.claimed_by == "w1"


def test_a_worker_that_was_overtaken_does_not_overwrite_the_mark() -> None:
    message = make_text()

    class Slow(Telephones):
        def send(self, phone: str, text: str, ref: str) -> str:
            send(Telephones(), NOON + LEASE, worker="w2")
            raise BUSY

    send(Slow())
    message.refresh_from_db()
    assert (message.state, message.claimed_by, message.attempts) == ("sent", "w2", 2)


def test_a_worker_that_was_down_until_night_waits_for_the_morning() -> None:
    message, telephones, night = make_text(), Telephones(), NOON + timedelta(hours=11)
    send(telephones, night)
    message.refresh_from_db()
    assert (telephones.sent, message.state, message.send_after) == ([], "waiting", NOON + timedelta(hours=19))
    send(telephones, NOON + timedelta(hours=19))
    assert len(telephones.sent) == 1


@pytest.mark.parametrize(("demo", "kept"), [(False, ""), (True, "验证码 123456")])
@pytest.mark.parametrize("error", [None, GatewayRefusedError("blocked")])
def test_a_code_is_wiped_once_it_is_out(settings: Settings, demo: bool, kept: str, error: Exception | None) -> None:
    settings.SHEQUTONG_DEMO = demo
    message = make_text(text="验证码 123456", secret=True, urgent=True)
    send(Telephones(*[error] if error else []))
    message.refresh_from_db()
    assert message.text.reveal() == kept
    assert message.phone.reveal() == PHONE
