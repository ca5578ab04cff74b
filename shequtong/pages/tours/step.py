"""A step of a tour (引导步骤): what to do, on which page, and what of it is meant."""

from dataclasses import dataclass

from django.utils.functional import Promise

from shequtong.cases.workflow import Stage


@dataclass(frozen=True)
class Place:
    """A page of the desk: its address, who may open it (any of these permissions; none named: every post).

    With stages the page is the first case within reach at one of them; while there is none, the list of them.
    """

    name: str
    query: str = ""
    needs: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True)
class Step:
    """One thing a post does in the morning; `mark` names what is outlined on its page (`{% pointed %}`)."""

    title: Promise
    text: Promise
    place: Place
    mark: str
