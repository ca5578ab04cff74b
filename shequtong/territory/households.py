"""Households of buildings (户数): counted by the area that knows them, by rooms until there is one; and the size a grid should have."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

# 中央政法委、GB/T 34300: a grid of a city community has 300 to 500 households (standards.md of the shared material).
FEWEST, MOST = 300, 500
Counts = Callable[[int, Sequence[int]], Mapping[int, int] | None]


@cache
def _registered() -> Counts | None:
    """The hook that `settings.HOUSEHOLD_COUNT` names: households by building of a subdistrict, None where it
    knows nobody. Who knows people lies above."""
    return import_string(settings.HOUSEHOLD_COUNT) if settings.HOUSEHOLD_COUNT else None


def households_by_building(subdistrict: int, building_ids: Sequence[int]) -> Mapping[int, int] | None:
    """How many households each of these buildings has; None where nobody is on record there: then its rooms stand for them."""
    registered = _registered()
    return registered(subdistrict, building_ids) if registered is not None else None
