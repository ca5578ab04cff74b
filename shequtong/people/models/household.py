"""A household (户): people who live together behind one door, one of them its head. Who belonged to it, and when."""

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.people.models.person import Person
from shequtong.people.models.provenance import Provenance

HEAD = "02"  # GB/T 4761: 户主


class HouseholdQuerySet(LocalQuerySet["Household"]):
    """Start with `within(subdistrict, …)`."""


class Household(Local, Provenance):
    """`ended_on`: moved away, died out or joined another. `grid_path` and `door` as of a person."""

    class Kind(models.TextChoices):
        FAMILY = "family"  # 家庭户
        COLLECTIVE = "collective"  # 集体户: a dormitory

    room = LocalForeignKey("territory.Room", models.PROTECT, null=True, related_name="+")
    grid_path = CodeField(max_length=120)
    door = CodeField(max_length=40, blank=True, default="")
    kind = CodeField(max_length=10, choices=Kind, default=Kind.FAMILY)
    ended_on = models.DateField(null=True)
    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "room"], name="people_household_room"),
            models.Index(
                fields=["subdistrict", "grid_path", "door", "id"],
                name="people_household_door",
                condition=Q(ended_on__isnull=True),
            ),
        ]

    def reach_facts(self) -> Facts:
        """It lies where it lives."""
        return Facts(self.subdistrict_id, self.grid_path, object_id=self.pk)


class Membership(Local, Provenance):
    """A person in a household from `valid_from` to before `ended_on`; `relation` to its head by GB/T 4761."""

    household = LocalForeignKey(Household, models.PROTECT, related_name="members")
    person = LocalForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = CodeField(max_length=2)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "person"], name="people_membership_one", condition=Q(ended_on__isnull=True)
            ),
            # Who changes the head ends the old row first.
            models.UniqueConstraint(
                fields=["subdistrict", "household"],
                name="people_membership_head",
                condition=Q(ended_on__isnull=True, relation=HEAD),
            ),
        ]
        indexes = [
            models.Index(fields=["subdistrict", "household"], name="people_membership_household"),
            models.Index(fields=["subdistrict", "person"], name="people_membership_person"),
        ]
