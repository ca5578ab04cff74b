"""Initials as one types them while somebody is on the telephone: street and number, compound, community."""

import pytest

from shequtong.territory.address.initials import Spelt, how_well, typed

HERE = Spelt(street="fql", house="12", compound="mchy", building="3", community="xtsq")


@pytest.mark.parametrize(
    "said",
    [
        "fql",
        "fql12",
        "fql12h",
        "fqlyeh",
        "fqlseh",
        "fql12h3z",
        "fql12h3",
        "fqlyehsz",
        "mchy",
        "mchy3",
        "mchysd",
        "mchy3l",
    ],
)
def test_what_is_said_of_it(said: str) -> None:
    assert how_well(said, HERE) == 0


@pytest.mark.parametrize(
    ("said", "fits"),
    [("fq", 1), ("mc", 1), ("xtsq", 1), ("xt", 1), ("fql13", None), ("fql12h4z", None), ("mchy31", None), ("ab", None)],
)
def test_its_beginning_and_what_is_another(said: str, fits: int | None) -> None:
    assert how_well(said, HERE) == fits


@pytest.mark.parametrize(
    ("text", "said"),
    [("FQL 12-3", "fql123"), ("fqlyeh", "fqlyeh"), ("枫桥路", ""), ("a3", ""), ("12", ""), ("f", ""), ("fql路", "")],
)
def test_only_letters_with_numbers_are_initials(text: str, said: str) -> None:
    assert typed(text) == said
