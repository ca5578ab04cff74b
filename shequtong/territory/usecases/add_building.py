"""Add a building (登记楼栋) with its entrances and rooms."""

from datetime import datetime

from shequtong.core.actors import Actor
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.models import Building
from shequtong.territory.usecases.add_buildings import add_buildings


def add_building(*, new: NewBuilding, by: Actor, now: datetime) -> Building:
    """One building; CannotAddBuilding says what is wrong. It lies in the grid at its point."""
    return add_buildings(new=[new], by=by, now=now)[0]
