"""A building (楼栋), its entrances (单元) and rooms (房屋)."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Facts, subtree
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet


class BuildingQuerySet(LocalQuerySet["Building"]):
    """Standing buildings by grid and by tile. Start with `within(subdistrict, …)`."""

    def standing(self) -> Self:
        """Not pulled down."""
        return self.filter(ended_at__isnull=True)

    def under(self, path: str) -> Self:
        """In the unit with this path or below it."""
        start, end = subtree(path)
        return self.filter(grid_path__gte=start, grid_path__lt=end)

    def in_tiles(self, ranges: Iterable[tuple[int, int]]) -> Self:
        """In one of these ranges of tiles, both ends included; nothing for no range."""
        found = Q(pk__in=[])
        for first, last in ranges:
            found |= Q(tile__gte=first, tile__lte=last)
        return self.filter(found)


class Building(Local):
    """`address` is how people write it: 枫桥路12号3幢. The point is its middle; `tile` is the zoom-20 quadkey as an integer."""

    compound = LocalForeignKey("territory.Compound", models.PROTECT, null=True, related_name="buildings")
    grid = models.ForeignKey("territory.Unit", models.PROTECT, related_name="+")
    grid_path = CodeField(max_length=120)
    name = models.CharField(max_length=30)  # 3幢
    number = models.PositiveIntegerField(default=0)  # what buildings sort by
    street = models.CharField(max_length=60)
    house_no = models.CharField(max_length=20)  # 12号
    address = models.CharField(max_length=120)
    floors = models.PositiveSmallIntegerField(default=0)
    room_count = models.PositiveIntegerField(default=0)  # behind all its entrances; a unit's rooms are the sum of these
    lon = models.FloatField()
    lat = models.FloatField()
    tile = models.BigIntegerField()
    source_crs = CodeField(max_length=20, default="cgcs2000")
    footprint = models.JSONField(null=True)  # GeoJSON geometry
    ended_at = models.DateTimeField(null=True)
    objects = BuildingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "address"], name="territory_building_address", condition=Q(ended_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(fields=["subdistrict", "grid_path", "number", "id"], name="territory_building_grid"),
            # What stands in a unit is summed from the index alone; of a partial one SQLite would look at each row too.
            models.Index(fields=["subdistrict", "grid_path", "ended_at", "room_count"], name="territory_building_standing"),
            models.Index(fields=["subdistrict", "tile"], name="territory_building_tile"),
        ]

    def reach_facts(self) -> Facts:
        """It lies in its grid."""
        return Facts(self.subdistrict_id, self.grid_path, object_id=self.pk)


class Entrance(Local):
    """One staircase of a building (never "unit", which is a territory unit)."""

    building = LocalForeignKey(Building, models.PROTECT, related_name="entrances")
    name = models.CharField(max_length=20)  # 1单元
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "building", "number"], name="territory_entrance_number")]


class Room(Local):
    """A dwelling or shop behind one door."""

    entrance = LocalForeignKey(Entrance, models.PROTECT, related_name="rooms")
    floor = models.SmallIntegerField()
    name = models.CharField(max_length=20)  # 302

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "entrance", "name"], name="territory_room_name")]
