"""A door as people write it."""

import pytest

from shequtong.people.door_text import Said, read_door


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("501", Said("", "", None, None, "501")),
        ("1单元501室", Said("", "", None, 1, "501")),
        ("3幢 1单元 501", Said("3幢", "", 3, 1, "501")),
        ("馨泰花园3幢501", Said("馨泰花园3幢", "馨泰花园", 3, None, "501")),
        ("枫桥路12号3幢 2单元 A01", Said("枫桥路12号3幢", "枫桥路12号", 3, 2, "A01")),
        ("", None),
        ("不知道", None),
    ],
)
def test_what_a_text_names(text: str, said: Said | None) -> None:
    assert read_door(text) == said
