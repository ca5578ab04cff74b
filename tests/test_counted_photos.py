"""Counted with photos (带照片的预算): with one or five of them a form stays within its budget, and how many come makes no difference.

Stored before the deed and outside its transaction, so this runs on committed rows: `measured` cannot hold it.
"""

import pytest

from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town
from tests.counted.pages import ALL, Scene

pytestmark = pytest.mark.django_db(transaction=True)

# What photos may add: their row, the attaching that settles them, and, of a move, a look whether the case may be touched at all.
ROWS, LOOK = 2, 1
# A report is found by its words from its first moment (cases/grams.py): the one statement that this costs comes on top of the budget.
WORDS = {"report by anybody": 1, "report by qian": 1}
WITH_PHOTOS = {
    "report by anybody": ROWS,
    "report by qian": ROWS,
    "intake at the desk": ROWS,
    "handle by wang with words": ROWS + LOOK,
    "verify by sun with words": ROWS + LOOK,
    "rework by sun with words": ROWS + LOOK,
}


@pytest.mark.parametrize("name", WITH_PHOTOS)
def test_photos_stay_within_the_budget_and_five_cost_what_one_does(name: str, town: Town) -> None:
    scene = Scene(town)
    scene.sign_in()
    counted = next(each for each in ALL if each.name == name)
    totals, listing = {}, ""
    for photos in (1, 0, 1, 5):  # the first warms the process
        request = counted.prepare(scene, scene.case(counted.stage, counted.teller), photos)
        with count_statements() as seen:
            assert request().status_code == counted.code
        totals[photos], listing = seen.warm.total, seen.warm.listing
    assert totals[1] == totals[5], totals
    assert totals[1] - totals[0] <= WITH_PHOTOS[name], totals
    assert totals[5] <= counted.most + WORDS.get(name, 0), f"{totals}\n{listing}"
