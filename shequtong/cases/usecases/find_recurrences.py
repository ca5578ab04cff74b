"""Find what comes back (发现反复多发): classes closed again and again at one building or compound in 180 days; the rows stand until the next look."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q

from shequtong.cases.lookups.roots import places_named
from shequtong.cases.lookups.told_lately import BUILDING, COMPOUND
from shequtong.cases.models import Case, HotLook, Recurrence
from shequtong.cases.roots import BEFORE, Again, Closed, coming_back

EVERY = timedelta(hours=6)


def find_recurrences(*, subdistrict_id: int, now: datetime) -> int:
    """Count, unless somebody counted within `EVERY`; how many places. No writer is held while it is counted."""
    if not _claimed(subdistrict_id, now):
        return 0
    found = coming_back(_closed(subdistrict_id, now))
    with transaction.atomic():
        _keep(subdistrict_id, found)
    return len(found)


@transaction.atomic
def _claimed(subdistrict_id: int, now: datetime) -> bool:
    """Whether this look is ours: one of two workers changes the row, the other finds it changed."""
    HotLook.objects.bulk_create([HotLook(subdistrict_id=subdistrict_id, looked_at=now - BEFORE)], ignore_conflicts=True)
    due = HotLook.objects.filter(Q(counted_at=None) | Q(counted_at__lte=now - EVERY), subdistrict=subdistrict_id)
    return bool(due.update(counted_at=now))


def _closed(subdistrict_id: int, now: datetime) -> list[Closed]:
    """By class and building; what counts is what a project counts. One statement."""
    found = Case.objects.filter(subdistrict=subdistrict_id, received_at__gt=now - BEFORE, received_at__lte=now)
    found = found.filter(confidential=False, is_history=False, first_closed_at__isnull=False, building__isnull=False)
    rows = found.order_by().values_list("case_class_id", "building_id", "building__compound_id").annotate(Count("id"), Max("id"))
    return [
        Closed(kind, f"{BUILDING}{building}", f"{COMPOUND}{compound}" if compound else "", n, last)
        for kind, building, compound, n, last in rows
    ]


def _keep(subdistrict_id: int, found: list[Again]) -> None:
    named = places_named(subdistrict_id, [one.place for one in found])
    Recurrence.objects.filter(subdistrict=subdistrict_id).delete()
    Recurrence.objects.bulk_create(
        Recurrence(
            subdistrict_id=subdistrict_id,
            case_class_id=one.kind,
            place=one.place,
            place_path=named[one.place].path,
            place_name=named[one.place].name[:120],
            closed=one.n,
            last_id=one.last,
        )
        for one in found
        if one.place in named
    )
