"""What a board counts (看板统计): open cases by stage and light, points on a map, moves by day, for all that lies under one unit.

What figures know is read from figures; lights, which nobody counts because time alone changes them, from the index of open cases.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from shequtong.cases.counting import IN_STAGE
from shequtong.cases.lookups.lights import LIGHTS, light_condition
from shequtong.cases.lookups.on_map import Cluster, clusters_of
from shequtong.cases.lookups.viewport import Viewport
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.models.case import CaseQuerySet
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import subtree
from shequtong.core.places import place
from shequtong.figures.read import counts

RECEIVED, CLOSED = "received", "closed"
FALLS_DUE = "falls_due"  # beside the lights: what time alone will make late soon
# Settled on the spot is neither: nobody waited for it.
MOVES_OF: dict[str, tuple[str, ...]] = {RECEIVED: ("intake",), CLOSED: ("auto_close", "close")}


@dataclass(frozen=True)
class Ground:
    """All under the unit at `path`; `subdistricts` are the storage numbers its cases lie in. Whoever makes one has asked the reach."""

    path: str
    subdistricts: tuple[int, ...]

    @property
    def on_map(self) -> CaseQuerySet:
        """Those of them that have a point, and may have one on a map."""
        return self.open_cases.on_map().filter(lon__isnull=False, lat__isnull=False)

    @property
    def open_cases(self) -> CaseQuerySet:
        """Those in hand there."""
        first, end = subtree(self.path)
        return Case.objects.within(*self.subdistricts).in_hand().filter(place_path__gte=first, place_path__lt=end)


class Point(NamedTuple):
    """An open case as a map shows it: none of its words."""

    pk: int
    letters: str
    year: int
    serial: int
    case_class_id: int
    place_path: str
    lon: float
    lat: float
    amber_at: datetime
    due_at: datetime


def open_by_stage(ground: Ground) -> dict[str, dict[str, int]]:
    """Path of the place → stage → how many are open, from the figures. One statement."""
    stages = [stage.value for stage in OPEN_STAGES]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (path, stage), n in counts(
        ground.subdistricts, IN_STAGE, by=("unit_path", "stage"), under=ground.path, stage=stages
    ).items():
        found[path][stage] = n
    return found


def open_by_light(ground: Ground, now: datetime, until: datetime) -> dict[str, dict[str, int]]:
    """Path of the place → light → how many are open, and how many fall due `until` then; from the index of open cases alone. One statement."""
    shares = {light: Count("id", filter=light_condition(light, now)) for light in LIGHTS}
    shares[FALLS_DUE] = Count("id", filter=Q(due_at__gte=now, due_at__lte=until))
    # Each is due by NEVER at the latest: said, because it names to the planner the index that knows all that is asked.
    rows = ground.open_cases.filter(due_at__lte=NEVER).order_by().values("place_path").annotate(**shares)
    return {row.pop("place_path"): row for row in rows.values("place_path", *LIGHTS, FALLS_DUE)}


def open_points(ground: Ground, most: int) -> list[Point]:
    """The open cases that have a point on the map, soonest due first. One statement, in the order of an index."""
    rows = ground.on_map.order_by("due_at", "id")
    return [Point(*row) for row in rows.values_list(*Point._fields)[:most]]


def open_clusters(ground: Ground, viewport: Viewport, now: datetime) -> list[Cluster]:
    """The same drawn together, none left out. One statement."""
    return clusters_of(ground.on_map.filter(tile__gt=0), viewport, now)


def moves_by_day(ground: Ground, first: date, last: date) -> dict[tuple[str, date], int]:
    """(RECEIVED or CLOSED, day) → how many, from the figures. One statement."""
    measures = {f"move.{move}": what for what, moves in MOVES_OF.items() for move in moves}
    found: dict[tuple[str, date], int] = defaultdict(int)
    days = (first, last)
    for (measure, day), n in counts(
        ground.subdistricts, list(measures), by=("measure", "day"), under=ground.path, days=days
    ).items():
        found[measures[measure], day] += n
    return found


def moved_on(ground: Ground, what: str, day: date, after: tuple[datetime, int] | None, page: int) -> list[Step]:
    """The moves behind such a number with their cases, the latest first, from the one after `after`; one more than `page`. One statement."""
    zone = place(ground.subdistricts[-1]).zone
    starts = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    first, end = subtree(ground.path)
    found: QuerySet[Step] = Step.objects.filter(subdistrict__in=ground.subdistricts, move__in=MOVES_OF[what])
    found = found.filter(at__gte=starts, at__lt=ends, case__place_path__gte=first, case__place_path__lt=end)
    if after is not None:
        found = found.filter(at__lte=after[0]).exclude(at=after[0], id__gte=after[1])
    return list(found.select_related("case").order_by("-at", "-id")[: page + 1])
