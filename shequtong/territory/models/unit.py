"""A territory unit (辖区单元): one tree of district, subdistrict, precinct, community, grid, micro-grid."""

from typing import Self

from django.db import models

from shequtong.core.actors import Facts, subtree
from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


class UnitQuerySet(models.QuerySet["Unit"]):
    """Tree questions as ranges over the path, never LIKE."""

    def under(self, path: str) -> Self:
        """The unit with this path and all below it."""
        start, end = subtree(path)
        return self.filter(path__gte=start, path__lt=end)


class Unit(Shared):
    """An identity that lasts; what may change with time (name, parent, boundary) also stands dated in `UnitVersion`."""

    class Kind(models.TextChoices):
        DISTRICT = "district"
        SUBDISTRICT = "subdistrict"
        PRECINCT = "precinct"
        COMMUNITY = "community"
        GRID = "grid"
        MICRO_GRID = "micro_grid"

    subdistrict = models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+")  # the storage number of its rows
    kind = CodeField(max_length=12, choices=Kind)
    code = CodeField(max_length=32, unique=True)  # the published code; never reused
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    pinyin = CodeField(max_length=240, blank=True)  # what names sort by
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = CodeField(max_length=120, unique=True)  # segments that end with "/": 320505/002/P1/004/G01/
    calendar = models.ForeignKey("territory.WorkCalendar", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["parent", "pinyin", "id"], name="territory_unit_children")]

    def reach_facts(self) -> Facts:
        """It lies where its path says."""
        return Facts(self.subdistrict_id, self.path, object_id=self.pk)
