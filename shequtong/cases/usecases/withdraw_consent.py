"""Withdraw consent (撤回同意): name and phone of a reporter go at their wish, at any stage; the matter, its steps and figures stay.

个人信息保护法 15, 47: consent can be withdrawn as easily as it was given, and what rested on it is then deleted. It is no move: it
changes nothing of how the matter goes on. Who withdraws the report itself uses `withdraw_case`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import Case, Joined, Reporter
from shequtong.cases.usecases.contacts import remove_contact
from shequtong.cases.usecases.reveal_contact import may_know
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal

SHORTEST_REASON, LONGEST_REASON = 4, 200  # characters


class CannotWithdrawConsent(Refusal):
    """Nothing is kept, nobody of this case is meant, or no reason is given."""


@dataclass(frozen=True)
class AtDesk:
    """What staff say who do it for a reporter: which one of the case, and how the wish was told."""

    reporter_id: int
    reason: str


@transaction.atomic
def withdraw_consent(*, number: str, by: Actor, now: datetime, at_desk: AtDesk | None = None) -> bool:
    """Erase name and phone; False when they are gone already. Without `at_desk` it is the reporter's own act, or theirs who joined.

    Raises Forbidden, CannotWithdrawConsent.
    """
    case = Case.objects.numbered(number).select_related("reporter").select_for_update(of=("self",)).first()
    if case is None:
        raise Forbidden(permissions.WITHDRAW_CONSENT, "Case")
    reporter = _own(case, by) if at_desk is None else _at_desk(case, at_desk, by)
    if reporter.contact_removed_at is not None:
        return False
    told = case if reporter.pk == case.reporter_id else _told_by(reporter)
    if told is not None and not reporter.has_contact:
        raise CannotWithdrawConsent(_("Neither a name nor a telephone is kept with this matter."))
    if told is None:
        _leave(reporter, now)
    remove_contact(reporter, why=Reporter.Removed.WISH, told_first=told.pk if told else None, now=now)
    reason = at_desk.reason.strip() if at_desk else ""
    log.record("cases.withdraw_consent", case, by=by, at=now, reporter=reporter.pk, first=told is not None, reason=reason)
    return True


def is_theirs(case: Case, by: Actor) -> bool:
    """Whether `by` told the case, or holds its key; a post gives nothing here."""
    reach = by.reach(permissions.WITHDRAW_CONSENT)
    return case.pk in reach.held or (reach.own_account is not None and reach.own_account == case.reporter_account_id)


def joined_by(case: Case, by: Actor) -> Joined | None:
    """How `by` joined the case signed in; None for everybody else. One statement, none where nobody joined."""
    if by.account_id is None or not case.joined_count:
        return None
    rows = Joined.objects.filter(case=case, account_id=by.account_id, from_case=None, ended_at__isnull=True)
    return rows.select_related("reporter").first()


def tellers(case: Case) -> list[Reporter]:
    """Those of the case whose name or phone is kept: the first, then who joined. One statement where somebody joined."""
    rows = Joined.objects.filter(case=case, ended_at__isnull=True).select_related("reporter").order_by("id")
    found = [*([case.reporter] if case.reporter else []), *(row.reporter for row in rows if case.joined_count)]
    return [one for one in found if one.has_contact]


def _own(case: Case, by: Actor) -> Reporter:
    first: Reporter | None = case.reporter if is_theirs(case, by) else None
    joined = joined_by(case, by) if first is None else None
    further: Reporter | None = joined.reporter if joined else None
    found = first or further
    if found is None:
        raise Forbidden(permissions.WITHDRAW_CONSENT, "Case", case.pk)
    return found


def _at_desk(case: Case, told: AtDesk, by: Actor) -> Reporter:
    if not by.reach(permissions.WITHDRAW_CONSENT).of_post.covers(case.reach_facts()) or not may_know(case, by):
        raise Forbidden(permissions.WITHDRAW_CONSENT, "Case", case.pk)
    if not SHORTEST_REASON <= len(told.reason.strip()) <= LONGEST_REASON:
        raise CannotWithdrawConsent(_("Please say in a few words how the reporter asked for it."))
    first: Reporter | None = case.reporter if told.reporter_id == case.reporter_id else None
    joined = Joined.objects.filter(case=case, reporter=told.reporter_id).select_related("reporter").order_by("-id").first()
    further: Reporter | None = joined.reporter if joined else None
    found = first or further
    if found is None:
        raise CannotWithdrawConsent(_("This person did not report this case."))
    return found


def _told_by(reporter: Reporter) -> Case | None:
    """The case this reporter told: of one who came by a merger, their own. None for who only joined."""
    return Case.objects.filter(subdistrict=reporter.subdistrict_id, reporter=reporter).first()


def _leave(reporter: Reporter, now: datetime) -> None:
    """Who only joined is told of nothing any more, by account neither, and in no case that theirs was merged into. Two statements."""
    rows = Joined.objects.filter(subdistrict=reporter.subdistrict_id, reporter=reporter, ended_at__isnull=True)
    counted = Case.objects.filter(subdistrict=reporter.subdistrict_id, pk__in=list(rows.values_list("case_id", flat=True)))
    counted.filter(joined_count__gt=0).update(joined_count=F("joined_count") - 1)
    rows.update(ended_at=now, account_id=None)
    reporter.account_id = None
