"""Rebuild (重建): make the figures of one subdistrict agree with its facts, while changes go on.

Every change writes its fact and its delta together, and folding moves a delta without changing the sum. What figures differ from facts by is
therefore the same at every moment: it is read in one snapshot and added to the totals afterwards, without stopping anyone.
"""

from django.db import transaction

from shequtong.core.snapshot import snapshot
from shequtong.figures.usecases._adding import add_to_totals
from shequtong.figures.verification import Difference, Verification

TRIES = 3  # two rebuilds at once would both correct; the second look then finds and mends it


def rebuild_figures(*, subdistrict_id: int) -> tuple[Difference, ...]:
    """Correct the totals of `subdistrict_id`, all in one transaction; the differences there were. Counts that no source claims stay.

    Raises RuntimeError when facts and figures still differ after TRIES corrections: some change writes the one without the other.
    """
    first: tuple[Difference, ...] | None = None
    for _ in range(TRIES):
        with snapshot():
            found = tuple(Verification(subdistrict_id).differences())
        first = found if first is None else first
        wrong = {difference.key: difference.facts - difference.figures for difference in found if difference.claimed}
        if not wrong:
            return first
        with transaction.atomic():
            add_to_totals(wrong)
    raise RuntimeError(f"figures of place {subdistrict_id} still differ from its facts after {TRIES} corrections")
