"""A station (派驻单位): an agency's local unit that can hold a case, as can a committee or a property firm's service point."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


class Station(Shared):
    """Serves the territory at and under its unit. Its cases lie in `subdistrict`."""

    subdistrict = models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="stations")
    unit = models.ForeignKey("territory.Unit", models.PROTECT, related_name="+")
    code = CodeField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    pinyin = CodeField(max_length=240, blank=True)
    office_phone = models.CharField(max_length=30, blank=True)  # a public number of the office, not a person's
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "unit"], name="organizations_station_reach")]

    def reach_facts(self) -> Facts:
        """It lies in its unit and is its own."""
        return Facts(self.subdistrict_id, self.unit.path, frozenset({self.pk}), object_id=self.pk)
