"""Messages, gateways and a place for tests."""

from datetime import UTC, datetime
from itertools import count

from shequtong.core import places
from shequtong.core.held import drop_all
from shequtong.core.models import Subdistrict
from shequtong.messaging.gateways import GatewayError
from shequtong.messaging.models import Message
from shequtong.messaging.usecases import send_message

NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)  # a Monday, 12:00 in Suzhou
PHONE = "13812345678"
_SERIALS = count(1)


def make_place(number: int = 7) -> int:
    """A street that messages can be about; its storage number."""
    Subdistrict.objects.get_or_create(
        id=number, defaults={"kind": "subdistrict", "letters": f"T{chr(65 + number % 26)}", "name": f"Street {number}"}
    )
    drop_all()
    assert places.place(number).number == number
    return number


def make_text(place: int = 0, *, now: datetime = NOON, **given: object) -> Message:
    """An SMS in the outbox; each call makes another message unless `once_key` is given."""
    wanted: dict[str, object] = {
        "channel": "sms",
        "template": "test.text",
        "text": "您的事件已受理",
        "phone": PHONE,
        "subdistrict_id": place,
        "once_key": f"text-{next(_SERIALS)}",
        "now": now,
    }
    found = send_message(**(wanted | given))  # type: ignore[arg-type]  # a bag of named arguments
    assert found is not None
    return found


def make_in_app(account_id: int, place: int = 0, *, now: datetime = NOON, **given: object) -> Message:
    """A message in an account's inbox."""
    return make_text(place, now=now, channel="in_app", phone="", account_id=account_id, **given)


class Telephones:
    """A gateway that keeps what it was handed; it fails with the errors it was given first."""

    def __init__(self, *errors: Exception) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self._errors = list(errors)

    def send(self, phone: str, text: str, ref: str) -> str:
        if self._errors:
            raise self._errors.pop(0)
        self.sent.append((phone, text, ref))
        return f"provider-{len(self.sent)}"


BUSY = GatewayError("busy")
