"""Counted (计数的预算): how many statements a page or a move asks of the database on a warm process, the same at 1, 50 and 10,000 rows.

Transaction control is not counted; nor is the question for revisions (`core.held`), which a process asks at most once a second, whatever
its load. A number block that runs out (one intake in twenty, one id in a thousand) adds a statement to whoever meets it.
"""

import pytest

from tests.counted.conftest import SIZES, Measured
from tests.counted.pages import Counted
from tests.counted.side_moves import ALL

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("counted")]


@pytest.mark.parametrize("counted", ALL, ids=str)
def test_within_its_budget_and_the_same_at_any_size(counted: Counted, measured: Measured) -> None:
    found = {size: measured.seen[str(counted), size] for size in SIZES}
    totals = {size: seen.warm.total for size, seen in found.items()}
    listing = "\n".join(
        f"at {size}: " + "\n".join(line[:150] for line in seen.listing.split("\n")) for size, seen in found.items()
    )
    assert max(totals.values()) <= counted.most, listing
    assert len(set(totals.values())) == 1, f"{totals}\n{listing}"
