"""Find a caller's matters by their telephone (按来电号码查找): a deliberate look with its reason, limited and logged before anything is looked up."""

from datetime import datetime

from shequtong.audit.reveal import look_up, look_up_again
from shequtong.cases import permissions
from shequtong.cases.lookups.callers import told_by_number
from shequtong.cases.models import Case
from shequtong.cases.usecases.reveal_contact import may_know
from shequtong.core.actors import Actor
from shequtong.core.phones import normalise_phone
from shequtong.core.refusals import Forbidden

WHAT = "cases.caller_phone"


def may_find_by_phone(by: Actor) -> bool:
    """Who takes in what is told, and may see who told it."""
    rights = (permissions.INTAKE, permissions.VIEW_CONTACT)
    return all(by.reach(permission).of_post.grants for permission in rights)


def find_by_phone(*, phone: str, reason: str, by: Actor, now: datetime) -> list[Case]:
    """The matters told with a whole number, as far as `by` sees who told them. Not one transaction: the log row must stand before the look.

    Raises Forbidden; Refusal for what is no telephone number, without a reason, or over the hourly limit, which counts looks at contacts too.
    """
    _require(by)
    plain = normalise_phone(phone)
    look_up(plain, what=WHAT, place=by.home, reason=reason, by=by, now=now)
    return _told(plain, by)


def find_by_phone_again(*, phone: str, by: Actor, now: datetime) -> list[Case]:
    """The same for a form that was sent twice, under the log row of the first time. Raises Forbidden; Refusal when that is over."""
    _require(by)
    plain = normalise_phone(phone)
    look_up_again(plain, what=WHAT, place=by.home, by=by, now=now)
    return _told(plain, by)


def _require(by: Actor) -> None:
    if not may_find_by_phone(by):
        raise Forbidden(permissions.VIEW_CONTACT, "Reporter")


def _told(phone: str, by: Actor) -> list[Case]:
    """Of confidential ones only for who must call back."""
    return [case for case in told_by_number(by, phone) if may_know(case, by)]
