"""Households of buildings (户数): counted by the area that knows them, by rooms until there is one; and the size a grid should have."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from shequtong.territory.models import Building

# 中央政法委、GB/T 34300: a grid of a city community has 300 to 500 households (standards.md of the shared material).
FEWEST, MOST = 300, 500
Counts = Callable[[int, Sequence[int]], Mapping[int, int]]
_BATCH = 500


@cache
def _registered() -> Counts | None:
    """The hook that `settings.HOUSEHOLD_COUNT` names: households by building of a subdistrict. Who knows people lies above."""
    return import_string(settings.HOUSEHOLD_COUNT) if settings.HOUSEHOLD_COUNT else None


def counts_households() -> bool:
    """Whether households are counted, and not rooms in their place."""
    return _registered() is not None


def households_by_building(subdistrict: int, building_ids: Sequence[int]) -> Mapping[int, int]:
    """How many households each of these buildings has; its rooms while nobody counts households. A statement for 500 of them."""
    if (registered := _registered()) is not None:
        return registered(subdistrict, building_ids)
    found: dict[int, int] = {}
    for start in range(0, len(building_ids), _BATCH):
        rows = Building.objects.within(subdistrict).filter(pk__in=list(building_ids[start : start + _BATCH]))
        found.update(rows.values_list("id", "room_count"))
    return found
