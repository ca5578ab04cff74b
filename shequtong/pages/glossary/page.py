"""The words of one page (一页之词): each is explained where it first stands, in the wording of whose page it is."""

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import reverse

from shequtong.pages.glossary.word import Word

STAFF_PAGES = ("/desk/", "/board/")  # addresses begin with their face


class Explained(NamedTuple):
    """What stands at a word: its name, the explanation, where more is said."""

    name: str
    said: str
    url: str


class PageTerms:
    """What a page explains, each word once. Made anew for each request."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        self._words, self._told = words, set[str]()

    def tell(self, code: str) -> Explained | None:
        """The explanation of a word that this page has not explained yet; None for another, or for no word."""
        word = self._words.get(code)
        if word is None or word.code in self._told:
            return None
        self._told.add(word.code)
        return Explained(str(word.name), str(word.said), f"{reverse('pages:glossary')}#{word.code}")
