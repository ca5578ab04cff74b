"""Verification (核对): folded and new counts of one subdistrict together, against what its facts amount to, key by key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shequtong.figures.deltas import Key, NewDelta
from shequtong.figures.models import EVER, Delta, Total
from shequtong.figures.sources import Source, sources

_CHUNK = 2000


@dataclass(frozen=True)
class Difference:
    """A key whose count is not what the facts say. `claimed` is False when no source knows the measure: nothing can be said about it."""

    key: Key
    facts: int
    figures: int
    claimed: bool = True

    def line(self) -> str:
        """One line for the screen; the day is "ever" for the sum over all days."""
        parts = ("ever" if part == EVER else str(part) or "-" for part in self.key)
        shown = "\t".join(parts)
        return f"{shown}\tfacts {self.facts if self.claimed else '?'}\tfigures {self.figures}"


class Verification:
    """One pass over one subdistrict, in the caller's snapshot. `keys` counts what was compared."""

    def __init__(self, subdistrict_id: int, of: Iterable[Source] | None = None) -> None:
        self.subdistrict_id = subdistrict_id
        self._sources = tuple(sources() if of is None else of)
        self.keys = 0

    def differences(self) -> Iterator[Difference]:
        """Source by source, so that only one source's keys are in memory; then the measures that no source claims."""
        for source in self._sources:
            facts = self._facts(source)
            figures = self._figures(source.measures)
            for key in sorted(facts.keys() | figures.keys()):
                self.keys += 1
                if facts.get(key, 0) != figures.get(key, 0):
                    yield Difference(key, facts.get(key, 0), figures.get(key, 0))
        unclaimed = self.measures() - {measure for source in self._sources for measure in source.measures}
        for key, n in sorted(self._figures(tuple(sorted(unclaimed))).items()):
            self.keys += 1
            if n:
                yield Difference(key, 0, n, claimed=False)

    def _facts(self, source: Source) -> dict[Key, int]:
        sums: dict[Key, int] = defaultdict(int)
        for delta in source.facts(self.subdistrict_id):
            self._check(source, delta)
            sums[delta.key] += delta.n
            sums[delta.key._replace(day=EVER)] += delta.n
        return sums

    def _check(self, source: Source, delta: NewDelta) -> None:
        if delta.measure not in source.measures or delta.subdistrict_id != self.subdistrict_id:
            raise ValueError(
                f"source {source.name} yielded {delta.measure} of place {delta.subdistrict_id}, which is not its to give"
            )

    def _figures(self, measures: tuple[str, ...]) -> dict[Key, int]:
        sums: dict[Key, int] = defaultdict(int)
        if not measures:
            return sums
        for model in (Total, Delta):
            rows = model.objects.filter(subdistrict=self.subdistrict_id, measure__in=measures).values_list(*Key._fields, "n")
            for *columns, n in rows.iterator(chunk_size=_CHUNK):
                key = Key(*columns)
                sums[key] += n
                if model is Delta:
                    sums[key._replace(day=EVER)] += n
        return sums

    def measures(self) -> set[str]:
        """All measures that are counted in the subdistrict."""
        found: set[str] = set()
        for model in (Total, Delta):
            found |= set(model.objects.filter(subdistrict=self.subdistrict_id).values_list("measure", flat=True).distinct())
        return found
