"""Reveal the reporter's contact (查看联系方式): a deliberate act with a reason, limited and logged before anything is shown."""

from dataclasses import dataclass
from datetime import datetime

from shequtong.audit.reveal import reveal
from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


@dataclass(frozen=True)
class Contact:
    """Name and phone in the clear: for one page, never stored or logged."""

    name: str
    phone: str


def reveal_contact(*, number: str, reason: str, by: Actor, now: datetime) -> Contact:
    """Show name and phone of the reporter. Not one transaction: the log row must stand before the words are read. Raises Forbidden; Refusal without a reason or over the hourly limit."""
    case = Case.objects.numbered(number).select_related("reporter").first()
    if case is None or case.reporter is None:
        raise Forbidden(permissions.VIEW_CONTACT, "Case")
    by.require(permissions.VIEW_CONTACT, case)
    phone = reveal(case.reporter.phone, what="cases.reporter_phone", thing=case, reason=reason, by=by, now=now)
    return Contact(name=case.reporter.name.reveal(), phone=phone)
