"""send_message: one row in the caller's transaction, once, and never at night unless it is urgent."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shequtong.messaging.models import Message
from shequtong.messaging.testing import NOON, PHONE, make_in_app, make_place, make_text
from shequtong.messaging.usecases import NewMessage, send_message, send_messages

pytestmark = pytest.mark.django_db
NIGHT = NOON + timedelta(hours=11)  # 23:00


def test_costs_one_statement() -> None:
    place = make_place()
    make_text(place)  # takes a block of ids
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        make_text(place)
    assert [query["sql"].split()[0] for query in asked.captured_queries] == ["INSERT"]


def test_the_first_of_one_key_stands() -> None:
    place = make_place()
    make_text(place, once_key="case.closed:5:1", text="一")
    make_text(place, once_key="case.closed:5:1", text="二")
    assert Message.objects.get(once_key="case.closed:5:1").text.reveal() == "一"
    make_text(make_place(8), once_key="case.closed:5:1")
    assert Message.objects.within(place, 8).count() == 2


def test_a_bulk_is_one_insert_and_keeps_the_first_of_each_key() -> None:
    place = make_place()
    make_text(place, once_key="k1")
    wanted = [
        NewMessage(channel="in_app", template="t", text=f"{n}", account_id=n, subdistrict_id=place, once_key=f"k{n % 40}")
        for n in range(1, 61)
    ]
    with CaptureQueriesContext(connection) as asked:
        send_messages(wanted, now=NOON)
    assert len([query for query in asked.captured_queries if "messaging_message" in query["sql"]]) == 1
    assert Message.objects.within(place).count() == 40


def test_goes_with_the_transaction_it_tells_about() -> None:
    def broken() -> None:
        make_text(make_place())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        broken()
    assert not Message.objects.exists()


def test_in_app_is_delivered_by_being_there() -> None:
    message = make_in_app(5, make_place(), now=NIGHT)
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.read_at) == ("sent", NIGHT, None)


def test_a_text_waits_for_the_morning_unless_it_is_urgent() -> None:
    assert make_text(now=NIGHT).send_after == NOON + timedelta(hours=19)
    assert make_text(now=NIGHT, urgent=True).send_after == NIGHT


def test_what_cannot_be_received_is_not_written() -> None:
    for phone in ("", "0512-65551234"):
        assert send_message(channel="sms", template="t", text="x", phone=phone, once_key=f"n{phone}", now=NOON) is None
    assert not Message.objects.exists()


@pytest.mark.parametrize("wrong", [{"channel": "pigeon"}, {"channel": "in_app", "phone": ""}, {"text": ""}, {"once_key": ""}])
def test_refuses_what_is_no_message(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="message"):
        make_text(0, now=NOON, **wrong)


def test_number_and_text_are_sealed_and_bound_to_their_row() -> None:
    first, second = make_text(), make_text()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, text FROM messaging_message")
        stored = str(cursor.fetchall())
        assert PHONE not in stored
        assert "受理" not in stored
    assert (str(first.phone), str(first.text)) == ("138****5678", "****")
    second.refresh_from_db()
    assert second.text.reveal() == "您的事件已受理"
