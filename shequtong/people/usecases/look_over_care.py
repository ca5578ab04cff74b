"""Look over special care (翻看特殊人群名单): a page of the store, or what there is of one person: masks and kinds; one look in the log."""

from datetime import datetime

from shequtong.audit.reveal import look_up
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.people import permissions
from shequtong.people.lookups.care import OF_PERSON, OVER, Opened, opened, opening_of
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care import CareClosed


def look_over_care(*, records: list[CareRecord], of: str, place: int, by: Actor, now: datetime) -> list[Opened]:
    """`of` says what was looked over, kept as a keyed hash. In no transaction. Raises CareClosed, CannotReveal, Forbidden. Five statements."""
    if not by.may(permissions.VIEW_CARE):
        raise Forbidden(permissions.VIEW_CARE)
    opening = opening_of(by, now)
    if opening is None:
        raise CareClosed
    what = OF_PERSON if of.startswith("person ") else OVER
    look_up(of, what=what, place=place, reason=opening.reason.reveal(), by=by, now=now)
    return opened(records)
