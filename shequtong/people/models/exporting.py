"""A list asked for as a table (导出申请): who, why, what; large ones and those in clear wait for a second person, and are made once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalQuerySet
from shequtong.core.sealed import SealedTextField
from shequtong.people.models.person import REACH

_COLUMNS = ReachColumns(path="path", party=REACH.party)


class ExportQuerySet(LocalQuerySet["ExportRequest"]):
    """Start with `within(subdistrict, …)`."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Exports of a place within the actor's reach."""
        return self.filter(actor.reach(permission).of_post.condition(_COLUMNS))


class ExportRequest(Local):
    """`wanted` is the sealed JSON of the filter: what was typed into a search may be a name. `path` is the unit it is asked for.

    `state` moves by conditional updates alone: two who decide at once, or two presses, end with one winner.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "Waits for a second person")
        APPROVED = "approved", pgettext_lazy("export", "Approved, not made yet")
        REFUSED = "refused", pgettext_lazy("export", "Refused")
        USED = "used", pgettext_lazy("export", "Made")

    kind = CodeField(max_length=40, default="people.export_persons")  # the task that makes it
    path = CodeField(max_length=120)
    wanted = SealedTextField(mask="text")
    filters = models.CharField(max_length=200, blank=True, default="")  # in words, without what was typed
    columns = models.JSONField()
    in_clear = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    listed = models.TextField(blank=True, default="")  # who was on it, where a second person approves them: `_exports.packed`
    state = CodeField(max_length=8, choices=State)
    account_id = models.BigIntegerField()
    asked_by = models.CharField(max_length=80)
    asked_post = models.CharField(max_length=120, blank=True, default="")
    asked_at = models.DateTimeField()
    until = models.DateTimeField()  # to be decided, and made, by then
    decided_account_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_words = models.CharField(max_length=200, blank=True, default="")
    task_id = models.BigIntegerField(null=True)
    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "asked_at", "id"], name="people_export_asked"),
            models.Index(fields=["subdistrict", "account_id", "asked_at"], name="people_export_account"),
        ]

    def reach_facts(self) -> Facts:
        """The place it is asked for."""
        return Facts(self.subdistrict_id, self.path, object_id=self.pk)

    def is_late(self, now: datetime) -> bool:
        """Neither decided nor made in its day."""
        return self.state in (self.State.WAITING, self.State.APPROVED) and now > self.until
