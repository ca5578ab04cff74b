"""An appeal (申诉): the station asks that a late case not count against it. It changes the score, never the fact."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Appeal(Local):
    """Once a case, after closing, only if late; judged at two levels (standards.md 1.4)."""

    class State(models.TextChoices):
        FIRST = "first"  # waits for the precinct office
        SECOND = "second"  # waits for the subdistrict
        GRANTED = "granted"
        REFUSED = "refused"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="appeals")
    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    state = CodeField(max_length=10, choices=State, default=State.FIRST)
    reason = models.TextField()
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    first_granted = models.BooleanField(null=True)
    first_words = models.TextField(blank=True)
    first_at = models.DateTimeField(null=True)
    first_by = models.CharField(max_length=80, blank=True)
    first_account_id = models.BigIntegerField(null=True)
    second_granted = models.BooleanField(null=True)
    second_words = models.TextField(blank=True)
    second_at = models.DateTimeField(null=True)
    second_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "case"], name="cases_appeal_once")]
        indexes = [models.Index(fields=["subdistrict", "state", "at", "id"], name="cases_appeal_queue")]
