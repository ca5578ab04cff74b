"""Merge (并案): the same matter told twice goes on as one case, and every reporter stays informed; it can be taken apart again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case, Joined, Merge
from shequtong.cases.usecases.pauses import drop_pause
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


class CannotMerge(CannotMove):
    """The other case is none to merge into."""


@transaction.atomic
def merge_case(*, number: str, into: str, reason: str, by: Actor, now: datetime) -> Merge:
    """End `number` in the open case `into` of the same subdistrict; both within reach. Raises Forbidden, CannotMove, CannotMerge."""
    other = _other(number, into, by)
    turn = begin(number, "merge", by=by, now=now)
    case, note = turn.case, required_note(turn, reason)
    if other.subdistrict_id != case.subdistrict_id or other.stage not in OPEN_STAGES or other.stage == Stage.HELD:
        raise CannotMerge(_("Choose an open case of the same subdistrict."))
    merged = Merge.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        into=other,
        before={"stage": case.stage},
        reason=note,
        at=now,
        account_id=by.account_id,
        actor=by.name,
    )
    moved = _move_reporters(case, other, now)
    if moved:
        other.joined_count += moved
        other.save(update_fields=["joined_count"])
    drop_pause(turn)
    turn.set(merged_into_id=other.pk)
    finish(turn, note=note, details={"into": other.number})
    return merged


@transaction.atomic
def unmerge_case(*, number: str, reason: str, by: Actor, now: datetime) -> Case:
    """Take a merger apart: the case goes on at the stage it had, its clock anew. Raises Forbidden, CannotMove, CannotMerge."""
    turn = begin(number, "unmerge", by=by, now=now)
    case, note = turn.case, required_note(turn, reason)
    merged = Merge.objects.select_related("into").get(case=case, undone_at__isnull=True)
    days = flow_of(case.subdistrict_id).unmerge_days
    if now > merged.at + timedelta(days=days):
        raise CannotMerge(_("A merger can be taken apart for %(days)d days.") % {"days": days})
    if merged.into.stage not in OPEN_STAGES:
        raise CannotMerge(_("The other case has ended; report the matter anew."))
    merged.undone_at, merged.undone_by = now, by.name
    merged.save(update_fields=["undone_at", "undone_by"])
    left = Joined.objects.filter(case=merged.into, from_case=case, ended_at__isnull=True).update(ended_at=now)
    into = Case.objects.select_for_update().get(pk=merged.into_id, subdistrict=case.subdistrict_id)
    into.joined_count -= min(left, into.joined_count)
    into.save(update_fields=["joined_count"])
    turn.set(merged_into_id=None)
    finish(turn, note=note, to=Stage(merged.before["stage"]), details={"from": into.number})
    return case


def _other(number: str, into: str, by: Actor) -> Case:
    """The case to merge into, locked first: two people merging two cases into each other do not wait for ever."""
    if number == into:
        raise CannotMerge(_("A case cannot be merged into itself."))
    pair = sorted((number, into))
    found = {each: Case.objects.numbered(each).select_for_update().first() for each in pair}
    other = found[into]
    if other is None:
        raise CannotMerge(_("There is no case with this number within your reach."))
    try:
        by.require("cases.merge", other)
    except Forbidden as forbidden:
        raise CannotMerge(_("There is no case with this number within your reach.")) from forbidden
    return other


def _move_reporters(case: Case, other: Case, now: datetime) -> int:
    """The reporters of `case` join `other`: its first, and those who joined it. Two statements."""
    theirs = set(Joined.objects.filter(case=case, ended_at__isnull=True).values_list("reporter_id", "account_id"))
    if case.reporter_id is not None:
        theirs.add((case.reporter_id, case.reporter_account_id))
    Joined.objects.bulk_create(
        Joined(subdistrict_id=case.subdistrict_id, case=other, reporter_id=reporter, account_id=account, from_case=case, at=now)
        for reporter, account in sorted(theirs, key=lambda pair: pair[0])
    )
    return len(theirs)
