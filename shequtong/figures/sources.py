"""Where figures come from (计数来源): each area says how its counts follow from its facts, so that figures can be proved and made anew.

An area's `measures.py` exposes `SOURCES: tuple[Source, ...]`; there is no registry to forget.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from shequtong.figures.deltas import NewDelta


@dataclass(frozen=True)
class Source:
    """`facts(subdistrict_id)` yields, row by row (`.iterator()`), the deltas that all facts of one subdistrict amount to.

    It is called inside one snapshot of the database, yields only `measures`, and must give for each key the sum of what was written with
    the changes. A measure belongs to one source. `statement(subdistrict_id)` says the same as one SELECT with its values, for places with
    millions of facts: columns measure, day, unit_path, station_id, stage, class_code, n; a test holds it to `facts`.
    """

    name: str  # e.g. "cases"
    measures: tuple[str, ...]
    facts: Callable[[int], Iterable[NewDelta]]
    statement: Callable[[int], tuple[str, list[Any]]] | None = None


def sources() -> tuple[Source, ...]:
    """The sources of all areas."""
    found: list[Source] = []
    for area in apps.get_app_configs():
        module = f"{area.name}.measures"
        if area.name.startswith("shequtong.") and find_spec(module):
            found.extend(getattr(import_module(module), "SOURCES", ()))
    claimed = [measure for source in found for measure in source.measures]
    if twice := sorted({measure for measure in claimed if claimed.count(measure) > 1}):
        raise ValueError(f"measures claimed by two sources: {', '.join(twice)}")
    return tuple(found)
