"""What is printed of a look at a file and of the runs (导入说明): lines for a terminal."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from shequtong.cases.catalogue import catalogue
from shequtong.core.places import places
from shequtong.interchange.history.look import Look
from shequtong.interchange.models import ImportRun
from shequtong.organizations.stations import directory
from shequtong.territory.units import unit

_MOST = 12


def looked(look: Look) -> Iterator[str]:
    """What would come, by stage, class, station, place and year; what not, and why."""
    yield f"{look.total:,} rows looked at: {look.coming:,} can be read, {look.refused:,} cannot"
    classes, stations = catalogue().classes, directory().by_id
    yield from _table("stage", look.stages, str)
    yield from _table("class", look.classes, lambda one: f"{classes[one].code} {classes[one].name}")
    yield from _table("station", look.stations, lambda one: stations[one].name if one else "(none)")
    yield from _table("place", look.units, lambda one: unit(one).name)
    yield from _table("reported in", Counter(dict(sorted(look.years.items()))), str)
    yield f"  repeated numbers: {look.merged:,} rows that another stands for"
    yield f"  duplicates by the source's own mark: {look.duplicates:,}"
    yield f"  a time before the one it follows, mended: {look.mended:,}"
    yield f"  without a point: {look.without_point:,}"
    for (column, reason), n in look.reasons.most_common(_MOST):
        yield f"  refused: {column}: {reason}  {n:,}"


def _table(title: str, counted: Counter[Any], named: Any) -> Iterator[str]:
    for one, n in counted.most_common(_MOST):
        yield f"  {title}: {named(one)}  {n:,}"
    if len(counted) > _MOST:
        yield f"  {title}: and {len(counted) - _MOST} more"


def runs_listed() -> Iterator[str]:
    """One line a run, newest first, place by place. One statement a place."""
    for place in places():
        for run in ImportRun.objects.filter(subdistrict=place.number).order_by("-id")[:100]:
            ended = f"done {run.done_at:%Y-%m-%d %H:%M}" if run.done_at else f"broken off behind row {run.position:,}"
            yield (
                f"{place.letters}  {run.started_at:%Y-%m-%d %H:%M} UTC  {run.file_name}  {ended}; {run.total:,} rows from {run.first_row}:"
                f" {run.brought:,} new, {run.there:,} there, {run.merged:,} merged, {run.refused:,} refused"
            )
