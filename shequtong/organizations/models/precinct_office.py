"""The precinct office (片区综治网格化管理办公室) and its seats (席位), each held by a station."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.locality import Shared


class PrecinctOffice(Shared):
    """The joint office of one precinct; led by a deputy chief of the police station."""

    unit = models.OneToOneField("territory.Unit", models.PROTECT, related_name="precinct_office")
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=100, blank=True)
    lead = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")

    def reach_facts(self) -> Facts:
        """It lies in its precinct."""
        return Facts(self.unit.subdistrict_id, self.unit.path, object_id=self.pk)


class Seat(Shared):
    """A place at the table of a precinct office."""

    office = models.ForeignKey(PrecinctOffice, models.PROTECT, related_name="seats")
    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "station"], name="organizations_seat_station")]
