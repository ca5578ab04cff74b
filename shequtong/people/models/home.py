"""A home (实有房屋): what the registry knows of a room: its state, who lives there in numbers, when somebody last confirmed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.people.models.provenance import Provenance


class HomeQuerySet(LocalQuerySet["Home"]):
    """Start with `within(subdistrict, …)`."""


class Home(Local, Provenance):
    """One row a room that is known. `people` and `households` count who lives there now, `care` whether somebody needs care;
    they are kept by the use-cases that move people (`usecases/_homes.py`) and proved by `manage.py people_verify`."""

    class State(models.TextChoices):
        OWNED = "owned", pgettext_lazy("home", "Lived in by its owner")
        LET = "let", pgettext_lazy("home", "Let")
        TO_LET = "to_let", pgettext_lazy("home", "To let")
        EMPTY = "empty", pgettext_lazy("home", "Empty")
        OTHER = "other", pgettext_lazy("home", "Other use")
        UNKNOWN = "unknown", pgettext_lazy("home", "Not known")

    room = LocalForeignKey("territory.Room", models.PROTECT, related_name="+")
    building = LocalForeignKey("territory.Building", models.PROTECT, related_name="+")
    grid_path = CodeField(max_length=120)
    door = CodeField(max_length=40)
    state = CodeField(max_length=10, choices=State, default=State.UNKNOWN)
    use = models.CharField(max_length=20, blank=True, default="")
    area = models.PositiveIntegerField(null=True)  # dm², so that 89.65 m² is kept exactly
    shared = models.BooleanField(default=False)  # 群租: let by beds
    public = models.BooleanField(default=False)  # 公房
    people = models.PositiveSmallIntegerField(default=0)
    households = models.PositiveSmallIntegerField(default=0)
    care = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)  # when it wants to be confirmed again, by kind of tenancy
    version = models.PositiveIntegerField(default=1)
    objects = HomeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "room"], name="people_home_room")]
        indexes = [
            models.Index(fields=["subdistrict", "building"], name="people_home_building"),
            models.Index(
                fields=["subdistrict", "grid_path", "due_on"], name="people_home_due", condition=Q(due_on__isnull=False)
            ),
            models.Index(fields=["subdistrict", "grid_path", "door"], name="people_home_door"),
        ]

    def reach_facts(self) -> Facts:
        """It lies in its building's grid."""
        return Facts(self.subdistrict_id, self.grid_path, object_id=self.pk)
