"""Numbers offered to the figures: the facts behind them are the events in life."""

from collections.abc import Iterator

from shequtong.figures.sources import Source
from shequtong.figures.write import NewDelta
from shequtong.people.counting import MEASURES, of_event
from shequtong.people.models import LifeEvent


def facts(subdistrict_id: int) -> Iterator[NewDelta]:
    """Every delta that the events of this subdistrict amount to."""
    rows = LifeEvent.objects.within(subdistrict_id).only("subdistrict_id", "counted", "recorded_at", "undone_at")
    for event in rows.iterator(chunk_size=500):
        yield from of_event(event)


SOURCES: tuple[Source, ...] = (Source("people", MEASURES, facts),)
