"""A compound (小区): buildings behind one gate, under one name."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalQuerySet


class CompoundQuerySet(LocalQuerySet["Compound"]):
    """Start with `within(subdistrict, …)`."""


class Compound(Local):
    """Belongs to one community; its pinyin sorts and searches it."""

    name = models.CharField(max_length=60)
    pinyin = CodeField(max_length=240)
    unit = models.ForeignKey("territory.Unit", models.PROTECT, related_name="+")
    unit_path = CodeField(max_length=120)
    street = models.CharField(max_length=60)
    house_no = models.CharField(max_length=20)
    ended_at = models.DateTimeField(null=True)
    objects = CompoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "unit", "name"],
                name="territory_compound_name",
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def reach_facts(self) -> Facts:
        """It lies in its community."""
        return Facts(self.subdistrict_id, self.unit_path, object_id=self.pk)
