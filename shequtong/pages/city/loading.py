"""Loading (装载): plans each subdistrict, and copies what is filled while the next block is being made on the other processor."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

import numpy as np
from django.db.models import Model

from shequtong.audit.models import Seal
from shequtong.cases.grams import grams_of
from shequtong.cases.models import Case
from shequtong.core.bulk import bare_tables, copy_lines, twins_of
from shequtong.core.locality.blocks import ID_BLOCK, IDS, reserve
from shequtong.figures.models import Total
from shequtong.pages.city.casts import Cast, Swap, cast_of
from shequtong.pages.city.filling import Filler, Plan, Text
from shequtong.pages.city.molds import Played
from shequtong.pages.city.pattern import Pattern
from shequtong.pages.city.people import People
from shequtong.pages.city.place import Street
from shequtong.pages.city.rows import Rows, Unfit, read, tables

OPEN_SHARE = 0.02
LONGEST_ADDRESS = 20  # grams of it
_JITTER, _OPEN_JITTER = 1800, 3 * 86_400  # seconds a cast lies before its mold, beside whole weeks
_EIGHT_HOURS = 8 * 3600


@dataclass
class Loaded:
    """What a load wrote: rows by table, seconds, and rows a second of a bare COPY of the same lines (0: not measured)."""

    cases: int = 0
    open: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    bare_rate: float = 0.0
    beside: float = 0.0  # seconds that measuring it took
    seals: list[Seal] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Rows a second, from making them to the last index."""
        return self.rows.total() / self.seconds if self.seconds else 0.0


def load(
    streets: list[Street], people: People, played: Played, pattern: Pattern, now: datetime, seed: int, say: Callable[[str], None]
) -> Loaded:
    """Fill every subdistrict; the molds count among the cases of the first."""
    began, found = time.monotonic(), Loaded(cases=Case.objects.filter(subdistrict=streets[0].number).count())
    wanted = sum(street.size.cases for street in streets)
    models: list[type[Model]] = [*tables(), Seal, Total]
    ended = _rows_of(played.ended)
    molds = Molds([*ended, *_rows_of(played.open)], len(ended), streets[0], people)
    loader = _Loader(molds, pattern, now, np.random.default_rng(seed + 1), found)
    with twins_of(models) as loader.twins, bare_tables(models):
        for street in streets:
            loader.fill(street, street.size.cases - found.cases if street is streets[0] else street.size.cases)
            say(f"  {found.cases:,} of {wanted:,} cases, {found.rows.total():,} rows, {time.monotonic() - began:.0f} s")
        say("Indexes and keys …")
    found.seconds = time.monotonic() - began - found.beside
    return found


def _rows_of(cases: list[Case]) -> list[Rows]:
    found = []
    for case in cases:
        try:
            found.append(read(case))
        except Unfit:
            continue
    return found


@dataclass(frozen=True)
class Molds:
    """The lives to be cast, those that ended first; where they were played, and by whom."""

    rows: list[Rows]
    ended: int
    street: Street
    people: People

    def casts(self, street: Street, times: list[int], now: datetime) -> list[list[Cast | None]]:
        """For each precinct of a street, the molds that are used there."""
        ours, stamp = self.people.crews[self.street.number, 0].everybody(), now.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00")
        stations = {station.id: street.stations[agency].id for agency, station in self.street.stations.items()}
        found: list[list[Cast | None]] = []
        for precinct in range(len(street.precincts)):
            swap = Swap.between(street.number, stations, ours, self.people.crews[street.number, precinct].everybody())
            found.append([cast_of(rows, swap, stamp) if n else None for rows, n in zip(self.rows, times, strict=True)])
        return found

    def ids(self, times: list[int]) -> list[range]:
        """Numbers for all rows of so many casts of each, their grams and seals. A life's stand in a row, so of each thousand some are left over."""
        grams = [len(grams_of(rows.case.text, rows.case.title)) + LONGEST_ADDRESS for rows in self.rows]
        used = sum((rows.ids + found) * n for rows, found, n in zip(self.rows, grams, times, strict=True))
        entries = sum(rows.entries * n for rows, n in zip(self.rows, times, strict=True))
        longest = max(*(rows.ids for rows in self.rows), *grams)
        return reserve(IDS, int((used + entries // 100 + ID_BLOCK) / (1 - longest / ID_BLOCK)) + ID_BLOCK)


@dataclass
class _Loader:
    molds: Molds
    pattern: Pattern
    now: datetime
    dice: np.random.Generator
    found: Loaded
    twins: Callable[[Text], float] | None = None

    def fill(self, street: Street, many: int) -> None:
        """All of one subdistrict: its cases, the seals of its log, its figures."""
        plan, found = _plan(street, max(0, many), self.molds, self.pattern, self.now, self.dice), self.found
        times = np.bincount(plan.molds, minlength=len(self.molds.rows)).tolist()
        casts = self.molds.casts(street, times, self.now)
        filler = Filler(street, plan, self.molds.rows, casts, self.molds.ids(times), self.now)
        for cases, text in _ahead(filler.blocks()):
            if self.twins is not None and not found.bare_rate:
                found.beside = self.twins(text)
                found.bare_rate = sum(lines.count("\n") for lines in text.values()) / found.beside
            _copy(text, found)
            found.cases += cases
        filler.chain.close()
        _copy({Seal: "".join(filler.chain.lines)}, found)
        if filler.chain.last is not None:
            found.seals.append(filler.chain.last)
        sums = filler.counts.sums()
        numbers = chain.from_iterable(reserve(IDS, sum(len(keys) for keys, _n in sums) + 1))
        for _n, text in _ahead((0, {Total: lines}) for lines in filler.counts.lines(sums, numbers)):
            _copy(text, found)
        found.open += int((plan.molds >= self.molds.ended).sum())


def _plan(street: Street, many: int, molds: Molds, pattern: Pattern, now: datetime, dice: np.random.Generator) -> Plan:
    ended = molds.ended
    still = len(molds.rows) - ended
    is_open = dice.random(many) < (OPEN_SHARE if still else 0)
    chosen = np.where(is_open, ended + dice.integers(max(still, 1), size=many), dice.integers(ended, size=many))
    back = np.where(
        is_open,
        dice.integers(_OPEN_JITTER, size=many),
        pattern.weeks_back(dice, many, now) * 7 * 86_400 + dice.integers(_JITTER, size=many),
    )
    begins = np.array([rows.moments[0] for rows in molds.rows])[chosen] - back
    order = np.argsort(begins, kind="stable")
    chosen, back, begins = chosen[order], back[order], begins[order]
    years = (begins + _EIGHT_HOURS).astype("datetime64[s]").astype("datetime64[Y]").astype(int) + 1970
    serials = np.zeros(many, dtype=np.int64)
    for year in np.unique(years).tolist():
        at = np.flatnonzero(years == year)
        (numbers,) = reserve(f"case:{street.number}:{year}", len(at))
        serials[at] = np.arange(numbers.start, numbers.start + len(at))
    return Plan(chosen, back, dice.integers(len(street.buildings), size=many), years, serials)


def _ahead(blocks: Iterator[tuple[int, Text]]) -> Iterator[tuple[int, Text]]:
    """The same, each made while the one before is being written."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = maker.submit(next, blocks, None)
            yield block


def _copy(text: Text, found: Loaded) -> None:
    for model, lines in text.items():
        if lines:
            copy_lines(model, lines)
            found.rows[model._meta.db_table] += lines.count("\n")
