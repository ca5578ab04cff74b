"""Who is blocked is told (告知限制上报): by telephone and in the account, in Chinese, with the reason, the end, and where to object."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from shequtong.cases.blocks import last_day
from shequtong.cases.events import SenderBlocked
from shequtong.core.places import place
from shequtong.messaging.usecases import NewMessage, send_messages

_READ = "zh-hans"


def tell_blocked(event: SenderBlocked) -> None:
    """One statement; none when only a network address is known. It is an office's decision: no count of texts leaves it out."""
    here = place(event.subdistrict_id)
    with override(_READ):
        said = (
            _(
                "[%(place)s] Because of report %(number)s your reports are not taken until %(date)s. Reason: %(reason)s You may object at the office."
            )
            if event.refuse
            else _(
                "[%(place)s] Because of report %(number)s your reports are read first, until %(date)s. Reason: %(reason)s You may object at the office."
            )
        ) % {
            "place": here.name,
            "number": event.number,
            "date": last_day(event.until, here.zone).isoformat(),
            "reason": event.reason,
        }
    found = []
    if event.phone:
        found.append(_message(event, said, "sms", phone=event.phone.reveal()))
    if event.account_id is not None:
        found.append(_message(event, said, "in_app", account_id=event.account_id))
    if found:
        send_messages(found, now=event.at)


def _message(event: SenderBlocked, said: str, channel: str, phone: str = "", account_id: int | None = None) -> NewMessage:
    return NewMessage(
        channel=channel,
        template="case.blocked",
        text=said,
        subdistrict_id=event.subdistrict_id,
        once_key=f"blocked:{event.block_id}:{channel}",
        phone=phone,
        account_id=account_id,
    )
