"""A letter for each move: every button has one, and two that may stand side by side never the same."""

from itertools import combinations

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases.testing import make_case
from shequtong.cases.views.moves import PAGES
from shequtong.cases.workflow import KEYS, MOVES, Stage
from shequtong.testing.town import Town

OF_THE_DESK = set("gjkx")  # frontend/ui/behaviours/keys.ts


def test_every_move_has_a_letter_of_its_own_at_each_stage() -> None:
    assert KEYS.keys() == PAGES.keys()
    assert all(len(letter) == 1 and letter.islower() and letter not in OF_THE_DESK for letter in KEYS.values())
    same = [
        (one, other)
        for one, other in combinations(KEYS, 2)
        if KEYS[one] == KEYS[other] and set(MOVES[one].sources) & set(MOVES[other].sources)
    ]
    assert same == []


@pytest.mark.django_db
def test_it_stands_on_the_button_unless_switched_off(town: Town) -> None:
    number = make_case(town, stage=Stage.REGISTERED).number
    client = signed_in(town.accounts["lin"])
    button = '<kbd class="key" aria-hidden="true">d</kbd>'
    assert button in client.get(f"/desk/cases/{number}/").content.decode()
    answer = client.get("/ui/display/?keys=off&next=/desk/keys/")
    assert answer.headers["Location"] == "/desk/keys/"
    for address in (f"/desk/cases/{number}/", "/desk/cases/"):
        page = client.get(address).content.decode()
        assert "<kbd" not in page
        assert "data-keys" not in page
    assert "data-keys-list" in client.get("/desk/keys/").content.decode()
    client.get("/ui/display/?keys=on")
    assert 'data-keys="/desk/keys/"' in client.get("/desk/cases/").content.decode()
