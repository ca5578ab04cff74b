"""A work calendar was changed (日历变更): due times that were counted by it are computed anew, by the worker."""

from shequtong.cases.usecases.ask_recompute import ask_recompute
from shequtong.core.actors import SystemActor
from shequtong.territory.events import CalendarChanged


def ask_recompute_of_places(event: CalendarChanged) -> None:
    """One run of work for each subdistrict that has something open."""
    asking = SystemActor(event.asked_by)
    ask_recompute(calendar_id=event.calendar_id, subdistricts=event.subdistricts, by=asking, now=event.at)
