"""What a message is about (消息所述事项): the areas above say it, and whether the matter has moved on since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shequtong.core.actors import Actor


@dataclass(frozen=True)
class Matter:
    """A matter as an inbox names it: what and where in short, how it stands now and since when."""

    words: str
    now: str
    since: datetime


MattersOf = Callable[[Actor, Sequence[str]], dict[str, Matter]]
_asked: list[MattersOf] = []


def register_matters(find: MattersOf) -> None:
    """`find(actor, links)` gives by link what this actor may read of it; called in `AppConfig.ready` of the area that has such pages."""
    if find not in _asked:
        _asked.append(find)


def matters_of(actor: Actor, links: Sequence[str]) -> dict[str, Matter]:
    """The matters that messages lead to. One statement for each area that has some of them."""
    return {link: matter for find in _asked for link, matter in find(actor, links).items()}
