"""What happened (生活事件): a birth, a move, a death, as it was recorded once; which rows it made and ended, so that a mistake can be taken back."""

from django.db import models
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.people.models.person import Person
from shequtong.people.models.provenance import Source


class LifeEventQuerySet(LocalQuerySet["LifeEvent"]):
    """Start with `within(subdistrict, …)`."""


class LifeEvent(Local):
    """`journal`: what it did to each row, by model and id, with the columns that stood before; never what is sealed. `after`: the versions
    of the persons and homes it left, by which one sees that nothing changed since.
    """

    class Kind(models.TextChoices):
        BIRTH = "birth", pgettext_lazy("life", "Newborn")
        MOVE_IN = "move_in", pgettext_lazy("life", "Moved to another door")
        MOVE_OUT = "move_out", pgettext_lazy("life", "Moved away")
        MOVE_TO_STREET = "move_to_street", pgettext_lazy("life", "Moved to another subdistrict")
        MARRIAGE = "marriage", pgettext_lazy("life", "Marriage")
        DIVORCE = "divorce", pgettext_lazy("life", "Divorce")
        DEATH = "death", pgettext_lazy("life", "Death")
        HEAD = "head", pgettext_lazy("life", "Change of head of household")
        TENANTS = "tenants", pgettext_lazy("life", "Change of tenants")

    kind = CodeField(max_length=16, choices=Kind)
    on = models.DateField()
    grid_path = CodeField(max_length=120)
    source = CodeField(max_length=10, choices=Source)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80, blank=True, default="")
    account_id = models.BigIntegerField(null=True)
    journal = models.JSONField(default=list)
    after = models.JSONField(default=dict)
    counted = models.JSONField(default=list)  # [measure, path of the unit] of each person that it adds to the figures
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True, default="")
    objects = LifeEventQuerySet.as_manager()

    def reach_facts(self) -> Facts:
        """It lies where it happened."""
        return Facts(self.subdistrict_id, self.grid_path, object_id=self.pk)


class LifePart(Local):
    """A person or a door that an event touched: the timeline of both is read along it."""

    event = LocalForeignKey(LifeEvent, models.PROTECT, related_name="parts")
    person = LocalForeignKey(Person, models.PROTECT, null=True, related_name="+")
    room = LocalForeignKey("territory.Room", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "person", "event"], name="people_life_person"),
            models.Index(fields=["subdistrict", "room", "event"], name="people_life_room"),
        ]
