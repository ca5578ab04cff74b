"""Reveal the reporter's contact (查看联系方式): a deliberate act with a reason, limited and logged before anything is shown."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shequtong.audit.reveal import reveal, reveal_again
from shequtong.cases import permissions
from shequtong.cases.models import Case, Reporter
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal

WHAT = "cases.reporter_phone"


@dataclass(frozen=True)
class Contact:
    """Name and phone in the clear: for one page, never stored or logged."""

    name: str
    phone: str


def reveal_contact(*, number: str, reason: str, by: Actor, now: datetime) -> Contact:
    """Show name and phone of the reporter. Not one transaction: the log row must stand before the words are read. Raises Forbidden; Refusal without a reason or over the hourly limit."""
    case, reporter = _told(number, by)
    phone = reveal(reporter.phone, what=WHAT, thing=case, reason=reason, by=by, now=now)
    return Contact(name=reporter.name.reveal(), phone=phone)


def show_contact_again(*, number: str, by: Actor, now: datetime) -> Contact:
    """The same for a form that was sent twice, under the log row of the first time. Raises Forbidden; Refusal when that is over."""
    case, reporter = _told(number, by)
    return Contact(phone=reveal_again(reporter.phone, what=WHAT, thing=case, by=by, now=now), name=reporter.name.reveal())


def may_know(case: Case, by: Actor) -> bool:
    """Whether this reader is told who told it, masked: of a confidential case only those who must call back (12345 保密工单)."""
    return not case.confidential or any(
        by.reach(permission).of_post.covers(case.reach_facts()) for permission in (permissions.HOTLINE, permissions.CALL_BACK)
    )


def may_reveal(case: Case, by: Actor) -> bool:
    """Whether there is something to show in the clear, and to this reader. The case has its reporter loaded."""
    known = case.reporter is not None and bool(case.reporter.phone or case.reporter.name)
    return known and by.reach(permissions.VIEW_CONTACT).covers(case.reach_facts()) and may_know(case, by)


def _told(number: str, by: Actor) -> tuple[Case, Reporter]:
    case = Case.objects.numbered(number).select_related("reporter").first()
    if case is None or case.reporter is None:
        raise Forbidden(permissions.VIEW_CONTACT, "Case")
    by.require(permissions.VIEW_CONTACT, case)
    if not may_know(case, by):
        raise Forbidden(permissions.HOTLINE, "Case", case.pk)
    if case.reporter.contact_removed_at is not None:
        raise Refusal(_("Name and telephone were removed; there is nothing to show."))
    return case, case.reporter
