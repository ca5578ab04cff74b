"""Borders were redrawn (网格调整): who lives in a building that lies in another grid now is found there."""

from shequtong.core.actors import SystemActor
from shequtong.people.usecases import follow_buildings
from shequtong.territory.events import GridsRedrawn


def people_follow(event: GridsRedrawn) -> None:
    """In the transaction of the redrawing: a list by grids is right the moment the borders are."""
    moved = [(building, path) for building, _before, path in event.moved]
    by = SystemActor("people.follow", home=event.subdistrict)
    follow_buildings(subdistrict=event.subdistrict, moved=moved, ended=event.ended, by=by, now=event.at)
