"""`write()` is the one way a count changes (写入增量): signed deltas in the transaction of the change, folded later by the worker.

from shequtong.figures.deltas import NewDelta, day_of
from shequtong.figures.write import write
"""

from collections.abc import Iterable

from shequtong.core.gathered import put
from shequtong.figures.deltas import NewDelta, day_of, merged
from shequtong.figures.models import EVER, Delta

__all__ = ["NewDelta", "day_of", "write"]


def write(deltas: Iterable[NewDelta]) -> None:
    """Write these changes of counts with the caller's change: one INSERT, none when they cancel out.

    Deltas of the same key are added, zeros dropped. The rows are new, so no writer waits for another's.
    """
    told = list(deltas)
    if any(delta.day == EVER for delta in told):
        raise ValueError(f"{EVER} stands for all days together and is not a day of its own")
    put(_insert, told)


def _insert(deltas: list[NewDelta]) -> None:
    sums = merged(deltas)
    Delta.objects.bulk_create(Delta(**key._asdict(), n=n) for key, n in sums.items())
