"""Reopen (重开): the reporter within a set time, or staff with a reason, say that it is not over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Case
from shequtong.cases.photos import BEFORE
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, required_note
from shequtong.core.actors import Actor


class CannotReopen(CannotMove):
    """Too late to reopen."""


@transaction.atomic
def reopen_case(*, number: str, reason: str, by: Actor, now: datetime, photos: Sequence[int] = (), claim: str = "") -> Case:
    """Put a closed case before the dispatcher again; earlier milestones and steps stay. Raises Forbidden, CannotMove, CannotReopen."""
    turn = begin(number, "reopen", by=by, now=now)
    note = required_note(turn, reason)
    if not _by_staff(turn) and now > reopen_until(turn.case):
        raise CannotReopen(
            _("A case can be reopened for %(days)d days after closing. Please report the matter anew.")
            % {"days": flow_of(turn.case.subdistrict_id).reopen_days}
        )
    turn.set(
        lead_station_id=None,
        assignee_account_id=None,
        assignee_name="",
        decided=False,
        self_handled=False,  # a station handles it now, and what it did is verified
        promised_at=NEVER,  # the old one has passed; the next dispatch promises anew
        close_by=NEVER,
        reopen_count=turn.case.reopen_count + 1,
    )
    finish(turn, note=note, photos=tuple(photos), claim=claim, photo_kind=BEFORE)
    return turn.case


def reopen_until(case: Case) -> datetime:
    """Until when the reporter may reopen a closed case."""
    if case.closed_at is None:
        raise ValueError("the case was never closed")
    return case.closed_at + timedelta(days=flow_of(case.subdistrict_id).reopen_days)


def _by_staff(turn: Turn) -> bool:
    """Reached through an appointment (or by a job), not only as the reporter."""
    return turn.by.reach(permissions.REOPEN).of_post.covers(turn.case.reach_facts())
