"""The office hours of one month as sums, so that a long limit is a few steps and a bisection, never a walk by minutes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


class MonthBlock:
    """Disjoint, ordered windows (instants) of a month; all amounts are microseconds."""

    __slots__ = ("_closes", "_opens", "_sums", "total")

    def __init__(self, windows: Iterable[tuple[int, int]]) -> None:
        windows = list(windows)
        self._opens = [opens for opens, _ in windows]
        self._closes = [closes for _, closes in windows]
        self._sums = [0, *accumulate(closes - opens for opens, closes in windows)]  # open time before each window
        self.total = self._sums[-1]

    def before(self, at: int) -> int:
        """Open time of this month before an instant."""
        last = bisect_right(self._opens, at) - 1
        if last < 0:
            return 0
        return self._sums[last] + min(at, self._closes[last]) - self._opens[last]

    def reach(self, amount: int) -> int:
        """The first instant before which `amount` (above 0, at most `total`) of this month was open."""
        window = bisect_left(self._sums, amount) - 1
        return self._opens[window] + amount - self._sums[window]
