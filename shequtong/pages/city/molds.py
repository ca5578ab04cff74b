"""Molds (样本案件): some hundred lives played by the use-cases in the largest subdistrict, as the full demo's stories have them.

A cast repeats a mold row by row, so what is cast was once allowed by the rules, move by move. Left out are stories that bind two cases
together or end at the door, and classes whose handling must show a photo.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import numpy as np

from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.gathered import gathering
from shequtong.pages.city.pattern import Pattern
from shequtong.pages.city.people import People
from shequtong.pages.city.place import Street
from shequtong.pages.demo.full import moves, moves_between, moves_reporters
from shequtong.pages.demo.full.life import Life
from shequtong.pages.demo.full.photos import Album
from shequtong.pages.demo.full.play import go, told
from shequtong.pages.demo.full.staff import Staff
from shequtong.pages.demo.full.stories import STORIES, by_weight, pick
from shequtong.pages.demo.full.texts import MATTERS

_BINDS = {
    *(moves_reporters.join, moves_reporters.merge, moves_reporters.unmerge, moves_reporters.correct, moves_reporters.withdraw),
    *(moves.refuse, moves.void, moves_between.ask_reporter, moves_between.appeal),
}
_CHANNELS = (("staff", 12), ("window", 6), ("phone", 16), ("account", 8), ("resident", 58))
_DAYS = 84  # before now in which ended molds begin; open ones in the last three days
_OPEN_DAYS = 3
MOST, LEAST = 320, 40
_CASES_A_MOLD = 150


@dataclass(frozen=True)
class Played:
    """The molds by what became of them."""

    ended: list[Case]
    open: list[Case]


def how_many(cases: int) -> int:
    """Molds for so many cases."""
    return max(LEAST, min(MOST, cases // _CASES_A_MOLD))


def play(
    many: int, street: Street, people: People, pattern: Pattern, by: Actor, now: datetime, seed: int, say: Callable[[str], None]
) -> Played:
    """Play `many`, a fifth of them so lately that they are open."""
    staff = Staff([actor for crew in people.crews.values() for actor in crew.everybody().values()])
    worker = people.crews[street.number, 0].roles["grid_worker"].in_use
    assert worker is not None  # has the first grid
    buildings = [one for one in street.buildings if one.grid_path == worker.path]
    stories = [(weight, story) for weight, story in STORIES if not _BINDS & set(story)]
    matters = [one for one in MATTERS if _needs_no_photo(one.code)]
    weights, of_matters = by_weight(tuple(weight for weight, _story in stories)), by_weight(tuple(one.weight for one in matters))
    of_channels = by_weight(tuple(weight for _name, weight in _CHANNELS))
    numbers = np.random.default_rng(seed)
    recent = max(8, many // 5)
    begins = pattern.begins(numbers, many - recent, now, _DAYS) + pattern.begins(numbers, recent, now, _OPEN_DAYS)
    album = Album(street.number, by)
    for n, begin in enumerate(begins):
        dice = Random(seed * 1_000_003 + n)  # noqa: S311  # a story, not a secret
        matter, building = matters[pick(of_matters, dice.random())], dice.choice(buildings)
        text = dice.choice(matter.told).format(b=building.name, e=f"{dice.randint(1, 3)}单元", n=dice.randint(2, 9))
        channel = _CHANNELS[pick(of_channels, dice.random())][0]
        new: dict[str, Any] = {"class_code": matter.code, "text": text, "building_id": building.pk}
        with gathering(), usecases.unheard():
            case = told(new, channel, n, building, staff, album, people.residents, (), begin, matter, dice)
            with usecases.at_hand(case):
                go(Life(case, matter, staff, album, begin, now, dice), stories[pick(weights, dice.random())][1])
    cases = list(Case.objects.filter(subdistrict=street.number).order_by("id"))
    ended = [case for case in cases if case.stage == Stage.CLOSED and case.step_count >= 5]
    still = [case for case in cases if case.stage in OPEN_STAGES and case.reported_at > now - timedelta(days=_DAYS // 2)]
    say(f"  {len(cases)} lives played: {len(ended)} ended, {len(still)} open")
    return Played(ended, still)


def _needs_no_photo(code: str) -> bool:
    kind = catalogue().by_code.get(code)
    return kind is not None and bool(kind.standards) and not any(one.after_photo_required for one in kind.standards)
