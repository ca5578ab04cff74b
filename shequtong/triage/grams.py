"""The grams of a text (字元组): every run of one to three characters, as a number that needs no dictionary. Pure.

Three code points of 21 bits each fit into 63, so a gram is its own key and a sorted array is the whole vocabulary.
"""

import unicodedata

import numpy as np
from numpy.typing import NDArray

LONGEST = 3  # characters of a gram
LONGEST_TEXT = 5000  # characters looked at
_BITS = 21

Keys = NDArray[np.uint64]


def plain(text: str) -> str:
    """As training saw it: one width, lower case, no blanks (the segmented texts have some where others have none)."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()
    return "".join(letter for letter in folded if letter != "\0" and not letter.isspace())[:LONGEST_TEXT]


def grams_at(said: str) -> list[Keys]:
    """Keys of the grams that begin at each character, one array a length. `said` is plain."""
    points = np.frombuffer(said.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    found, key = [], points
    for length in range(1, LONGEST + 1):
        if length > 1:
            key = key[:-1] | (points[length - 1 :] << np.uint64(_BITS * (length - 1)))
        if not len(key):
            break
        found.append(key)
    return found


def key_of(gram: str) -> int:
    """The key of one gram, as `grams_at` reckons it."""
    return sum(ord(letter) << (_BITS * place) for place, letter in enumerate(gram))
