"""The same messages for who joined a matter (并案与附议的反映人): each person once."""

from dataclasses import replace

from shequtong.cases import events
from shequtong.cases.models import Joined
from shequtong.flows import recipients
from shequtong.messaging.usecases import NewMessage


def to_joined(event: events.CaseEvent, message: NewMessage, said: str, key: str) -> list[NewMessage]:
    """The same for those who joined; who told of it twice, and was merged, is told once. One statement."""
    rows = Joined.objects.filter(subdistrict=event.subdistrict_id, case=event.case_id, ended_at__isnull=True)
    found = []
    phones: set[str] = {""}
    accounts: set[int | None] = {None}
    if event.reporter_id is not None:
        phones.add(event.reporter_phone.reveal() if event.reporter_phone else "")
        accounts.add(event.reporter_account_id)
    for joined in rows.select_related("reporter").order_by("id"):
        phone = joined.reporter.phone.reveal() if joined.reporter.phone else ""
        if phone not in phones:
            phones.add(phone)
            proven = None if joined.account_id is not None else not_proven
            once = recipients.text_key(type(event), event.step_id, joined.pk)
            found.append(replace(message, phone=phone, proven=proven, once_key=once))
        if joined.account_id not in accounts:
            accounts.add(joined.account_id)
            found.append(
                replace(message, text=said, channel="in_app", account_id=joined.account_id, once_key=f"{key}:{joined.pk}:app")
            )
    return found


def not_proven() -> bool:
    """Who told it, or joined, without signing in typed a number that nobody has proven."""
    return False
