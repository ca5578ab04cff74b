"""What is looked for and why a case was found (检索与命中片段): wrong words in a sentence, right ones marked where they stand."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from shequtong.cases.grams import LONGEST, MOST_WORDS, normal, words_of
from shequtong.core.phones import normalise_phone

_AROUND = 18  # characters on either side of the first word


class Why(NamedTuple):
    """Why a case was found: its title with the words marked, and of those that stand elsewhere a piece around them."""

    title: list["Piece"]
    pieces: list["Piece"]


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was looked for."""

    text: str
    hit: bool


def what_is_wrong(text: str) -> str:
    """Why this cannot be looked for, as a sentence; "" where it can."""
    if len(text) > LONGEST:
        return _("At most %(most)s characters can be looked for.") % {"most": LONGEST}
    if any(is_telephone(one) for one in (text, *text.split())):
        return _("A telephone number is not looked for here. Callers are found on the search page, where each look is logged.")
    if not words_of(text):
        return _("Type at least one character, letter or digit; signs alone cannot be looked for.")
    if len({normal(word) for word in text.split()} - {""}) > MOST_WORDS:
        return _("At most %(most)s words can be looked for at once.") % {"most": MOST_WORDS}
    return ""


def is_telephone(text: str) -> bool:
    """Whether it is a number that can be called. Pure."""
    try:
        return bool(normalise_phone(text))
    except ValueError:
        return False


def why_found(typed: str, title: str, *texts: str) -> Why:
    """Of a case that says what somebody typed. Pure."""
    words = typed.split()
    elsewhere = [word for word in words if word.casefold() not in title.casefold()]
    return Why(marked(words, title), pieces(elsewhere, texts))


def pieces(words: Sequence[str], texts: Sequence[str]) -> list[Piece]:
    """Of the texts that hold a word a piece around the first, each once; the words marked. Pure."""
    wanted = _any_of(words)
    left, found = {word.casefold() for word in words[:MOST_WORDS]}, list[Piece]()
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
    return re.compile("|".join(re.escape(word) for word in sorted(words[:MOST_WORDS], key=len, reverse=True)), re.IGNORECASE)


def _marked(text: str, wanted: re.Pattern[str]) -> list[Piece]:
    found, cursor = list[Piece](), 0
    for one in wanted.finditer(text):
        found += [Piece(text[cursor : one.start()], False), Piece(one.group(), True)]
        cursor = one.end()
    return [one for one in (*found, Piece(text[cursor:], False)) if one.text]
