"""Merge (并案): the same matter told twice goes on as one case, and every reporter stays informed; it can be taken apart again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case, Joined, Merge
from shequtong.cases.numbers import parse_number
from shequtong.cases.usecases.pauses import drop_pause
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden

_NOBODY = gettext_lazy("There is no case with this number within your reach.")


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
    """Take a merger apart: the case goes on at the stage it had, its clock anew. Raises Forbidden, CannotMove, CannotMerge.

    What had been merged into the case before stays with it. Mergers are taken apart from the last one back: while the other case is
    itself merged, its reporters are with a third.
    """
    into = _merged_into(number)
    turn = begin(number, "unmerge", by=by, now=now)
    case, note = turn.case, required_note(turn, reason)
    merged = Merge.objects.get(case=case, undone_at__isnull=True)
    days = flow_of(case.subdistrict_id).unmerge_days
    if now > merged.at + timedelta(days=days):
        raise CannotMerge(_("A merger can be taken apart for %(days)d days.") % {"days": days})
    if into is None or into.pk != merged.into_id:
        raise CannotMerge(_("Somebody else has changed this merger. Please look at the case again."))
    if into.stage == Stage.MERGED:
        raise CannotMerge(_("%(number)s has been merged further; take that apart first.") % {"number": into.number})
    if into.stage not in OPEN_STAGES:
        raise CannotMerge(_("The other case has ended; report the matter anew."))
    merged.undone_at, merged.undone_by = now, by.name
    merged.save(update_fields=["undone_at", "undone_by"])
    left = Joined.objects.filter(case=into, from_case=case, ended_at__isnull=True).update(ended_at=now)
    if left:
        into.joined_count -= min(left, into.joined_count)
        into.save(update_fields=["joined_count"])
    turn.set(merged_into_id=None)
    finish(turn, note=note, to=Stage(merged.before["stage"]), details={"from": into.number})
    return case


def _other(number: str, into: str, by: Actor) -> Case:
    """The case to merge into. Both are locked at once, in one order: two people merging two cases into each other do not wait for ever."""
    ours, theirs = parse_number(number), parse_number(into)
    if theirs is None or (ours is not None and ours.place != theirs.place):
        raise CannotMerge(str(_NOBODY))
    if ours is None:
        raise Forbidden(permissions.MERGE, "Case")
    if ours == theirs:
        raise CannotMerge(_("A case cannot be merged into itself."))
    pair = Q(year=ours.year, serial=ours.serial) | Q(year=theirs.year, serial=theirs.serial)
    found = Case.objects.filter(pair, subdistrict=ours.place).order_by("pk").select_for_update()
    other = next((case for case in found if (case.year, case.serial) == (theirs.year, theirs.serial)), None)
    if other is None or not by.reach(permissions.MERGE).covers(other.reach_facts()):
        raise CannotMerge(str(_NOBODY))
    return other


def _merged_into(number: str) -> Case | None:
    """What a case was merged into, both locked as above. Two statements."""
    case = Case.objects.numbered(number).only("subdistrict_id", "merged_into_id").first()
    if case is None or case.merged_into_id is None:
        return None
    pair = (case.pk, case.merged_into_id)
    locked = Case.objects.filter(subdistrict=case.subdistrict_id, pk__in=pair).order_by("pk").select_for_update()
    return next((one for one in locked if one.pk == case.merged_into_id), None)


def _move_reporters(case: Case, other: Case, now: datetime) -> int:
    """The reporters of `case` join `other`: its first, unless they withdrew, and those who joined it. Up to two statements."""
    theirs: set[tuple[int, int | None]] = set()
    if case.joined_count:
        theirs |= set(Joined.objects.filter(case=case, ended_at__isnull=True).values_list("reporter_id", "account_id"))
    if case.reporter_id is not None and case.withdrawn_at is None:
        theirs.add((case.reporter_id, case.reporter_account_id))
    if theirs:
        Joined.objects.bulk_create(
            Joined(
                subdistrict_id=case.subdistrict_id, case=other, reporter_id=reporter, account_id=account, from_case=case, at=now
            )
            for reporter, account in sorted(theirs, key=lambda pair: pair[0])
        )
    return len(theirs)
