"""Relations seen from another head: worked examples, and what holds of every pair of codes."""

from datetime import date

import pytest

from shequtong.people.codes import tables
from shequtong.people.relations import HEAD, Kin, is_spouse_of, of_newborn, of_spouse, proposed

MAN, WOMAN = "1", "2"


def kin(code: str, sex: str = "0", born: int | None = None) -> Kin:
    return Kin(code, sex, date(born, 1, 1) if born else None)


HUSBAND = kin(HEAD, MAN, 1950)


@pytest.mark.parametrize(
    ("new", "one", "expected"),
    [
        (kin("12", WOMAN), HUSBAND, "11"),  # the wife heads it: the old head is her husband
        (kin("12", WOMAN), kin("20", MAN), "20"),  # their son stays the son
        (kin("12", WOMAN), kin("52", WOMAN), "54"),  # his mother is her mother-in-law
        (kin("12", WOMAN), kin("55", MAN), "51"),  # her father was the wife's father
        (kin("20", MAN, 1980), HUSBAND, "51"),
        (kin("20", MAN, 1980), kin("12", WOMAN), "52"),
        (kin("20", MAN, 1980), kin("30", WOMAN, 1985), "77"),
        (kin("20", MAN, 1980), kin("30", WOMAN, 1975), "75"),
        (kin("20", MAN, 1980), kin("38", WOMAN), None),  # whose wife she is, is not known where there are several children
        (kin("20", MAN, 1980), kin("51", MAN), "61"),
        (kin("51", MAN), HUSBAND, "20"),
        (kin("51", MAN), kin("12", WOMAN), "38"),
        (kin("52", WOMAN), kin("51", MAN), "11"),
        (kin("51", MAN), kin("30", WOMAN), "42"),
        (kin("38", WOMAN), HUSBAND, "53"),
        (kin("73", MAN, 1955), HUSBAND, "71"),
        (kin("73", MAN, 1955), kin("12", WOMAN), "72"),
        (kin("41", MAN), HUSBAND, "61"),
        (kin("43", MAN), kin("12", WOMAN), "64"),
        (kin("90", MAN), HUSBAND, "90"),
        (kin("90", MAN), kin("90", WOMAN), None),
        (kin("80", MAN), HUSBAND, "80"),
    ],
)
def test_worked_examples(new: Kin, one: Kin, expected: str | None) -> None:
    assert proposed(new, one, HUSBAND) == expected


def test_the_only_child_tells_whose_the_wife_and_the_grandchildren_are() -> None:
    son = kin("20", MAN, 1980)
    assert proposed(son, kin("38", WOMAN), HUSBAND, only_child=True) == "12"
    assert proposed(son, kin("41", MAN), HUSBAND, only_child=True) == "20"
    assert proposed(son, kin("43", MAN), HUSBAND, only_child=True) is None
    assert proposed(kin("38", WOMAN), kin("42", WOMAN), HUSBAND, only_child=True) == "30"


def test_every_answer_is_a_code_and_never_the_head() -> None:
    codes = tables()["relation"]
    members = [kin(code, sex, born) for code in codes if code not in ("01", HEAD) for sex in "012" for born in (None, 1960)]
    for head in (kin(HEAD, MAN, 1950), kin(HEAD, WOMAN), kin(HEAD)):
        for new in members:
            for one in [*members, head]:
                found = proposed(new, one, head)
                assert found is None or (found in codes and found not in ("01", HEAD)), (new, one, head)


def test_there_and_back_again_is_the_same_for_husband_and_wife() -> None:
    wife = kin("12", WOMAN)
    for code, sex in (("20", MAN), ("30", WOMAN), ("41", MAN), ("51", MAN), ("52", WOMAN), ("55", MAN), ("56", WOMAN)):
        seen_by_her = proposed(wife, kin(code, sex), HUSBAND)
        assert seen_by_her is not None
        assert proposed(kin("11", MAN), kin(seen_by_her, sex), kin(HEAD, WOMAN)) == code


def test_newborns() -> None:
    for parent, sex, expected in (
        (kin(HEAD, MAN), MAN, "20"),
        (kin("12", WOMAN), WOMAN, "30"),
        (kin("38", WOMAN), WOMAN, "42"),
        (kin("20", MAN), MAN, "41"),
        (kin("30", WOMAN), MAN, "43"),
        (kin("28", MAN), WOMAN, "44"),
        (kin("41", MAN), MAN, "47"),
        (kin("90", WOMAN), MAN, "90"),
    ):
        assert of_newborn(parent, sex) == expected


def test_spouses() -> None:
    for one, sex, expected in (
        (HUSBAND, WOMAN, "12"),
        (kin("30", WOMAN), MAN, "28"),
        (kin("73", MAN), WOMAN, "74"),
        (kin("51", MAN), WOMAN, "52"),
    ):
        assert of_spouse(one, sex) == expected


def test_who_is_married_by_their_codes() -> None:
    assert is_spouse_of(kin("12", WOMAN), HUSBAND)
    assert is_spouse_of(kin("51", MAN), kin("52", WOMAN))
    assert not is_spouse_of(kin("20", MAN), HUSBAND)
