"""Case numbers: quoted over the phone, mistyped, and still naming one case or none."""

import pytest

from shequtong.cases.numbers import check_character, format_number, parse_number
from shequtong.testing.town import STREET, Town


def test_a_number_reads_back(town: Town) -> None:
    number = format_number("SS", 2026, 123)
    assert number.startswith("SS-2026-000123-")
    parsed = parse_number(number)
    assert parsed is not None
    assert (parsed.place, parsed.year, parsed.serial) == (STREET, 2026, 123)


@pytest.mark.parametrize(
    "spelling", ["ss-2026-000123-{}", "ＳＳ－２０２６－０００１２３－{}", "SS2026000123{}", " SS-2026-000123-{} "]
)
def test_spelling_does_not_matter(town: Town, spelling: str) -> None:
    assert parse_number(spelling.format(check_character("SS2026000123"))) is not None


def test_every_wrong_digit_and_every_swap_is_caught(town: Town) -> None:
    body = "SS2026000123"
    check = check_character(body)
    for at in range(2, len(body)):
        for digit in "0123456789":
            wrong = body[:at] + digit + body[at + 1 :]
            if wrong != body:
                assert check_character(wrong) != check
    for at in range(2, len(body) - 1):
        swapped = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
        if swapped != body:
            assert check_character(swapped) != check


@pytest.mark.parametrize(("shown", "typed"), [("I", "1"), ("1", "I"), ("O", "0"), ("0", "O")])
def test_a_check_character_that_is_misread_still_names_its_case(town: Town, shown: str, typed: str) -> None:
    serial = next(one for one in range(200) if format_number("SS", 2026, one).endswith(shown))
    number = format_number("SS", 2026, serial)
    parsed = parse_number(number[:-1] + typed)
    assert parsed is not None
    assert (parsed.place, parsed.serial) == (STREET, serial)


def test_letters_read_for_digits_are_digits(town: Town) -> None:
    number = format_number("SS", 2026, 101)
    parsed = parse_number(number.replace("000101", "oooIol"))
    assert parsed is not None
    assert parsed.serial == 101


@pytest.mark.parametrize(
    "text", ["", "SS", "SS-2026-000123-?", "XX-2026-000123-A", "'; DROP TABLE", "9" * 500, "SS-١٢٣٤-000123-C", "SS-2026-०००१२३-C"]
)
def test_nonsense_names_nothing(town: Town, text: str) -> None:
    assert parse_number(text) is None
