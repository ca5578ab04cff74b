"""Numbers of the registry that others ask for (登记数): events in life for the figures, households for the size of grids."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Sum

from shequtong.figures.sources import Source
from shequtong.figures.write import NewDelta
from shequtong.people.counting import MEASURES, of_event
from shequtong.people.models import Home, LifeEvent

_BATCH = 500


def facts(subdistrict_id: int) -> Iterator[NewDelta]:
    """Every delta that the events of this subdistrict amount to."""
    rows = LifeEvent.objects.within(subdistrict_id).only("subdistrict_id", "counted", "recorded_at", "undone_at")
    for event in rows.iterator(chunk_size=500):
        yield from of_event(event)


def households_by_building(subdistrict: int, building_ids: Sequence[int]) -> Mapping[int, int] | None:
    """Households that live in each of these buildings; None where nobody is on record in any. A statement for 500 of them."""
    found: dict[int, int] = {}
    for start in range(0, len(building_ids), _BATCH):
        some = Home.objects.within(subdistrict).filter(building__in=building_ids[start : start + _BATCH])
        rows = some.values("building").annotate(n=Sum("households")).values_list("building", "n")
        found.update({building: n or 0 for building, n in rows})
    return found or None


SOURCES: tuple[Source, ...] = (Source("people", MEASURES, facts),)
