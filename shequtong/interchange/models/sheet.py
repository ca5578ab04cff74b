"""Sheets an office must send (月度报表): the templates a street uploads, and each time one was filled for a unit and a month."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.core.sealed import SealedTextField
from shequtong.people.models.person import REACH

_COLUMNS = ReachColumns(path="path", party=REACH.party)


class SheetTemplateQuerySet(LocalQuerySet["SheetTemplate"]):
    """Start with `within(subdistrict, …)`."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Templates of units within the actor's reach."""
        return self.filter(actor.reach(permission).of_post.condition(_COLUMNS))

    def in_use(self) -> Self:
        """Those not taken out of use."""
        return self.filter(retired_at__isnull=True)


class SheetTemplate(Local):
    """`looked` is what the reading process saw in the workbook, whose bytes lie sealed in `blob_id`. It holds no personal data.

    A sheet is filled for each unit of `level`, and due on `due_day` of its month, or of the next one.
    """

    class Level(models.TextChoices):
        COMMUNITY = "community", pgettext_lazy("sheet", "Each community")
        STREET = "subdistrict", pgettext_lazy("sheet", "The subdistrict")

    path = CodeField(max_length=120)  # of the unit that asks for it
    name = models.CharField(max_length=60)
    level = CodeField(max_length=12, choices=Level, default=Level.COMMUNITY)
    due_day = models.PositiveSmallIntegerField()
    due_next = models.BooleanField(default=False)
    file_name = models.CharField(max_length=120)
    digest = CodeField(max_length=64)
    blob_id = models.BigIntegerField()
    looked = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)
    retired_at = models.DateTimeField(null=True)
    objects = SheetTemplateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "retired_at", "id"], name="interchange_sheettemplate_use")]

    def reach_facts(self) -> Facts:
        """It belongs to the unit that asks for it."""
        return Facts(self.subdistrict_id, self.path, object_id=self.pk)

    def due_on(self, month: date) -> date:
        """The day by which the sheet of a month is to be made."""
        first = month.replace(day=1)
        if self.due_next:
            first = (first + timedelta(days=31)).replace(day=1)
        return first.replace(day=self.due_day)


class SheetQuerySet(LocalQuerySet["Sheet"]):
    """Start with `within(subdistrict, …)`."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Sheets of units within the actor's reach."""
        return self.filter(actor.reach(permission).of_post.condition(_COLUMNS))


class Sheet(Local):
    """One filling. `export_id` is the export of persons it is, with who asked, who approved and the task. `snapshot` is sealed JSON of keyed hashes
    of its cells, by which the next month knows what changed; it is emptied once two later ones stand.
    """

    template = LocalForeignKey(SheetTemplate, models.PROTECT, related_name="sheets")
    version = models.PositiveIntegerField()  # of the template
    path = CodeField(max_length=120)
    month = models.DateField()  # its first day
    export_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    new_rows = models.PositiveIntegerField(default=0)
    changed_rows = models.PositiveIntegerField(default=0)
    gone_rows = models.PositiveIntegerField(default=0)
    changed_numbers = models.PositiveIntegerField(default=0)
    against = models.DateField(null=True)  # the month it was compared with
    snapshot = SealedTextField(mask="text", blank=True, default="")
    objects = SheetQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "month", "path", "id"], name="interchange_sheet_month"),
            models.Index(fields=["subdistrict", "template", "path", "month", "id"], name="interchange_sheet_unit"),
            models.Index(fields=["subdistrict", "export_id"], name="interchange_sheet_export"),
        ]

    def reach_facts(self) -> Facts:
        """It is about the unit at its path."""
        return Facts(self.subdistrict_id, self.path, object_id=self.pk)
