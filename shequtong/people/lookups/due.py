"""Homes due for confirmation (待核实房屋): of a grid or a building, in the order one walks; never confirmed or past their day."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from shequtong.core.actors import Actor, ReachColumns, subtree
from shequtong.people import permissions
from shequtong.people.models import Home

PAGE, MOST_ON_PAPER = 40, 400
Keyset = tuple[str, str, int]  # path of the grid, door, id


def _no_station(_subdistrict: int, _station: int) -> Q:
    return Q(pk__in=[])


_REACH = ReachColumns(path="grid_path", party=_no_station)


@dataclass(frozen=True)
class Asked:
    """`path` "" is all within reach."""

    today: date
    path: str = ""
    building: int | None = None


class Page(NamedTuple):
    """Homes with room, building and compound; `next` is a keyset, None at the end."""

    rows: list[Home]
    next: Keyset | None


def due_homes(actor: Actor, asked: Asked, *, after: Keyset | None = None, page: int = PAGE) -> Page:
    """One page in walking order: grid by grid, building by building, entrance by entrance, upwards. One statement."""
    found = due(actor, asked)
    if after is not None:
        path, door, last = after
        beyond = Q(door__gt=door) | Q(door=door, pk__gt=last)
        found = found.filter(Q(grid_path__gt=path) | Q(grid_path=path) & beyond)
    found = found.select_related("room__entrance", "building__compound").defer("building__footprint")
    rows = list(found.order_by("grid_path", "door", "id")[: page + 1])
    more, rows = len(rows) > page, rows[:page]
    for one in rows:
        one.room.entrance.building = one.building  # loaded beside it; not asked for again
    return Page(rows, (rows[-1].grid_path, rows[-1].door, rows[-1].pk) if more else None)


def counts(actor: Actor, asked: Asked) -> dict[str, tuple[int, int]]:
    """Grid path -> (due, of them never confirmed). One statement."""
    rows = due(actor, asked).values("grid_path").annotate(n=Count("pk"), never=Count("pk", filter=Q(confirmed_on=None)))
    return {row["grid_path"]: (row["n"], row["never"]) for row in rows.order_by("grid_path")}


def buildings_due(actor: Actor, asked: Asked) -> list[tuple[int, str, int]]:
    """Buildings with homes due, as one walks: id, how people write it, how many. One statement."""
    rows = due(actor, asked).values("building", "building__address", "building__number").annotate(n=Count("pk"))
    found = rows.order_by("building__number", "building__address")
    return [(row["building"], row["building__address"], row["n"]) for row in found[:300]]


def due(actor: Actor, asked: Asked) -> QuerySet[Home]:
    """Never confirmed, or past the day."""
    reach = actor.reach(permissions.VIEW).of_post
    found = Home.objects.within(*reach.subdistricts).filter(reach.condition(_REACH))
    if asked.path:
        start, end = subtree(asked.path)
        found = found.filter(grid_path__gte=start, grid_path__lt=end)
    if asked.building is not None:
        found = found.filter(building=asked.building)
    return found.filter(Q(due_on=None) | Q(due_on__lte=asked.today))
