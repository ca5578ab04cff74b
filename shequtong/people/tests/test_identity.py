"""Numbers by the text of GB 11643-1999: its check, its birthday, the old ones, the residence permits."""

from datetime import date

import pytest

from shequtong.people.identity import NotAnId, check_character, normalise_id, read_disability, read_id
from shequtong.people.testing import make_id

TODAY = date(2026, 4, 13)


def test_the_standards_own_example() -> None:
    """GB 11643-1999 appendix: 11010519491231002X and 440524188001010014."""
    read = read_id("11010519491231002x", today=TODAY)
    assert (read.number, read.born_on, read.sex, read.region) == ("11010519491231002X", date(1949, 12, 31), "2", "110105")
    assert read_id("440524188001010014", today=TODAY).sex == "1"


def test_old_numbers_become_new_ones() -> None:
    assert read_id("320505490101123", today=TODAY).number[:17] == "32050519490101123"
    assert read_id("320505490101123", today=TODAY).number[17] == check_character("32050519490101123")
    assert read_id("110105901231997", today=TODAY).born_on == date(1890, 12, 31), "kept for who was born before 1900"
    assert normalise_id(" 320505490101123 ") == read_id("320505490101123").number


def test_residence_permits_say_whence() -> None:
    first = "81000019900101001"
    assert read_id(first + check_character(first), today=TODAY).permit == "HK"


def test_full_width_blanks_and_apostrophes() -> None:
    number = make_id()
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number)
    assert read_id(f"'{wide[:6]} {wide[6:]}\u200b").number == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("32050519900101", "14"),
        ("3.20505E+17", "3.2E"),
        ("320505199001010000", "15"),
        ("110105194912310021", "校验码"),
        ("", "0"),
    ],
)
def test_says_what_is_wrong_and_never_the_number(text: str, why: str) -> None:
    with pytest.raises(NotAnId, match=why) as told:
        read_id(text, today=TODAY)
    assert len(text) < 10 or text not in str(told.value)


def test_a_birthday_that_cannot_be() -> None:
    first = "32050519900230001"
    with pytest.raises(NotAnId, match="出生日期"):
        read_id(first + check_character(first), today=TODAY)
    first = "32050520270101001"
    with pytest.raises(NotAnId, match="出生日期"):
        read_id(first + check_character(first), today=TODAY)


def test_disability_certificates() -> None:
    number = make_id()
    assert read_disability(f"{number}43") == (f"{number}43", "4", "3")
    assert read_disability(f"{number}43B1")[2] == "3"
    for wrong in (number, f"{number}83", f"{number[:-1]}{'0' if number[-1] != '0' else '1'}43"):
        with pytest.raises(NotAnId):
            read_disability(wrong)
