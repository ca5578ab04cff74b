"""Tell another system who reported a case (对外提供联系方式): only with the right, with a reason, counted and logged before anything is told."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shequtong.audit import security
from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.core.tally import Per, count

AN_HOUR = 60  # looks of one system
WHAT = "cases.reporter_phone"


class CannotTell(Refusal):
    """No reason, too many in this hour, nobody to tell of, or one whose name is kept confidential."""


@dataclass(frozen=True)
class Reporting:
    """Name and telephone in the clear: for one answer, never stored or logged."""

    name: str
    phone: str


def tell_reporter(*, number: str, reason: str, by: Actor, now: datetime) -> Reporting:
    """Not one transaction: the log row must stand before the words are read. Raises Forbidden, CannotTell. Three statements."""
    case = Case.objects.numbered(number).select_related("reporter").first()
    if case is None:
        raise Forbidden(permissions.VIEW_CONTACT, "Case")
    by.require(permissions.VIEW_CONTACT, case)
    if len(reason.strip()) < 4:
        raise CannotTell(_("Please say in a few words why you need to see this."))
    if case.reporter is None or case.confidential or case.reporter.contact_removed_at is not None:
        raise CannotTell(_("There is no name or telephone that may be told."))
    if count("apilook", by.name, per=Per.HOUR, now=now) > AN_HOUR:
        raise CannotTell(
            _("This system has looked at %(count)s reporters within an hour. Please go on later.") % {"count": AN_HOUR}
        )
    security.note(
        "revealed",
        what=WHAT,
        by=by,
        subdistrict_id=case.subdistrict_id,
        object_kind=case._meta.label,
        object_id=case.pk,
        reason=reason.strip(),
        now=now,
    )
    return Reporting(case.reporter.name.reveal(), case.reporter.phone.reveal())
