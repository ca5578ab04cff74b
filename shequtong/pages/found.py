"""Why a case was found (命中片段): the words looked for, marked in a piece of its title, text or address."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_AROUND = 18  # characters on either side of the first word
_MOST_WORDS = 5


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was looked for."""

    text: str
    hit: bool


def pieces(words: Sequence[str], texts: Sequence[str]) -> list[Piece]:
    """Of the texts that hold a word a piece around the first, each once; the words marked. Pure."""
    wanted = _any_of(words)
    left, found = {word.casefold() for word in words[:_MOST_WORDS]}, list[Piece]()
    for text in texts:
        hit = next((one for one in wanted.finditer(text) if one.group().casefold() in left), None) if words else None
        if hit is None:
            continue
        start, end = max(hit.start() - _AROUND, 0), min(hit.end() + 2 * _AROUND, len(text))
        part = " ".join(text[start:end].split())
        left -= {one.group().casefold() for one in wanted.finditer(part)}
        if found:
            found.append(Piece(" · ", False))
        found += _marked(f"{'…' if start else ''}{part}{'…' if end < len(text) else ''}", wanted)
    return found


def marked(words: Sequence[str], text: str) -> list[Piece]:
    """All of a text, the words marked. Pure."""
    return _marked(text, _any_of(words)) if words else [Piece(text, False)]


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words[:_MOST_WORDS], key=len, reverse=True)), re.IGNORECASE)


def _marked(text: str, wanted: re.Pattern[str]) -> list[Piece]:
    found, cursor = list[Piece](), 0
    for one in wanted.finditer(text):
        found += [Piece(text[cursor : one.start()], False), Piece(one.group(), True)]
        cursor = one.end()
    return [one for one in (*found, Piece(text[cursor:], False)) if one.text]
