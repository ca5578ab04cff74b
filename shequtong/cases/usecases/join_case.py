"""Join (我也遇到了): somebody else met the same matter; nothing is reported twice, and they are told of its outcome."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Joined
from shequtong.cases.usecases.open_case import NewReporter, make_reporter
from shequtong.cases.usecases.turns import CannotMove, begin, finish
from shequtong.core.actors import Actor


class CannotJoin(CannotMove):
    """Nobody to tell, or told already."""


@transaction.atomic
def join_case(*, number: str, reporter: NewReporter, by: Actor, now: datetime) -> Joined:
    """Join an open case with a phone or a sign-in, once a person. Raises Forbidden, CannotMove, CannotJoin."""
    if not reporter.phone and reporter.account_id is None:
        raise CannotJoin(_("Leave a telephone number or sign in, so that we can tell you of the outcome."))
    turn = begin(number, "join", by=by, now=now, free=True)
    case = turn.case
    if reporter.account_id is not None and reporter.account_id == case.reporter_account_id:
        raise CannotJoin(_("You reported this matter yourself."))
    if (
        reporter.account_id is not None
        and Joined.objects.filter(case=case, account_id=reporter.account_id, ended_at__isnull=True).exists()
    ):
        raise CannotJoin(_("You have joined this matter already."))
    made = make_reporter(reporter, case.subdistrict_id, now)
    joined = Joined.objects.create(
        subdistrict_id=case.subdistrict_id, case=case, reporter=made, account_id=reporter.account_id, at=now
    )
    turn.set(joined_count=case.joined_count + 1)
    finish(turn)
    return joined
