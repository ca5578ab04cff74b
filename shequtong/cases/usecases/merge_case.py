"""Merge (并案): the same matter told twice goes on as one case, and every reporter stays informed; it can be taken apart again."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case, Joined, Merge
from shequtong.cases.numbers import parse_number
from shequtong.cases.usecases._batches import at_hand
from shequtong.cases.usecases.pauses import drop_pause
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden

_CHANGED = gettext_lazy("Somebody else has changed this merger. Please look at the case again.")
_NOBODY = gettext_lazy("There is no case with this number within your reach.")


class CannotMerge(CannotMove):
    """The other case is none to merge into."""


@transaction.atomic
def merge_case(*, number: str, into: str, reason: str, by: Actor, now: datetime) -> Merge:
    """End `number` in the open case `into` of the same subdistrict; both within reach. Raises Forbidden, CannotMove, CannotMerge."""
    ours, other = _both(number, into, by)
    with at_hand(ours):
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
    ours, into = _merged(number)
    with at_hand(ours) if ours is not None else nullcontext():
        turn = begin(number, "unmerge", by=by, now=now)
    case, note = turn.case, required_note(turn, reason)
    if ours is None or ours.merger is None or into is None:
        raise CannotMerge(str(_CHANGED))
    days = flow_of(case.subdistrict_id).unmerge_days
    if now > ours.merged_at + timedelta(days=days):
        raise CannotMerge(_("A merger can be taken apart for %(days)d days.") % {"days": days})
    if into.stage == Stage.MERGED:
        raise CannotMerge(_("%(number)s has been merged further; take that apart first.") % {"number": into.number})
    if into.stage not in OPEN_STAGES:
        raise CannotMerge(_("The other case has ended; report the matter anew."))
    merger = Merge.objects.filter(pk=ours.merger, subdistrict=case.subdistrict_id, undone_at__isnull=True)
    if not merger.update(undone_at=now, undone_by=by.name):
        raise CannotMerge(str(_CHANGED))  # it was read in the statement that waited for the lock
    left = Joined.objects.filter(case=into, from_case=case, ended_at__isnull=True).update(ended_at=now)
    if left:
        into.joined_count -= min(left, into.joined_count)
        into.save(update_fields=["joined_count"])
    turn.set(merged_into_id=None)
    finish(turn, note=note, to=Stage(ours.stage_before), details={"from": into.number})
    return case


def _both(number: str, into: str, by: Actor) -> tuple[Case, Case]:
    """The case and the one to merge it into, locked at once, in one order: two people merging two cases into each other do not wait for ever."""
    ours, theirs = parse_number(number), parse_number(into)
    if theirs is None or (ours is not None and ours.place != theirs.place):
        raise CannotMerge(str(_NOBODY))
    if ours is None:
        raise Forbidden(permissions.MERGE, "Case")
    if ours == theirs:
        raise CannotMerge(_("A case cannot be merged into itself."))
    pair = Q(year=ours.year, serial=ours.serial) | Q(year=theirs.year, serial=theirs.serial)
    found = {(case.year, case.serial): case for case in _locked(Q(subdistrict=ours.place) & pair)}
    case, other = found.get((ours.year, ours.serial)), found.get((theirs.year, theirs.serial))
    if case is None:
        raise Forbidden(permissions.MERGE, "Case")
    if other is None or not by.reach(permissions.MERGE).covers(other.reach_facts()):
        raise CannotMerge(str(_NOBODY))
    return case, other


def _merged(number: str) -> tuple[Any, Case | None]:
    """The case, with its open merger as `merger`, `merged_at` and `stage_before`, and what it was merged into. Locked as above, in one statement."""
    parsed = parse_number(number)
    if parsed is None:
        return None, None
    named = Q(year=parsed.year, serial=parsed.serial)
    target = Case.objects.filter(named, subdistrict=parsed.place).values("merged_into")
    still = Merge.objects.filter(subdistrict=parsed.place, case=OuterRef("pk"), undone_at__isnull=True)
    found = list(
        _locked(Q(subdistrict=parsed.place) & (named | Q(pk__in=target))).annotate(
            merger=Subquery(still.values("pk")[:1]),
            merged_at=Subquery(still.values("at")[:1]),
            stage_before=Subquery(still.values("before__stage")[:1]),
        )
    )
    case = next((one for one in found if (one.year, one.serial) == (parsed.year, parsed.serial)), None)
    return case, next((one for one in found if case is not None and one.pk == case.merged_into_id), None)


def _locked(which: Q) -> QuerySet[Case]:
    return Case.objects.filter(which).select_related("reporter").order_by("pk").select_for_update(of=("self",))


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
