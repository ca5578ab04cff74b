"""Follow a case (关注), or follow it no more: a member of staff is told of each of its moves."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import Case, Follow
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal


class CannotFollow(Refusal):
    """Only accounts follow."""


@transaction.atomic
def follow_case(*, number: str, follow: bool, by: Actor, now: datetime) -> bool:
    """Follow or stop following; whether anything changed. Raises Forbidden, CannotFollow."""
    case = Case.objects.numbered(number).select_for_update(of=("self",)).first()
    if case is None:
        raise Forbidden(permissions.NOTE, "Case")
    by.require(permissions.NOTE, case)
    if by.account_id is None:
        raise CannotFollow(_("Only somebody who is signed in can follow a case."))
    rows = Follow.objects.filter(case=case, account_id=by.account_id)
    if follow == rows.exists():
        return False
    if follow:
        Follow.objects.create(subdistrict_id=case.subdistrict_id, case=case, account_id=by.account_id, since=now)
    else:
        rows.delete()
    Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(
        follow_count=F("follow_count") + (1 if follow else -1)
    )
    log.record("cases.followed" if follow else "cases.unfollowed", case, by=by, at=now)
    return True
