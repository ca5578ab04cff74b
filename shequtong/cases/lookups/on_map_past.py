"""What has ended, too, on the map (历史事件落图): counted by grid from the figures, so that no view reads the history of a street.

Where the figures say that few enough lie in a view these are read as ever; else the cases of a grid stand together in its middle.
"""

from collections import Counter
from dataclasses import replace

from shequtong.cases.counting import IN_STAGE
from shequtong.cases.lookups.queue import ALL_OF_THEM, Filters, narrower, widest
from shequtong.core.actors import Actor
from shequtong.core.places import places
from shequtong.figures.read import counts

MOST_READ = 2000  # cases of a view that are read one by one, ended ones among them


def reads_history(filters: Filters) -> bool:
    """Whether ended cases are asked for; lights, and what is somebody's or of one issue, are few whatever the history."""
    return filters.stage in ALL_OF_THEM and not (filters.light or filters.waits or filters.issue) and filters.mine is None


def counted_by_place(actor: Actor, filters: Filters, permission: str) -> tuple[Counter[str], bool]:
    """Path → how many cases of any age the filters find there, and whether a station asks, whose cases lie anywhere. A statement a grant."""
    reach = actor.reach(permission)
    found: Counter[str] = Counter()
    grants = widest(reach.grants)
    if reach.everything:
        found.update(_counts([one.number for one in places()], filters, filters.under, filters.station))
    for grant in grants if not reach.everything else ():
        under = narrower(grant.path if grant.station is None else "", filters.under)
        if under is None or (grant.station is not None and filters.station not in (None, grant.station)):
            continue
        found.update(_counts([grant.subdistrict], filters, under, filters.station if grant.station is None else grant.station))
    return found, any(grant.station is not None for grant in grants)


def open_ones(filters: Filters) -> Filters:
    """The same of what is in hand: lights are theirs alone."""
    return replace(filters, stage="")


def _counts(numbers: list[int], filters: Filters, under: str, station: int | None) -> dict[str, int]:
    stage = None if filters.stage == "all" else filters.stage
    wanted = filters.class_code or None
    rows = counts(numbers, IN_STAGE, by=("unit_path",), under=under, station=station, stage=stage, class_code=wanted)
    return {path: n for (path,), n in rows.items() if n > 0}
