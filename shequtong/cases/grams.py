"""Grams (二元字): every two neighbouring characters of what a case says, as one number, so that words are found along a plain index. Pure.

A number holds both characters, the first in its upper bits: what begins with a character is a range, so that one character is looked for, too.
The last character of a run stands with nothing behind it. A word of Latin letters and a number are one gram each: 12 is not found in 112.
What begins with one of the commonest characters is not kept: it would be a fifth
of all rows and tells no case from another; a word is then found by its other characters, and read in the text itself.

All of a text is kept: of real messages to an office (2,954 of `citizen_messages`, 315 to 382 characters on average, one in three above 300) that is
190 to 220 rows a case instead of the 125 to 130 of its first 300 characters; a short report has as many as before.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

LONGEST = 60  # characters of a search
MOST_WORDS = 5
MOST_GRAMS = 4  # by which one search is looked up; all its words are then read in the text
_BITS = 21  # of a character
_WORDS = 1 << 2 * _BITS  # above all pairs
_TOKEN = re.compile(r"[a-z]+|[0-9]+|.")
_COMMON = frozenset("的了是在我们你您他请和也就都很有这那着与及被把给吧吗呢啊又还")

Range = tuple[int, int]  # first and last gram, both included


def normal(text: str) -> str:
    """Half width, small letters; signs and blanks are one blank: 「12号，3幢」 → "12号 3幢"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in plain).split())


def grams_of(text: str, *others: str) -> set[int]:
    """The grams of a case: of all its text, and of its title and address."""
    return {gram for part in (text, *others) for run in normal(part).split() for gram in _grams(run)}


def words_of(typed: str) -> list[str]:
    """The words somebody looks for, each as it stands in a normal text; what stands between signs is one word with a blank in it."""
    found = dict.fromkeys(word for one in typed.split() if (word := normal(one)))
    return list(found)[:MOST_WORDS]


def ranges_of(words: Iterable[str]) -> list[Range]:
    """Grams that a case saying all these words has, the longest words first; empty where they say nothing that tells cases apart."""
    each = [_ranges(word) for word in sorted(words, key=len, reverse=True)]
    found: list[Range] = []
    for turn in range(MOST_GRAMS):  # one of each word before the second of any
        found += [ranges[turn] for ranges in each if turn < len(ranges)]
    return list(dict.fromkeys(found))[:MOST_GRAMS]


def says(words: Iterable[str], *texts: str) -> bool:
    """Whether the texts say all the words, each within one of them."""
    unseen = [word for word in words if not any(word in text for text in texts)]
    plain = [normal(text) for text in texts] if unseen else []
    return all(any(word in text for text in plain) for word in unseen)


def _grams(run: str) -> Iterable[int]:
    tokens = [*_TOKEN.findall(run), "\0"]
    return (_gram(one, other) for one, other in pairwise(tokens) if one not in _COMMON)


def _ranges(word: str) -> list[Range]:
    """Pairs and whole words where it has any that are kept, else what begins with its characters."""
    runs = [_TOKEN.findall(run) for run in word.split()]
    pairs = [_gram(one, other) for run in runs for one, other in pairwise(run) if one not in _COMMON]
    pairs += [_gram(run[-1], "\0") for run in runs if run and run[-1].isascii()]
    if pairs:
        return [(pair, pair) for pair in _spread(pairs)]
    return [_beginning(one) for one in dict.fromkeys(one for run in runs for one in run) if one not in _COMMON]


def _spread(pairs: list[int]) -> list[int]:
    """Not the neighbours first: 枫桥 and 桥路 say nearly the same."""
    distinct = list(dict.fromkeys(pairs))
    return [*distinct[::2], *distinct[1::2]]


def _gram(one: str, other: str) -> int:
    """Two neighbours; of a word or number in Latin letters or digits all of it, whatever comes behind."""
    if one.isascii():
        return _WORDS + crc32(one.encode())
    return ord(one) << _BITS | ord(other[0])


def _beginning(one: str) -> Range:
    return ord(one) << _BITS, (ord(one) + 1 << _BITS) - 1
