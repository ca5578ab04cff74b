"""The words of the domain explained (名词解释): the one source for the glossary page and for what is said at a word on any page.

Two sets: what staff work with, and the words residents meet, in their wording. A code is an anchor of `/glossary/` and may stand in both.
"""

from collections.abc import Iterable

from shequtong.cases.flow import DEFAULT, Rules, flow_of
from shequtong.cases.shown import LIGHT_LOOKS
from shequtong.cases.workflow import PUBLIC_STAGES, Stage
from shequtong.core.pinyin import initials, pinyin_key
from shequtong.pages.glossary import moves, papers, people, places, stages, time
from shequtong.pages.glossary.page import STAFF_PAGES, PageTerms
from shequtong.pages.glossary.residents import RESIDENTS
from shequtong.pages.glossary.word import Group, Word

__all__ = ["RESIDENTS", "STAFF", "Group", "PageTerms", "Word", "found", "rules_for", "said_of", "terms_of_page"]

STAFF: tuple[Group, ...] = (stages.WORDS, time.WORDS, moves.WORDS, people.WORDS, places.WORDS, papers.WORDS)


def _by_code(groups: Iterable[Group]) -> dict[str, Word]:
    return {word.code: word for group in groups for word in group.words}


def _of_staff() -> dict[str, Word]:
    """By code; a light also by the tone it is shown in."""
    words = _by_code(STAFF)
    return words | {f"light-{tone}": words[f"light-{light}"] for light, (_shape, tone) in LIGHT_LOOKS.items()}


def _of_residents() -> dict[str, Word]:
    """By code; stages that residents know by one word all lead to it."""
    words = _by_code(RESIDENTS)
    public = {str(PUBLIC_STAGES[stage]): words[f"stage-{stage}"] for stage in Stage if f"stage-{stage}" in words}
    return words | {f"stage-{stage}": public[str(PUBLIC_STAGES[stage])] for stage in Stage}


_OF_STAFF, _OF_RESIDENTS = _of_staff(), _of_residents()


def terms_of_page(path: str) -> PageTerms:
    """The words of the page with this address. No statement."""
    return PageTerms(_OF_STAFF if path.startswith(STAFF_PAGES) else _OF_RESIDENTS)


def said_of(code: str) -> object:
    """The explanation of a word of staff."""
    return _OF_STAFF[code].said


def rules_for(subdistrict: int | None) -> Rules:
    """The figures to explain by: of a subdistrict, else those that hold where nothing was published. No statement."""
    return flow_of(subdistrict) if subdistrict else DEFAULT


def found(groups: Iterable[Group], said: str) -> list[Group]:
    """The words that `said` is a part of, by name, explanation or initials; all of them when nothing is said."""
    wanted = "".join(said.split()).casefold()
    kept = (Group(group.code, group.title, tuple(word for word in group.words if _fits(word, wanted))) for group in groups)
    return [group for group in kept if group.words]


def _fits(word: Word, wanted: str) -> bool:
    name = str(word.name)
    text = "".join(f"{name}{word.said}".split()).casefold()
    return wanted in text or (wanted.isascii() and initials(pinyin_key(name)).startswith(wanted))
