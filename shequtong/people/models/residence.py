"""A residence (居住关系): person × room × as what × from–to. Owner, tenant and who lives there are different people: never one foreign key."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.people.models.person import Person
from shequtong.people.models.provenance import Provenance


class ResidenceQuerySet(LocalQuerySet["Residence"]):
    """Start with `within(subdistrict, …)`."""


class Residence(Local, Provenance):
    """`lives`: sleeps there now, whatever they are; `registered`: their 户口 is at this door. Counted in a room is who lives there."""

    class Kind(models.TextChoices):
        OWNER = "owner", pgettext_lazy("residence", "Owner")
        TENANT = "tenant", pgettext_lazy("residence", "Tenant")
        FAMILY = "family", pgettext_lazy("residence", "Family of the household")
        LODGER = "lodger", pgettext_lazy("residence", "Lodger")
        TEMPORARY = "temporary", pgettext_lazy("residence", "For a time")
        REGISTERED = "registered", pgettext_lazy("residence", "Registered only")

    person = LocalForeignKey(Person, models.PROTECT, related_name="residences")
    room = LocalForeignKey("territory.Room", models.PROTECT, related_name="+")
    kind = CodeField(max_length=10, choices=Kind)
    lives = models.BooleanField(default=True)
    registered = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    ended_for = models.CharField(max_length=60, blank=True, default="")
    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "person", "room", "kind"], name="people_residence_once", condition=Q(ended_on__isnull=True)
            ),
            # Nobody sleeps behind two doors.
            models.UniqueConstraint(
                fields=["subdistrict", "person"],
                name="people_residence_lives",
                condition=Q(ended_on__isnull=True, lives=True),
            ),
        ]
        indexes = [
            models.Index(fields=["subdistrict", "room"], name="people_residence_room"),
            models.Index(fields=["subdistrict", "person"], name="people_residence_person"),
        ]
