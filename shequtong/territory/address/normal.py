"""One way of writing an address (地址规范化): half width, 幢 for 号楼/栋/座, digits for 三幢; and the grams it is found by. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from shequtong.territory.address.initials import Spelt, numbers, pairs, spelt_out, typed

GRAM_LENGTH = 8  # characters of AddressGram.gram
_DIGITS = {letter: n for n, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# 一号路 and 二号大街 are names; before anything else a number in characters is a number.
_CHINESE_NUMBER = re.compile(
    r"第?([〇零一二两三四五六七八九十百]{1,9})(?=号楼|号(?![大支]?[路街线桥]|大道)|幢|栋|座|单元|室|弄|层|楼(?!下|上|村|镇|桥|路)|门(?!口|面|前))"
)
_BUILDING_WORD = re.compile(r"(?<=[0-9a-z])(?:号楼|幢楼|栋楼|座楼|#楼|#|栋|座)")
_BREAKS = re.compile(r"[\s,;:、。.!?()\[\]{}<>《》【】“”\"'/\\|_·*+=]+")
_DASHES = re.compile(r"(?<=[0-9a-z])\s*[-–—~〜－]+\s*(?=[0-9a-z])")
_TOKEN = re.compile(r"(?<![a-z])[a-z]\d+|[a-z]+|\d+|[\u3400-\u9fff]")
_INITIALS = "~"  # before grams of pinyin initials, so that they never meet the letters of an address


def normal(text: str) -> str:
    """Half width, lower case, digits, 幢; words apart by one blank, numbers joined by "-": ３号楼 -> 3幢, 十二号 -> 12号."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _CHINESE_NUMBER.sub(lambda found: str(number(found[1])), text)
    text = _DASHES.sub("-", text)
    text = _BREAKS.sub(" ", text).strip()
    return _BUILDING_WORD.sub("幢", text)


def number(chinese: str) -> int:
    """A number in Chinese characters: 十二 -> 12, 一百零八 -> 108, 二三 -> 23."""
    if not set(chinese) & {"十", "百"}:
        return int("".join(str(_DIGITS[letter]) for letter in chinese))
    total, digit = 0, 0
    for letter in chinese:
        if letter in "十百":
            # 十二 begins with its unit; a digit before it multiplies
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[letter]
    return total + digit


def tokens(text: str) -> list[list[str]]:
    """The words of a normal text, each a list of characters and whole numbers: 12 is never found in 112."""
    return [_TOKEN.findall(word) for word in text.split()]


def grams_of(texts: Iterable[str], spelt: Spelt | None = None) -> set[str]:
    """What a building is found by: every token and every two neighbours of its texts, and every two initials of its names."""
    found: set[str] = set()
    for text in texts:
        for word in tokens(normal(text)):
            found.update(word, (one + other for one, other in pairwise(word)))
    found.update(_INITIALS + pair for pair in (spelt_out(spelt) if spelt else ()))
    return {gram[:GRAM_LENGTH] for gram in found}


def grams_wanted(text: str) -> set[str]:
    """What to look for: pairs where there are any, since single characters are everywhere; letters are taken as initials too."""
    found: set[str] = set()
    for word in tokens(normal(text)):
        found.update((one + other for one, other in pairwise(word)) if len(word) > 1 else word)
        for token in word:
            if token.isascii() and token.isalpha() and len(token) > 1:
                found.update(_INITIALS + one + other for one, other in pairwise(token))
    if said := typed(text):
        found.update(numbers(said), (_INITIALS + pair for pair in pairs(said)))
    return {gram[:GRAM_LENGTH] for gram in found}


def building_key(name: str) -> str:
    """What tells buildings of one compound apart: 3幢, 3号楼 and 三栋 are all "3", A座 is "a"."""
    return normal(name).replace("幢", "").replace("楼", "").replace(" ", "")


def house_key(house_no: str) -> str:
    """12号 and 12 are "12"; 5弄8号 is "5弄8"."""
    return normal(house_no).removesuffix("号").replace(" ", "")
