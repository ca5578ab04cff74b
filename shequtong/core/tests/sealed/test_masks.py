"""Masks show what a clerk needs to recognise, and no more."""

import pytest

from shequtong.core.sealed.masks import MASKS, looks_masked


@pytest.mark.parametrize(
    ("kind", "plain", "shown"),
    [
        ("phone", "13812345678", "138****5678"),
        ("phone", "0512-65551234", "0512****1234"),
        ("phone", "0512-65551234转801", "0512****1234"),
        ("phone", "010-65551234", "010****1234"),
        ("phone", "65551234", "****"),
        ("phone", "abc", "****"),
        ("name", "张三", "张*"),
        ("name", "张三丰", "张*"),
        ("name", "欧阳修", "欧阳*"),
        ("name", "欧阳", "欧*"),
        ("name", "买买提·吐尔逊", "买*"),
        ("name", "𠮷野", "𠮷*"),
        ("name", "Smith", "S*"),
        ("id_number", "320505199001011234", "3205**********1234"),
        ("id_number", "32050519900101123X", "3205**********123X"),
        ("id_number", "320505900101123", "3205*******1123"),
        ("id_number", "E12345678", "****"),
        ("address", "枫桥路12号3幢", "枫桥路****"),
        ("address", "12幢", "****"),
        ("text", "他有高血压", "****"),
    ],
)
def test_mask(kind: str, plain: str, shown: str) -> None:
    assert MASKS[kind](plain) == shown
    assert looks_masked(shown, kind)
    assert not looks_masked(plain, kind)


def test_a_message_may_speak_of_a_masked_number() -> None:
    assert not looks_masked("您尾号138****5678的反映已受理", "text")
