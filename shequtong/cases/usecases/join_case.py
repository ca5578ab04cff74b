"""Join (我也遇到了): somebody else met the same matter; nothing is reported twice, and they are told of its outcome."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shequtong.cases.models import Case, Joined
from shequtong.cases.models.reporter import PHONE_DOMAIN
from shequtong.cases.usecases.open_case import NewReporter, make_reporter
from shequtong.cases.usecases.turns import CannotMove, begin, finish
from shequtong.core.actors import Actor
from shequtong.core.sealed import hashes_of


class CannotJoin(CannotMove):
    """Nobody to tell, or told already."""


class ToldAlready(CannotJoin):
    """This person hears of the case as it is. Said only to who has signed in: with a bare number it would tell who else reported."""


@transaction.atomic
def join_case(*, number: str, reporter: NewReporter, by: Actor, now: datetime) -> Joined:
    """Join an open case with a phone or a sign-in, once a person. Raises Forbidden, CannotMove, CannotJoin, ToldAlready."""
    if not reporter.phone and reporter.account_id is None:
        raise CannotJoin(_("Leave a telephone number or sign in, so that we can tell you of the outcome."))
    turn = begin(number, "join", by=by, now=now, free=True)
    case = turn.case
    if _told_it(case, reporter):
        raise ToldAlready(_("You reported this matter yourself."))
    if _joined(case, reporter):
        raise ToldAlready(_("You have joined this matter already."))
    made = make_reporter(reporter, case.subdistrict_id, now)
    joined = Joined.objects.create(
        subdistrict_id=case.subdistrict_id, case=case, reporter=made, account_id=reporter.account_id, at=now
    )
    turn.set(joined_count=case.joined_count + 1)
    finish(turn)
    return joined


def _told_it(case: Case, reporter: NewReporter) -> bool:
    """By account or telephone. Who withdrew may join like anybody."""
    if case.reporter is None or case.withdrawn_at is not None:
        return False
    same_account = reporter.account_id is not None and reporter.account_id == case.reporter_account_id
    return same_account or (bool(reporter.phone) and case.reporter.phone_hash in hashes_of(PHONE_DOMAIN, reporter.phone))


def _joined(case: Case, reporter: NewReporter) -> bool:
    """One statement, none for a case that nobody joined."""
    if not case.joined_count:
        return False
    same = Q(account_id=reporter.account_id) if reporter.account_id is not None else Q()
    if reporter.phone:
        same |= Q(reporter__phone_hash__in=hashes_of(PHONE_DOMAIN, reporter.phone))
    return Joined.objects.filter(same, case=case, ended_at__isnull=True).exists()
