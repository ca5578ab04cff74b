"""How a reporter's name and phone go (删除联系方式), whatever the reason; the row stays, so that number and key still open the matter."""

from datetime import datetime

from shequtong.cases.events import ContactRemoved
from shequtong.cases.models import Reporter
from shequtong.core.events import publish


def remove_contact(reporter: Reporter, *, why: str, told_first: int | None, now: datetime) -> None:
    """Erase both and say why and when; `told_first` is the case this reporter told, None for one who joined. The caller records it."""
    reporter.name = reporter.phone = ""
    reporter.contact_removed_at, reporter.contact_removed_for = now, why
    reporter.save(update_fields=["name", "phone", "phone_hash", "account_id", "contact_removed_at", "contact_removed_for"])
    publish(ContactRemoved(reporter.subdistrict_id, reporter.pk, told_first, now))
