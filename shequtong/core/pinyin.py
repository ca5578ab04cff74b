"""Pinyin keys (拼音排序键): what Chinese names sort by and are found by, stored beside the name."""

from functools import lru_cache

LONGEST = 240


@lru_cache(maxsize=8192)
def pinyin_key(name: str) -> str:
    """The syllables of a name, lower case, separated by blanks: 名城花园 -> "ming cheng hua yuan". Other characters stay as they are.

    Place and office names only: surnames have readings of their own (dependencies.md §8), so people keep an editable field.
    """
    from pypinyin import lazy_pinyin  # 80 ms to import, needed only where names are written

    return " ".join("".join(part.split()).lower() for part in lazy_pinyin(name) if part.strip())[:LONGEST]


def initials(key: str) -> str:
    """The first letters of a pinyin key: "ming cheng hua yuan" -> "mchy"."""
    return "".join(syllable[0] for syllable in key.split())
