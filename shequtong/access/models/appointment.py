"""An appointment (任职): account × role × territory unit × station × period, with deputies (代理) for dates."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


def _of_station(_subdistrict: int, station: int) -> Q:
    return Q(station=station)


REACH = ReachColumns(path="unit__path", party=_of_station)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Which appointments count, and which somebody may see."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Those that lie where `actor` holds the permission."""
        return self.filter(actor.reach(permission).of_post.condition(REACH))

    def lasting(self, day: date) -> Self:
        """In force, or to come: neither past its last day nor ended before its time."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), ended_at__isnull=True)

    def in_force(self, day: date) -> Self:
        """Begun, not past its last day (both days included), and not ended before its time."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, ended_at__isnull=True)


class Appointment(Shared):
    """Roles are codes of `config/roles.py`. A deputy's row names the appointment it stands in for, and ends by itself."""

    account_id = models.BigIntegerField()
    account_name = models.CharField(max_length=80)  # as shown when it was made
    pinyin = CodeField(max_length=240, blank=True)  # what the names in a list sort by
    role = CodeField(max_length=30)
    subdistrict = models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+")
    unit = models.ForeignKey("territory.Unit", models.PROTECT, null=True, related_name="+")
    station = models.ForeignKey("organizations.Station", models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)  # ended before its time: it counts for nothing from this moment
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="deputies")
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "starts_on"], name="access_appointment_account"),
            models.Index(fields=["subdistrict", "pinyin", "id"], name="access_appointment_list"),
            models.Index(fields=["pinyin", "id"], name="access_appointment_all"),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_appointment_span", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="access_appointment_deputy_ends", condition=Q(stands_in_for__isnull=True) | Q(ends_on__isnull=False)
            ),
        ]

    def reach_facts(self) -> Facts:
        """Where the post lies: who may appoint there may end it."""
        return Facts(self.subdistrict_id, self.unit.path if self.unit else "", object_id=self.pk)
