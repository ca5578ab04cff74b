"""Reads over what stands in units (楼栋查询): how much, and a page of it."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from shequtong.core.actors import subtree
from shequtong.territory.history import on
from shequtong.territory.models import Building, UnitVersion

PAGE = 50
Keyset = tuple[str, int, int]  # path of the grid, number, id


class Dwellings(NamedTuple):
    """How many buildings and rooms."""

    buildings: int = 0
    rooms: int = 0


def dwellings_under(path: str, subdistricts: tuple[int, ...]) -> dict[str, Dwellings]:
    """What stands under a path ("" is everywhere in these), by the path of the unit it lies in. One statement, from an index alone."""
    start, end = subtree(path)
    standing = Building.objects.within(*subdistricts).standing().filter(grid_path__gte=start, grid_path__lt=end)
    rows = (
        standing.order_by("subdistrict", "grid_path").values("grid_path").annotate(n=Count("grid_path"), rooms=Sum("room_count"))
    )
    return {row["grid_path"]: Dwellings(row["n"], row["rooms"]) for row in rows}


class Page(NamedTuple):
    """Buildings of one page; `next` and `previous` are keysets, None at the ends."""

    rows: list[Building]
    next: Keyset | None
    previous: Keyset | None


def buildings_of(
    path: str, subdistrict: int, *, after: Keyset | None = None, before: Keyset | None = None, page: int = PAGE
) -> Page:
    """The standing buildings of a unit, grid by grid, by number. One statement, which stops at the page."""
    found = Building.objects.within(subdistrict).standing().under(path)
    edge, minus, way = before or after, "-" if before else "", "lt" if before else "gt"
    if edge is not None:
        grid, number, last = edge
        beyond = Q(**{f"number__{way}": number}) | Q(number=number, **{f"pk__{way}": last})
        found = found.filter(Q(**{f"grid_path__{way}": grid}) | Q(grid_path=grid) & beyond)
    ordered = found.order_by(f"{minus}grid_path", f"{minus}number", f"{minus}id").defer("footprint")
    rows = list(ordered[: page + 1])
    more, rows = len(rows) > page, rows[:page]
    if before:
        rows.reverse()
    first, last_key = (_key(rows[0]), _key(rows[-1])) if rows else (None, None)
    return Page(rows, last_key if more or before else None, first if (more if before else after) else None)


def _key(row: Building) -> Keyset:
    return row.grid_path, row.number, row.pk


def versions_of(unit_id: int, most: int = 20) -> list[UnitVersion]:
    """The dated rows of a unit, the latest first. One statement."""
    rows = UnitVersion.objects.filter(unit=unit_id).select_related("parent")
    return list(rows.order_by("-valid_from")[:most])


def bounded_on(path: str, kind: str, day: date) -> list[UnitVersion]:
    """The units of a kind under a path as they were bounded on `day`, by code; those that have ended since, too. One statement."""
    start, end = subtree(path)
    rows = UnitVersion.objects.filter(on(day), unit__path__gte=start, unit__path__lt=end, unit__kind=kind, boundary__isnull=False)
    return list(rows.select_related("unit").order_by("unit__code"))
