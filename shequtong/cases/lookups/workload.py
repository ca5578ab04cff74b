"""How much there is to do (工作量): open cases by stage with their lights, those whose clock stands still, and what waits in another post."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from shequtong.cases import permissions
from shequtong.cases.lookups.by_ground import counts_by_ground, reads_by_ground
from shequtong.cases.lookups.lights import AMBER, RED, light_condition
from shequtong.cases.lookups.queue import Filters, cases_of, condition_of, open_by_ground
from shequtong.cases.lookups.waits import ME
from shequtong.cases.models import Case, ClockPause
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import Actor, Grant, subtree


class Counted(NamedTuple):
    """Open cases: how many, and how many of these are late or soon will be."""

    n: int = 0
    late: int = 0
    soon: int = 0


class Paused(NamedTuple):
    """A case whose clock stands still: why, since when, until when at most, and what was asked."""

    case: Case
    reason: str
    since: datetime
    until: datetime
    words: str


def counted_by_stage(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW) -> dict[str, Counted]:
    """Open cases within reach by stage. One statement over the index of open cases."""
    shares = {"late": light_condition(RED, now), "soon": light_condition(AMBER, now)}
    several = open_by_ground(actor, filters, now, permission) if reads_by_ground() else None
    if several is not None:
        found = {stage: Counted(*some) for stage, *some in counts_by_ground(*several, "stage", shares)}
    else:
        counts = {name: Count("id", filter=share) for name, share in shares.items()}
        rows = cases_of(actor, filters, now, permission).order_by().values("stage").annotate(n=Count("id"), **counts)
        found = {stage: Counted(*some) for stage, *some in rows.values_list("stage", "n", "late", "soon")}
    return {stage.value: found.get(stage.value, Counted()) for stage in OPEN_STAGES}


def waiting_for_each(actors: Sequence[Actor], now: datetime) -> list[int]:
    """How many cases wait for each of these, who are one person in several posts. One statement, none for nobody."""
    if not actors:
        return []
    conditions = [condition_of(actor, Filters(waits=ME), now) for actor in actors]
    either = Q(pk__in=[])
    for condition in conditions:
        either |= condition
    shares = {f"post{n}": Count("id", filter=condition) for n, condition in enumerate(conditions)}
    found = Case.objects.filter(either).aggregate(**shares)
    return [found[f"post{n}"] for n in range(len(actors))]


def paused_cases(grants: tuple[Grant, ...], limit: int = 10) -> list[Paused]:
    """Open cases under these grants whose clock stands still, the longest first. One statement."""
    reach = Q(pk__in=[])
    for grant in grants:
        here = Q(subdistrict=grant.subdistrict, case__subdistrict=grant.subdistrict)
        if grant.station is not None:
            reach |= here & Q(case__lead_station=grant.station)
        else:
            start, end = subtree(grant.path)
            reach |= here & Q(case__place_path__gte=start, case__place_path__lt=end)
    lasting = ClockPause.objects.filter(reach, ends__isnull=True, case__is_open=True)
    rows = lasting.select_related("case").order_by("starts", "id")[:limit]
    return [Paused(row.case, row.reason, row.starts, row.planned_end, row.note) for row in rows]
