"""A shift of the duty roster (值班表): who of a station is called outside office hours, from when to when."""

from django.db import models
from django.db.models import F, Q

from shequtong.core.actors import Facts
from shequtong.core.locality import Shared


class DutyShift(Shared):
    """The name is that of the day it was made. One that is taken off the roster stays, with `removed_at`."""

    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="duty_shifts")
    account_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["station", "starts_at"], name="organizations_duty_station")]
        constraints = [
            models.CheckConstraint(name="organizations_duty_span", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(
                fields=["station", "account_id", "starts_at"], name="organizations_duty_once", condition=Q(removed_at=None)
            ),
        ]

    def reach_facts(self) -> Facts:
        """It is its station's; `station` with its unit loaded."""
        return self.station.reach_facts()
