"""How well a setting of the look-up finds the duplicates a city marked (查重评测): precision, recall, F1 over a sweep, earlier and later part apart."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np

from shequtong.interchange.management.duplicate_pairs import Pairs

METRES, DAYS = (1, 10, 25, 50, 100, 200), (0, 1, 3, 7, 14, 30, 60)
ALIKE, SAME_NATURE = (0.0, 0.5, 0.7, 0.9), (False, True)


@dataclass(frozen=True)
class Setting:
    """What an earlier request must be to be offered: within metres and days, its words so much alike, of the same finer class."""

    metres: float
    days: float
    alike: float = 0.0
    same_nature: bool = False


@dataclass(frozen=True)
class Score:
    """Of `offered` requests `right` are marked; `marked` there are."""

    offered: int
    right: int
    marked: int

    @property
    def precision(self) -> float:
        """Share of those offered that the city marked."""
        return self.right / self.offered if self.offered else 0.0

    @property
    def recall(self) -> float:
        """Share of those marked that were offered."""
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / (self.offered + self.marked) if self.offered + self.marked else 0.0

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {**asdict(self), **{name: round(share, 4) for name, share in shares.items()}}


@dataclass(frozen=True)
class Scored:
    """One setting over the earlier and the later part."""

    setting: Setting
    train: Score
    test: Score


def split_at(pairs: Pairs, share: float) -> int:
    """The index of the first request of the later part: a day is never divided."""
    if not len(pairs.created):
        return 0
    border = pairs.created[min(int(len(pairs.created) * share), len(pairs.created) - 1)]
    return int(np.searchsorted(pairs.created, border))


def scored(pairs: Pairs, setting: Setting, border: int) -> Scored:
    """Both parts under one setting."""
    fits = (pairs.metres <= setting.metres) & (pairs.days <= setting.days) & (pairs.alike >= setting.alike)
    if setting.same_nature:
        fits &= pairs.same_nature
    offered = np.zeros(len(pairs.marked), dtype=bool)
    offered[pairs.at[fits]] = True
    parts = (slice(0, border), slice(border, None))
    train, test = (
        Score(int(offered[part].sum()), int((offered[part] & pairs.marked[part]).sum()), int(pairs.marked[part].sum()))
        for part in parts
    )
    return Scored(setting, train, test)


def sweep(pairs: Pairs, border: int) -> Iterator[Scored]:
    """Every setting of the sweep."""
    for setting in product(METRES, DAYS, ALIKE, SAME_NATURE):
        yield scored(pairs, Setting(*setting), border)


def best(found: list[Scored]) -> Scored:
    """By F1 on the earlier part alone; the later part is not looked at."""
    return max(found, key=lambda one: one.train.f1)
