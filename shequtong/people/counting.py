"""What an event adds to the figures (人口变动统计口径): births, deaths, and who began or ended to live behind a door, per unit, on the day it was
recorded, so that a month once over does not change by itself. What is taken back is a delta of its own, on its day.
"""

from collections.abc import Iterator
from datetime import datetime

from shequtong.figures.write import NewDelta, day_of
from shequtong.people.models import LifeEvent

BIRTHS, DEATHS, MOVED_IN, MOVED_OUT = MEASURES = ("people.births", "people.deaths", "people.moved_in", "people.moved_out")


def of_event(event: LifeEvent) -> Iterator[NewDelta]:
    """As it was recorded, and as it was taken back where it was."""
    yield from _deltas(event, event.recorded_at, 1)
    if event.undone_at is not None:
        yield from _deltas(event, event.undone_at, -1)


def taken_back(event: LifeEvent, at: datetime) -> Iterator[NewDelta]:
    """What taking it back adds."""
    return _deltas(event, at, -1)


def _deltas(event: LifeEvent, at: datetime, sign: int) -> Iterator[NewDelta]:
    day = day_of(event.subdistrict_id, at)
    for measure, path in event.counted:
        yield NewDelta(subdistrict_id=event.subdistrict_id, measure=measure, day=day, unit_path=path, n=sign)
