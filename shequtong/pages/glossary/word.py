"""What an explanation is made of (词条): its anchor, its name as pages say it, a sentence or two, and how it is counted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise, lazystr

from shequtong.access import roles
from shequtong.cases.flow import Rules
from shequtong.core.clock import ClockKind, Light, wording


@dataclass(frozen=True)
class Word:
    """A word of the domain. `counted` says the rule behind it in the figures of a place; None where there is none."""

    code: str
    name: object
    said: Promise
    counted: Callable[[Rules], str] | None = None


@dataclass(frozen=True)
class Group:
    """Words that belong together."""

    code: str
    title: Promise
    words: tuple[Word, ...]


class _Later:
    """Words that are asked for when they are shown: in the reader's language, from the tables in force."""

    def __init__(self, say: Callable[[], str]) -> None:
        self._say = say

    def __str__(self) -> str:
        return self._say()


def role_name(code: str) -> Promise:
    """A role as the table of roles calls it."""
    return lazystr(_Later(lambda: str(roles.table().roles[code].label)))


def light_word(light: Light) -> Promise:
    """A light as lists say it."""
    return lazystr(_Later(lambda: wording.light_name(light)))


def kind_word(kind: ClockKind) -> Promise:
    """A clock as forms call it."""
    return lazystr(_Later(lambda: wording.kind_name(kind)))
