"""Cases that may be the same matter (疑似重复): open ones of one class within some metres and days of a spot, the likest words first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Q

from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.models.case import CaseQuerySet
from shequtong.cases.places import Spot
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.geo import distance_m, tiles_around

SHOWN = 5
_READ = 200  # rows looked at: the tiles reach further than the circle; more than so many are the same matter anyway


@dataclass(frozen=True)
class Near:
    """A case near by, how far, and how alike its words are, from 0 to 1."""

    case: Case
    metres: float
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness as staff read it."""
        return round(100 * self.likeness)


def likeness(one: str, other: str) -> float:
    """How much two texts have in common: the share of neighbouring letters that both have (Jaccard over bigrams), 0 to 1. Pure."""
    ours, theirs = _bigrams(one), _bigrams(other)
    together = len(ours | theirs)
    return len(ours & theirs) / together if together else 0.0


def _bigrams(text: str) -> set[str]:
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    return {first + second for first, second in pairwise(letters)}


def near_spot(spot: Spot, text: str, now: datetime, *, class_id: int | None = None, seen_by: Actor | None = None) -> list[Near]:
    """Open cases near a spot, of a class or of any; for staff those within their reach, for residents none that is confidential.

    One statement.
    """
    found = Case.objects.filter(subdistrict=spot.subdistrict_id)
    seen = found.within_post(seen_by, permissions.VIEW) if seen_by else found.filter(confidential=False)
    return _ranked(seen, spot, text, now, class_id)


def near_case(case: Case, now: datetime, *, by: Actor) -> list[Near]:
    """Those near a case that whoever looks might merge it with, without itself. One statement."""
    spot = Spot(case.subdistrict_id, case.unit_id, case.place_path, case.address, case.building_id, case.lon, case.lat, case.tile)
    found = Case.objects.filter(subdistrict=case.subdistrict_id).exclude(pk=case.pk).within_post(by, permissions.MERGE)
    return _ranked(found, spot, case.text, now, case.case_class_id)


def _ranked(found: CaseQuerySet, spot: Spot, text: str, now: datetime, class_id: int | None) -> list[Near]:
    """An address without a point is near nothing; every building has one."""
    if spot.lon is None or spot.lat is None:
        return []
    rules = flow_of(spot.subdistrict_id)
    found = found.filter(_around(spot.lon, spot.lat, rules.near_metres), is_open=True, is_history=False)
    found = found.filter(reported_at__gte=now - timedelta(days=rules.near_days)).exclude(stage=Stage.HELD)
    if class_id is not None:
        found = found.filter(case_class=class_id)
    near = []
    # No order of the database's: for one it would walk an index of all open cases instead of the few near by.
    for case in found.in_brief("text", "joined_count", "reporter_account_id")[:_READ]:
        assert case.lon is not None  # it has a tile
        assert case.lat is not None
        metres = distance_m(spot.lon, spot.lat, case.lon, case.lat)
        if metres <= rules.near_metres:
            near.append(Near(case, metres, likeness(text, case.text)))
    return sorted(near, key=lambda one: (-one.likeness, one.metres, one.case.pk))[:SHOWN]


def _around(lon: float, lat: float, metres: int) -> Q:
    """The tiles around a point."""
    tiles = Q()
    for first, last in tiles_around(lon, lat, metres, max_ranges=4):
        tiles |= Q(tile__range=(first, last))
    return tiles
