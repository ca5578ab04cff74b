"""Reading counts (读数): folded totals and the deltas not yet folded, together, in one statement, so that a fold between is never seen."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.db.models import Q, QuerySet, Sum

from shequtong.core.actors import subtree
from shequtong.figures.models import EVER, Delta, Total

Column = Literal["subdistrict_id", "measure", "day", "unit_path", "station_id", "stage", "class_code"]


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
    if "day" in by and days is None:
        raise ValueError("counts by day need days=(first, last)")
    chosen = _chosen(subdistricts, measures, under, station, stage, class_code)
    folded = Q(day=EVER) if days is None else Q(day__gte=days[0], day__lte=days[1])
    fresh = Q() if days is None else folded
    both = _summed(Total.objects.filter(chosen, folded), by).union(_summed(Delta.objects.filter(chosen, fresh), by), all=True)
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in both:
        sums[tuple(row[column] for column in by)] += row["amount"]
    return {key: n for key, n in sums.items() if n}


def total(subdistricts: int | Iterable[int], measures: str | Iterable[str], **filters: Any) -> int:
    """One number: `counts` without columns."""
    return counts(subdistricts, measures, **filters).get((), 0)


def _summed(rows: QuerySet[Any], by: tuple[Column, ...]) -> Any:
    # Without a column to group by, an aggregate over nothing would give a row of NULL.
    columns = rows.values(*(by or ("measure",)))
    return columns.annotate(amount=Sum("n")).order_by()


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
