"""What somebody asked to be done to many cases at once (批量操作): the list, and what became of each."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Bulk(Local):
    """`lines` are {number, to, seen, state, words} in the order of the page; each is written in the transaction of its own move."""

    class State(models.TextChoices):
        WAITS = "waits"
        DONE = "done"
        REFUSED = "refused"  # `words` say why

    verb = CodeField(max_length=20)
    lines = models.JSONField()
    note = models.TextField(blank=True)
    back = models.CharField(max_length=300, blank=True)  # the filters of the queue it was asked from
    account_id = models.BigIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "asked_at", "id"], name="cases_bulk_asked")]

    @property
    def waits(self) -> bool:
        """Whether some line has not had its turn."""
        return any(line["state"] == self.State.WAITS for line in self.lines)
