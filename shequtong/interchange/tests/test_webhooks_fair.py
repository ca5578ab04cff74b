"""Webhooks beside one another: a backlog of one keeps nobody waiting, what is kept back goes out again, who has run out is told nothing."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from shequtong.core.locality.ids import new_id
from shequtong.interchange.models import Delivery, Subscription, SystemKey
from shequtong.interchange.posting import Posted
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.test_webhooks import ALL, URL, Receiver, moved, send
from shequtong.interchange.usecases import open_subscription, resume_subscription, send_deliveries
from shequtong.interchange.usecases.send_deliveries import AT_ONCE, OF_ONE, _keep_back
from shequtong.interchange.webhooks import MAX_TRIES
from shequtong.testing.town import NOON, STREET, TOWN_HALL, Town

pytestmark = pytest.mark.django_db
sending = sys.modules[
    "shequtong.interchange.usecases.send_deliveries"
]  # the room; the package exports the use-case under its name


def subscribe(town: Town) -> Subscription:
    key, _told = make_key(town.street, may="read")
    return open_subscription(key_id=key.pk, url=URL, kinds=ALL, by=TOWN_HALL, now=NOON)[0]


def backlog(row: Subscription, n: int, at: datetime) -> None:
    Delivery.objects.bulk_create(
        Delivery(
            id=new_id(STREET),
            subdistrict_id=STREET,
            subscription=row,
            event=f"evt_{row.pk}_{one}",
            kind="case.moved",
            number="x",
            body="{}",
            at=at,
            send_after=at,
        )
        for one in range(n)
    )


def test_a_backlog_of_one_keeps_nobody_else_waiting(town: Town) -> None:
    many, few = subscribe(town), subscribe(town)
    backlog(many, 300, NOON - timedelta(hours=1))
    backlog(few, 1, NOON)
    receiver = Receiver()
    assert send(receiver) == OF_ONE + 1 <= AT_ONCE
    assert Delivery.objects.get(subscription=few).state == "delivered"


def test_what_is_kept_back_after_somebody_resumed_is_not_kept_back(town: Town) -> None:
    row = subscribe(town)
    Subscription.objects.update(paused_at=NOON)
    backlog(row, 1, NOON)
    one = Delivery.objects.get()
    resume_subscription(subscription_id=row.pk, by=TOWN_HALL, now=NOON)
    _keep_back(one)  # a worker that had read "paused" a moment before
    receiver = Receiver()
    send(receiver)
    assert len(receiver.got) == 1


def test_a_case_that_moves_while_the_subscription_is_paused_goes_out_when_it_is_resumed(town: Town) -> None:
    row = subscribe(town)
    Subscription.objects.update(paused_at=NOON)
    moved(town)
    assert send(Receiver()) == 0
    assert Delivery.objects.get().state == "held"
    resume_subscription(subscription_id=row.pk, by=TOWN_HALL, now=NOON)
    assert send(Receiver()) == 1


def ticking(at: datetime) -> Callable[[], datetime]:
    """A clock that moves on each time it is looked at, as clocks do."""
    seconds = iter(range(10_000))
    return lambda: at + timedelta(seconds=next(seconds))


def test_what_made_it_pause_is_sent_again_too(town: Town) -> None:
    row = subscribe(town)
    moved(town)
    Delivery.objects.update(tries=MAX_TRIES - 1)
    send_deliveries(post=Receiver(Posted(500)), worker="w1", clock=ticking(NOON))
    assert Delivery.objects.get().state == "failed"
    assert resume_subscription(subscription_id=row.pk, by=TOWN_HALL, now=NOON + timedelta(minutes=1)) == 1


def test_whose_key_has_run_out_gets_nothing_more(town: Town) -> None:
    subscribe(town)
    moved(town)
    SystemKey.objects.update(last_day=(NOON - timedelta(days=1)).date())
    receiver = Receiver()
    send(receiver)
    assert receiver.got == []
    assert Delivery.objects.get().state == "failed"


def test_a_late_mark_of_a_worker_that_was_overtaken_changes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribe(town)
    moved(town)
    real = sending._note

    def overtaken(one: Delivery, answer: Posted, now: datetime) -> None:
        Delivery.objects.filter(state="claimed").update(claimed_by="w2")  # replayed and claimed anew meanwhile
        real(one, answer, now)

    monkeypatch.setattr(sending, "_note", overtaken)
    send(Receiver())
    assert Delivery.objects.get().state == "claimed"
