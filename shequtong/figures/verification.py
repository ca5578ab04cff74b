"""Verification (核对): folded and new counts of one subdistrict together, against what its facts amount to, key by key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from shequtong.figures.deltas import Key, NewDelta
from shequtong.figures.models import EVER, Delta, Total
from shequtong.figures.sources import Source, sources

_CHUNK = 2000
_KEY = "measure, day, unit_path, station_id, stage, class_code"
_OF_EVER = _KEY.replace("day", "{ever} AS day")
# Facts and figures key by key within the database; the last row is how many keys there were.
_COMPARED = """
WITH fact AS (SELECT {key}, SUM(n) AS n FROM ({statement}) AS told GROUP BY {key}),
both_sides AS (
  SELECT {key}, n AS facts, 0 AS figures FROM fact
  UNION ALL SELECT {of_ever}, n, 0 FROM fact
  UNION ALL SELECT {key}, 0, n FROM {total} WHERE subdistrict_id = %s AND measure IN ({measures})
  UNION ALL SELECT {key}, 0, n FROM {delta} WHERE subdistrict_id = %s AND measure IN ({measures})
  UNION ALL SELECT {of_ever}, 0, n FROM {delta} WHERE subdistrict_id = %s AND measure IN ({measures})
),
compared AS (SELECT {key}, SUM(facts) AS facts, SUM(figures) AS figures FROM both_sides GROUP BY {key})
SELECT {key}, facts, figures FROM compared WHERE facts <> figures
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, COUNT(*), 0 FROM compared
"""


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
            if source.statement is not None:
                yield from self._compared(source, *source.statement(self.subdistrict_id))
                continue
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

    def _compared(self, source: Source, statement: str, values: list[Any]) -> list[Difference]:
        """The differences of a source that is one statement, by key; nothing else leaves the database."""
        postgresql = connection.vendor == "postgresql"
        sql = _COMPARED.format(
            key=_KEY,
            of_ever=_OF_EVER.format(ever="CAST(%s AS date)" if postgresql else "%s"),
            statement=statement,
            total=Total._meta.db_table,
            delta=Delta._meta.db_table,
            measures=", ".join(["%s"] * len(source.measures)),
        )
        ever = EVER.isoformat()
        ours: list[Any] = [self.subdistrict_id, *source.measures]
        with connection.cursor() as cursor:
            if postgresql:
                cursor.execute(
                    "SELECT set_config('work_mem', '256MB', true)"
                )  # for this transaction: millions of keys are sorted
            cursor.execute(sql, [*values, ever, *ours, *ours, ever, *ours])
            rows = cursor.fetchall()
        if unknown := {row[0] for row in rows} - {None, *source.measures}:
            raise ValueError(f"{sorted(unknown)} of the facts are none of the measures of {source}")
        self.keys += next(int(row[-2]) for row in rows if row[0] is None)
        found = [
            Difference(Key(self.subdistrict_id, measure, _day(day), *rest), int(facts), int(figures))
            for measure, day, *rest, facts, figures in rows
            if measure is not None
        ]
        return sorted(found, key=lambda each: each.key)

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


def _day(value: date | str) -> date:
    """SQLite gives text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
