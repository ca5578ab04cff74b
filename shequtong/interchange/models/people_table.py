"""A table of people that somebody sent in (人口表): its columns, how far its import came; rows that were refused; mappings remembered."""

from typing import Self

from django.db import models
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.core.sealed import SealedTextField


class PeopleTableQuerySet(LocalQuerySet["PeopleTable"]):
    """Start with `within(subdistrict, …)`."""

    def sent_by(self, account_id: int | None) -> Self:
        """Those of one account; of nobody for none."""
        return self.filter(account_id=account_id) if account_id is not None else self.none()


class PeopleTable(Local):
    """`names` are the headings, `targets` what each column is. `position` is the last row of the file that stands; it and the counts move in the
    transaction of the rows themselves. The bytes lie sealed in `blob_id` for a day; a command's file lies where it lies.
    """

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("people table", "Columns to be looked at")
        LOOKED = "looked", pgettext_lazy("people table", "Tried, nothing written")
        RUNNING = "running", pgettext_lazy("people table", "Being imported")
        DONE = "done", pgettext_lazy("people table", "Imported")

    file_name = models.CharField(max_length=120)
    digest = CodeField(max_length=64)
    blob_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    office = CodeField(max_length=120, blank=True, default="")  # path of the unit whose mappings are remembered
    state = CodeField(max_length=10, choices=State, default=State.SENT)
    head_row = models.PositiveIntegerField(default=1)
    names = models.JSONField(default=list)
    targets = models.JSONField(default=list)
    source = CodeField(max_length=10, default="import")
    tried = models.JSONField(default=dict)  # counts of the dry run, by outcome, and refused by column
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    objects = PeopleTableQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "account_id", "id"], name="interchange_peopletable_mine"),
            models.Index(fields=["subdistrict", "digest", "id"], name="interchange_peopletable_file"),
        ]

    def reach_facts(self) -> Facts:
        """It belongs to the office that sent it in."""
        return Facts(self.subdistrict_id, self.office, object_id=self.pk)


class PeopleRefusals(Local):
    """Rows that one batch refused: sealed JSON of [[row, [[column, why], …]], …]; a suggestion may stand near somebody's address.

    Forgotten a week after the table last moved (`forget_changes`).
    """

    table = LocalForeignKey(PeopleTable, models.CASCADE, related_name="refusals")
    rows = SealedTextField(mask="text")

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "table", "id"], name="interchange_refusals_table")]


class PeopleChanges(Local):
    """What rows of a table change: sealed JSON of [[row, person, [[fact, was, becomes], …]], …], nulls for what is sealed; by the trial or the import.

    Forgotten after a week (`forget_changes`): what somebody's record said before is kept in its own past, under its own rules.
    """

    table = LocalForeignKey(PeopleTable, models.CASCADE, related_name="changes")
    tried = models.BooleanField(default=False)
    rows = SealedTextField(mask="text")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "table", "id"], name="interchange_changes_table"),
            models.Index(fields=["subdistrict", "at"], name="interchange_changes_at"),
        ]


class PeopleMapping(Local):
    """What an office chose for a table with these headings (`signature`), offered the next time."""

    office = CodeField(max_length=120, blank=True, default="")
    signature = CodeField(max_length=64)
    targets = models.JSONField(default=list)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "office", "signature"], name="interchange_mapping_once"),
        ]
