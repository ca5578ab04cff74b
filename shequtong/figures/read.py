"""Reading counts (读数): folded totals and the deltas not yet folded, together, in one statement, so that a fold between is never seen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import F, Q, QuerySet, Sum

from shequtong.core.actors import subtree
from shequtong.figures.models import EVER, Delta, Total

Column = Literal["subdistrict_id", "measure", "day", "unit_path", "station_id", "stage", "class_code"]


@dataclass(frozen=True)
class Part:
    """Some measures on some days (both ends inclusive; None: all days together), added or, `times` -1, taken away."""

    measures: str | Iterable[str]
    days: tuple[date, date] | None = None
    times: int = 1


def counts(
    subdistricts: int | Iterable[int],
    measures: str | Iterable[str],
    *,
    by: tuple[Column, ...] = (),
    under: str = "",
    station: int | None = None,
    stage: str | Iterable[str] | None = None,
    class_code: str | None = None,
    days: tuple[date, date] | None = None,
) -> dict[tuple[Any, ...], int]:
    """Sums by the values of the columns `by`, e.g. `{("HANDLING",): 4}`; `{(): 4}` without columns. Zeros are left out. One statement.

    `under` is a unit path and takes all below it; `station` 0 is "none"; `days` is inclusive on both ends, days of the subdistrict's
    zone. Without `days` it is the sum over all days, which for a measure that goes up and down is how it stands now.
    """
    told: dict[str, Any] = {"station": station, "stage": stage, "class_code": class_code}
    return counts_of_parts(subdistricts, [Part(measures, days)], by=by, under=under, **told)


def counts_of_parts(
    subdistricts: int | Iterable[int],
    parts: Sequence[Part],
    *,
    by: tuple[Column, ...] = (),
    under: str = "",
    station: int | None = None,
    stage: str | Iterable[str] | None = None,
    class_code: str | None = None,
) -> dict[tuple[Any, ...], int]:
    """As `counts`, of several parts together: what is counted by month and by year, say. One statement, two reads a part."""
    if "day" in by and any(part.days is None for part in parts):
        raise ValueError("counts by day need days=(first, last)")
    reads: list[Any] = []
    for part in parts:
        chosen = _chosen(subdistricts, part.measures, under, station, stage, class_code)
        folded = Q(day=EVER) if part.days is None else Q(day__gte=part.days[0], day__lte=part.days[1])
        fresh = Q() if part.days is None else folded
        reads += [
            _summed(rows, by, part.times) for rows in (Total.objects.filter(chosen, folded), Delta.objects.filter(chosen, fresh))
        ]
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in reads[0].union(*reads[1:], all=True):
        sums[row[: len(by)]] += row[-1]
    return {key: n for key, n in sums.items() if n}


def total(subdistricts: int | Iterable[int], measures: str | Iterable[str], **filters: Any) -> int:
    """One number: `counts` without columns."""
    return counts(subdistricts, measures, **filters).get((), 0)


def _summed(rows: QuerySet[Any], by: tuple[Column, ...], times: int) -> Any:
    # Without a column to group by, an aggregate over nothing would give a row of NULL.
    columns = rows.values_list(*(by or ("measure",)))
    return columns.annotate(amount=Sum("n") if times == 1 else Sum(F("n") * times)).order_by()


def _chosen(
    subdistricts: int | Iterable[int],
    measures: str | Iterable[str],
    under: str,
    station: int | None,
    stage: str | Iterable[str] | None,
    class_code: str | None,
) -> Q:
    chosen = _is("subdistrict", subdistricts) & _is("measure", measures)
    if under:
        first, end = subtree(under)
        chosen &= Q(unit_path__gte=first, unit_path__lt=end)
    if station is not None:
        chosen &= Q(station_id=station)
    if stage is not None:
        chosen &= _is("stage", stage)
    if class_code is not None:
        chosen &= Q(class_code=class_code)
    return chosen


def _is(column: str, value: int | str | Iterable[int] | Iterable[str]) -> Q:
    return Q(**{column: value}) if isinstance(value, int | str) else Q(**{f"{column}__in": sorted(value)})
