"""What happened behind the doors of a building (楼栋动态): who came, who left, the latest first."""

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from shequtong.people.models import Residence
from shequtong.territory.models import Building

PAGE = 50


class Happening(NamedTuple):
    """A residence that began or ended. `day` NULL: begun before we knew."""

    day: date
    ended: bool
    residence: Residence


def residences_of(building: Building) -> QuerySet[Residence]:
    """All of its doors, ended ones too."""
    rows = Residence.objects.within(building.subdistrict_id).filter(room__entrance__building=building)
    return rows.select_related("person", "room__entrance")


def building_past(building: Building, most: int = PAGE) -> list[Happening]:
    """The latest. Two statements."""
    begun = residences_of(building).filter(valid_from__isnull=False).order_by("-valid_from", "-id")[:most]
    ended = residences_of(building).filter(ended_on__isnull=False).order_by("-ended_on", "-id")[:most]
    found = [Happening(one.valid_from, False, one) for one in begun if one.valid_from is not None]
    found += [Happening(one.ended_on, True, one) for one in ended if one.ended_on is not None]
    return sorted(found, key=lambda one: (one.day, one.residence.pk, one.ended), reverse=True)[:most]
