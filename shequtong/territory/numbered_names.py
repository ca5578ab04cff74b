"""Names that are numbered (网格序名): 第四网格 after 第三网格. Pure; the names are data of the place."""

import re
from collections.abc import Collection

_DIGITS = "零一二三四五六七八九"
_NUMBERED = re.compile(r"(.*第)([0-9]+|[一二三四五六七八九十]+)(网格.*)")


def next_name(taken: Collection[str]) -> str:
    """第四网格 after 第三网格, in the way the others are numbered."""
    found = [match for name in taken if (match := _NUMBERED.fullmatch(name))]
    numbers = [_number(match[2]) for match in found]
    last = found[numbers.index(max(numbers))] if found else None
    number, arabic = max(numbers, default=len(taken)) + 1, last is not None and last[2].isascii()
    before, after = (last[1], last[3]) if last else ("第", "网格")
    return f"{before}{number if arabic else _in_words(number)}{after}"


def _number(text: str) -> int:
    if text.isascii():
        return int(text[:6])
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.find(text[0])
    return (_DIGITS.find(tens[0]) if tens else 1) * 10 + (_DIGITS.find(ones[0]) if ones else 0)


def _in_words(number: int) -> str:
    """十二 for 12; from a hundred on in figures."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones or not tens else ''}"
