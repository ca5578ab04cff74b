"""Send a message (发送消息): a row in the outbox, in the transaction of what it tells about. Nothing leaves the process here.

Flows compose the wording; `template` is the code of the wording, kept for the log (compliance.md 4.7). A worker sends (send_due_messages).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from shequtong.audit import security
from shequtong.core.gathered import put
from shequtong.core.locality import INSTALLATION
from shequtong.core.phones import is_mobile
from shequtong.core.tally import Per, count
from shequtong.messaging.models import Message
from shequtong.messaging.quiet_hours import first_allowed, zone_of

SMS, IN_APP = Message.Channel.SMS, Message.Channel.IN_APP


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """What is to be told to one person.

    `channel` "sms" needs `phone` (normalised, core.phones), "in_app" needs `account_id`. `once_key` makes it the same message when
    asked for twice in one subdistrict (at most 80 characters, e.g. "case.closed:<case id>:<closing no>"). `link` is a path of ours.
    `urgent` may arrive at night. `secret` is a code: its text is wiped after sending, except in the demo.
    `proven` stands with a number that somebody typed: it is asked, only when the number has had its texts of the day, whether its holder
    is known to want them. `opening` is the first text of a matter, of which a number nobody has proven gets one a day.
    """

    channel: str
    template: str
    text: str
    once_key: str
    phone: str = ""
    account_id: int | None = None
    subdistrict_id: int = INSTALLATION
    link: str = ""
    urgent: bool = False
    secret: bool = False
    proven: Callable[[], bool] | None = None
    opening: bool = False

    def __post_init__(self) -> None:
        if not (self.text and self.template and self.once_key):
            raise ValueError("a message needs its text, its template's code and its once_key")
        if self.channel not in (SMS, IN_APP) or (self.channel == IN_APP and self.account_id is None):
            raise ValueError("a message goes by sms to a phone, or in_app to an account")


def send_message(
    *,
    channel: str,
    template: str,
    text: str,
    phone: str = "",
    account_id: int | None = None,
    subdistrict_id: int = INSTALLATION,
    once_key: str,
    link: str = "",
    now: datetime,
    urgent: bool = False,
    secret: bool = False,
) -> Message | None:
    """Put one message in the outbox; arguments as of `NewMessage`. One statement (and none for None).

    None when it cannot be received: an SMS without a number, or to a land line. An earlier message with the same `once_key` in the
    same subdistrict stands and nothing is added; the returned row is then not the one that is stored.
    """
    message = NewMessage(
        channel=channel,
        template=template,
        text=text,
        once_key=once_key,
        phone=phone,
        account_id=account_id,
        subdistrict_id=subdistrict_id,
        link=link,
        urgent=urgent,
        secret=secret,
    )
    written = send_messages([message], now=now)
    return written[0] if written else None


@transaction.atomic(savepoint=False)
def send_messages(messages: Sequence[NewMessage], *, now: datetime) -> list[Message]:
    """Put many in the outbox by one INSERT; the rows that can be received, in their order. Of one `once_key`, the first stands.

    A text to a typed number (`proven`) is counted by one statement more, and left out when that number has had enough for today.
    """
    received = (one for one in messages if one.channel == IN_APP or (is_mobile(one.phone) and not _too_many(one, now)))
    rows = _firsts([_row(message, now) for message in received])
    put(_insert, rows)
    return rows


def _firsts(rows: list[Message]) -> list[Message]:
    return list({(row.subdistrict_id, row.once_key): row for row in reversed(rows)}.values())[::-1]


def _insert(rows: list[Message]) -> None:
    # Not ignore_conflicts: SQLite's INSERT OR IGNORE would swallow a broken CHECK as well, and the message with it.
    Message.objects.bulk_create(
        _firsts(rows), update_conflicts=True, unique_fields=["subdistrict", "once_key"], update_fields=["once_key"]
    )


def _too_many(message: NewMessage, now: datetime) -> bool:
    """Whether a typed number has had its texts of the day, across the installation. The first left out a day is noted."""
    if message.proven is None:
        return False
    # Both counts together are the day's: an opening one, and all that follow.
    kind, most = ("sms_open", 1) if message.opening else ("sms", settings.TEXTS_PER_PHONE_DAY - 1)
    asked = count(kind, message.phone, per=Per.DAY, now=now)
    if asked <= most or message.proven():
        return False
    if asked == most + 1:
        security.note("texts_capped", what=f"messaging.{kind}", subdistrict_id=message.subdistrict_id, now=now)
    return True


def _row(message: NewMessage, now: datetime) -> Message:
    in_app = message.channel == IN_APP
    return Message(
        subdistrict_id=message.subdistrict_id,
        channel=message.channel,
        account_id=message.account_id,
        phone=message.phone,
        template=message.template,
        text=message.text,
        link=message.link,
        once_key=message.once_key,
        urgent=message.urgent,
        secret=message.secret,
        created_at=now,
        send_after=_first_try(message, now),
        state=Message.State.SENT if in_app else Message.State.WAITING,
        sent_at=now if in_app else None,
    )


def _first_try(message: NewMessage, now: datetime) -> datetime | None:
    if message.channel == IN_APP:
        return None
    return now if message.urgent else first_allowed(now, zone_of(message.subdistrict_id))
