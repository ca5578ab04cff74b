"""A task (任务): one piece of long work, who asked for it, how far it is, and what came of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalQuerySet

OPEN = ("queued", "running")


class TaskQuerySet(LocalQuerySet["Task"]):
    """Tasks by who asked for them and by what is to be done."""

    def asked_by(self, account_id: int) -> Self:
        """The tasks of one account; the caller says in which places with `within`."""
        return self.filter(account_id=account_id)

    def due(self, now: datetime) -> Self:
        """What a worker may take: waiting for its turn, or claimed so long ago that the claimer must be dead."""
        return self.filter(due_at__lte=now)

    def older_than(self, asked_at: datetime, task_id: int) -> Self:
        """Those after this one in a list that is sorted newest first."""
        return self.filter(Q(asked_at__lt=asked_at) | Q(asked_at=asked_at, id__lt=task_id))


class Task(Local):
    """Claimed by conditional update: every claim raises `turn`, and only who holds the turn may write. `params` holds no personal data."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("task", "Waiting")
        RUNNING = "running", pgettext_lazy("task", "Running")
        DONE = "done", pgettext_lazy("task", "Done")
        FAILED = "failed", pgettext_lazy("task", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")

    kind = CodeField(max_length=60)
    params = models.JSONField(default=dict)
    submit_key = CodeField(max_length=80)  # what makes this task the same task when asked for twice
    # Who asked, as recorded then; the rights are those of the moment it runs.
    account_id = models.BigIntegerField()  # 0: the platform itself
    name = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)
    appointment_id = models.BigIntegerField(null=True)
    language = CodeField(max_length=10)
    asked_at = models.DateTimeField()
    state = CodeField(max_length=10, choices=State, default=State.QUEUED)
    # Not to be taken before; while claimed, when another worker may take it over; NULL once there is nothing left to do.
    due_at = models.DateTimeField(null=True)
    claimed_by = CodeField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)  # that broke off since it last got further
    cancel_asked_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known
    cursor = models.JSONField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    summary = models.CharField(max_length=300, blank=True)
    left_out = models.BooleanField(default=False)  # done, but not all of it
    link = models.CharField(max_length=200, blank=True)  # a path of ours, to what was made
    error = models.CharField(max_length=300, blank=True)  # in the asker's words, without personal data
    # The result; its bytes are a blob attached to this row, until they expire.
    file_name = models.CharField(max_length=120, blank=True)
    file_type = CodeField(max_length=100, blank=True)
    file_size = models.BigIntegerField(default=0)
    file_expires_at = models.DateTimeField(null=True)  # NULL without one, and once it is gone
    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "account_id", "submit_key"], name="tasks_task_once"),
            models.CheckConstraint(
                name="tasks_task_open_is_due",
                condition=Q(state__in=OPEN, due_at__isnull=False, finished_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(due_at__isnull=True, finished_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["subdistrict", "due_at", "id"], name="tasks_task_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["subdistrict", "account_id", "asked_at", "id"], name="tasks_task_mine"),
            models.Index(
                fields=["subdistrict", "file_expires_at"], name="tasks_task_expiry", condition=Q(file_expires_at__isnull=False)
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    @property
    def number(self) -> str:
        """What a person quotes when they ask about it, e.g. 8000-0000-04D2; the log names it too."""
        digits = f"{self.pk:012X}"
        return "-".join((digits[:-8], digits[-8:-4], digits[-4:]))

    @property
    def url(self) -> str:
        """Its page, where who asked is sent."""
        return reverse("pages:task", args=[self.pk])
