"""A recomputation of due times (时限重算) after a calendar was changed, and what moved."""

from django.db import models

from shequtong.cases.models.case import NEVER
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class ClockRun(Local):
    """One a subdistrict and change; `cursor` is the last case looked at, so that a dead worker's run goes on."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"

    calendar_id = models.BigIntegerField()
    state = CodeField(max_length=10, choices=State, default=State.QUEUED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    cursor = models.BigIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    claimed_by = CodeField(max_length=60, blank=True)
    claimed_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "state", "id"], name="cases_clockrun_queue")]


class ClockMove(Local):
    """One case whose times moved: of its running clock, of a sub-task, or (`of_promise`) only the forecast its reporter was told."""

    run = LocalForeignKey("cases.ClockRun", models.PROTECT, related_name="moves")
    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="+")
    assistance_id = models.BigIntegerField(null=True)  # the sub-task whose times moved, else the case's own
    old_amber_at = models.DateTimeField()
    old_due_at = models.DateTimeField()
    new_amber_at = models.DateTimeField()
    new_due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "run", "id"], name="cases_clockmove_run")]

    @property
    def of_promise(self) -> bool:
        """What moved is the promise alone, which never turns amber."""
        return self.old_amber_at == NEVER and self.new_amber_at == NEVER
