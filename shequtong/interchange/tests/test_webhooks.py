"""Webhooks: queued with the move, signed, sent once, retried, given up with a notice, replayable, and never to a private address."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.models import CaseStandard
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import answer_case, approve_answer, register_case
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.interchange.models import Delivery, Subscription
from shequtong.interchange.posting import Posted
from shequtong.interchange.testing import make_key
from shequtong.interchange.usecases import forget_deliveries, open_subscription, replay_deliveries, send_deliveries
from shequtong.interchange.usecases.send_deliveries import LEASE
from shequtong.interchange.webhooks import LABELS, MAX_TRIES, WAITS
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import NOON, TOWN_HALL, Town

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/in"
ALL = frozenset(LABELS)


class Receiver:
    """Stands in for the network: answers in turn, then 204; keeps what came."""

    def __init__(self, *answers: Posted) -> None:
        self._answers, self.got = list(answers), list[tuple[str, str, dict[str, str]]]()

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        self.got.append((url, body.decode(), dict(headers)))
        return self._answers.pop(0) if self._answers else Posted(204)


def send(receiver: Any, at: datetime = NOON, worker: str = "w1") -> int:
    return send_deliveries(post=receiver, worker=worker, clock=lambda: at)


@pytest.fixture
def subscribed(town: Town) -> tuple[Subscription, str]:
    """Of the street, to everything; the row and its secret."""
    key, _told = make_key(town.street, may="read")
    return open_subscription(key_id=key.pk, url=URL, kinds=ALL, by=TOWN_HALL, now=NOON)


def moved(town: Town, at: datetime = NOON) -> str:
    number = make_case(town, stage=Stage.INTAKE, now=at).number
    Delivery.objects.all().delete()
    register_case(number=number, by=SystemActor("Town hall"), now=at, note="报告人住三单元")
    return number


def test_a_move_is_queued_signed_and_sent_once(town: Town, subscribed: tuple[Subscription, str]) -> None:
    number, (row, secret), receiver = moved(town), subscribed, Receiver()
    send(receiver)
    send(receiver)
    [(url, body, headers)] = receiver.got
    told = json.loads(body)
    assert (url, told["type"], told["data"]["number"], told["data"]["stage"]) == (URL, "case.moved", number, "registered")
    assert told["timestamp"].endswith("+08:00")
    assert "三单元" not in body
    # As the page for the receiver's makers tells it (docs/operations/api.md).
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(mac).decode()
    found = Delivery.objects.get()
    assert (found.state, found.status, found.tries) == ("delivered", 204, 1)
    assert secret not in str(Subscription.objects.filter(pk=row.pk).values("secret"))


def test_an_answer_is_told_when_it_is_sent_not_while_it_waits(town: Town, subscribed: tuple[Subscription, str]) -> None:
    CaseStandard.objects.update(answer_approval=True)
    held.changed("cases.catalogue")
    number = make_case(town, stage=Stage.CLOSING).number
    Delivery.objects.all().delete()
    answer_case(number=number, text="您好，楼道灯已修好。", publish=False, by=town.lin, now=NOON)
    approve_answer(number=number, by=town.chen, now=NOON)
    assert list(Delivery.objects.order_by("id").values_list("kind", flat=True)) == ["case.moved", "case.answered"]


def test_only_what_its_key_reaches_and_it_asked_for(town: Town) -> None:
    next_street, _key = make_key(town.next_street, may="read")
    station, _key = make_key(town.street, may="read,move", acts_as="station_head", station=town.police)
    blind, _key = make_key(town.street, may="create")
    for key, kinds in ((next_street, ALL), (station, ALL)):
        open_subscription(key_id=key.pk, url=URL, kinds=kinds, by=TOWN_HALL, now=NOON)
    with pytest.raises(Exception, match=r"."):
        open_subscription(key_id=blind.pk, url=URL, kinds=ALL, by=TOWN_HALL, now=NOON)
    moved(town)
    assert not Delivery.objects.exists()
    key, _told = make_key(town.street, may="read")
    open_subscription(key_id=key.pk, url=URL, kinds=frozenset({"case.closed"}), by=TOWN_HALL, now=NOON)
    moved(town)
    assert not Delivery.objects.exists()


def test_nobody_subscribed_costs_nothing_and_one_costs_one_statement(town: Town) -> None:
    def cost() -> int:
        moved(town)
        number = make_case(town, stage=Stage.INTAKE).number
        with count_statements() as seen:
            register_case(number=number, by=TOWN_HALL, now=NOON)
        return seen.warm.total

    before = cost()
    key, _told = make_key(town.street, may="read")
    open_subscription(key_id=key.pk, url=URL, kinds=ALL, by=TOWN_HALL, now=NOON)
    assert cost() == before + 1


def test_it_is_tried_again_later_and_given_up_with_a_notice(town: Town, subscribed: tuple[Subscription, str]) -> None:
    admin = make_account("系统管理员", staff=True)
    make_appointment(admin, "system_admin")
    moved(town)
    receiver, moment = Receiver(*[Posted(500)] * 99), NOON
    for wait in WAITS:
        assert send(receiver, moment) == 1
        found = Delivery.objects.get()
        assert found.send_after is not None
        assert wait * 0.8 <= found.send_after - moment <= wait * 1.2
        assert send(receiver, moment) == 0
        moment = found.send_after
    send(receiver, moment)
    found = Delivery.objects.get()
    assert (found.state, found.tries, found.status, len(receiver.got)) == ("failed", MAX_TRIES, 500, MAX_TRIES)
    assert Subscription.objects.get().paused_at == moment
    assert Message.objects.filter(account_id=admin.pk, template="system.paused").count() == 1
    # What happens now is kept, and goes out with what was given up once somebody says so.
    moved_on = make_case(town, stage=Stage.INTAKE).number
    register_case(number=moved_on, by=TOWN_HALL, now=moment)
    assert send(receiver, moment) == 0
    assert Delivery.objects.filter(state="held").exists()
    client = signed_in(admin)
    assert client.post(f"/desk/systems/webhooks/{found.subscription_id}/resume/").status_code == 302
    late = datetime.now(UTC) + timedelta(minutes=1)
    good = Receiver()
    while send(good, late):
        pass
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_two_workers_send_it_once_and_a_dead_one_loses_nothing(town: Town, subscribed: tuple[Subscription, str]) -> None:
    moved(town)
    inner = Receiver()

    def while_sending(url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        return inner(url, body, headers)

    first = list(Delivery.objects.all())
    Delivery.objects.update(state="claimed", tries=1, claimed_by="dead", send_after=NOON + LEASE)
    assert send(while_sending, NOON + timedelta(seconds=1), "w2") == 0
    assert send(while_sending, NOON + LEASE, "w2") == 1
    assert [headers["webhook-id"] for _url, _body, headers in inner.got] == [first[0].event]


def test_a_worker_that_comes_second_to_a_row_does_not_send_it(
    town: Town, subscribed: tuple[Subscription, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(town)
    receiver, other = Receiver(), Receiver()
    real = Delivery.objects.within

    def read_then_beaten(*places: int) -> Any:
        monkeypatch.undo()
        rows = list(real(*places).due(NOON))
        send(other, NOON, "w2")  # between our look and our claim

        class Found(list[Delivery]):
            def due(self, _now: datetime) -> "Found":
                return self

            def order_by(self, *_names: str) -> "Found":
                return self

        return Found(rows)

    monkeypatch.setattr(Delivery.objects, "within", read_then_beaten)
    assert send(receiver) == 0
    assert (len(other.got), receiver.got) == (1, [])


def test_sent_again_under_the_same_id(town: Town, subscribed: tuple[Subscription, str]) -> None:
    moved(town)
    receiver = Receiver()
    send(receiver)
    row = subscribed[0]
    assert replay_deliveries(subscription_id=row.pk, since=NOON - timedelta(hours=1), by=TOWN_HALL, now=NOON) == 1
    send(receiver)
    only = Delivery.objects.get()
    assert replay_deliveries(subscription_id=row.pk, delivery_id=only.pk, by=TOWN_HALL, now=NOON) == 1
    send(receiver)
    assert len({headers["webhook-id"] for _url, _body, headers in receiver.got}) == 1
    assert len(receiver.got) == 3


def test_old_ones_go_after_thirty_days_but_not_what_waits(town: Town, subscribed: tuple[Subscription, str]) -> None:
    moved(town)
    assert forget_deliveries(now=NOON + timedelta(days=31)) == 0
    send(Receiver())
    assert forget_deliveries(now=NOON + timedelta(days=29)) == 0
    assert forget_deliveries(now=NOON + timedelta(days=31)) == 1
