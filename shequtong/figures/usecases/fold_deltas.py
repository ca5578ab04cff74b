"""Fold (汇总): add new deltas to the totals and delete them, in one transaction, so that each is counted once whatever happens."""

from collections import defaultdict

from django.db import transaction

from shequtong.figures.deltas import Key
from shequtong.figures.models import EVER, Delta
from shequtong.figures.usecases._adding import add_to_totals

BATCH = 500


@transaction.atomic
def fold_deltas(*, subdistrict_id: int, limit: int = BATCH) -> int:
    """Fold up to `limit` deltas of one subdistrict, oldest ids first; how many.

    Deltas that another worker is folding are passed over. A process that dies leaves all of its batch unfolded.
    """
    deltas = list(
        Delta.objects.filter(subdistrict=subdistrict_id).select_for_update(skip_locked=True, of=("self",)).order_by("id")[:limit]
    )
    sums: dict[Key, int] = defaultdict(int)
    for delta in deltas:
        key = Key(*(getattr(delta, column) for column in Key._fields))
        sums[key] += delta.n
        sums[key._replace(day=EVER)] += delta.n
    add_to_totals({key: n for key, n in sums.items() if n})
    if deltas:
        Delta.objects.filter(subdistrict=subdistrict_id, id__in=[delta.id for delta in deltas]).delete()
    return len(deltas)
