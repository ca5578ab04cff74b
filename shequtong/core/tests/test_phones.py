"""Telephone numbers come in many spellings and are kept in one; what cannot be called is refused in plain words."""

import pytest

from shequtong.core.phones import NotAPhone, is_mobile, normalise_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("+8613812345678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("＋８６－１３８１２３４５６７８", "13812345678"),
        ("0512-65551234", "0512-65551234"),
        ("051265551234", "0512-65551234"),
        ("(0512) 6555 1234", "0512-65551234"),
        ("（０５１２）６５５５１２３４", "0512-65551234"),
        ("+86 512 6555 1234", "0512-65551234"),
        ("021-62345678", "021-62345678"),
        ("010 65551234", "010-65551234"),
        ("0512-65551234 转 801", "0512-65551234转801"),
        ("0512-65551234x801", "0512-65551234转801"),
    ],
)
def test_one_form(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept
    assert normalise_phone(kept) == kept
    assert is_mobile(kept) == kept.startswith("1")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "12345",
        "12812345678",
        "1381234567",
        "138123456789",
        "65551234",
        "0512-15551234",
        "+1 202 555 0100",
        "138****5678",
        "110",
        "٠١٢٣",
        "1381234567٨",
        "138१२३४५६७८",
        "0512-6555123٤",
    ],
)
def test_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        normalise_phone(typed)
