"""Ids: the place stands in the top bits, the number below, and both come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shequtong.core.locality import SHIFT, part_of
from shequtong.core.locality.ids import HIGHEST_ID, HIGHEST_PLACE, new_id


@given(place=st.integers(0, HIGHEST_PLACE), number=st.integers(1, (1 << SHIFT) - 1))
def test_the_place_comes_back_from_every_id(place: int, number: int) -> None:
    made = place << SHIFT | number
    assert part_of(made) == part_of(str(made)) == place
    assert 0 < made <= HIGHEST_ID


@pytest.mark.parametrize("place", [-1, HIGHEST_PLACE + 1])
def test_a_place_of_more_bits_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        new_id(place)


@pytest.mark.django_db
def test_new_ids_lie_in_their_place_and_differ() -> None:
    made = [new_id(place) for place in (0, 7, 7, HIGHEST_PLACE)]
    assert [part_of(each) for each in made] == [0, 7, 7, HIGHEST_PLACE]
    assert len({each & ((1 << SHIFT) - 1) for each in made}) == 4


def test_an_id_past_46_bits_is_never_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shequtong.core.locality.ids.next_number", lambda name, using: 1 << SHIFT)
    with pytest.raises(OverflowError):
        new_id(3)
