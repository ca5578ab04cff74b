"""What a station asks of the dispatcher (申请): more time (延期) or a pause (挂账), granted or refused."""

from django.db import models
from django.db.models import Q

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Asking(Local):
    """Asked before the case is late, decided once by somebody else; at most one is open (standards.md 1.4)."""

    class Kind(models.TextChoices):
        EXTEND = "extend"
        SUSPEND = "suspend"

    class State(models.TextChoices):
        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="askings")
    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    kind = CodeField(max_length=10, choices=Kind)
    state = CodeField(max_length=10, choices=State, default=State.ASKED)
    reason = models.TextField()
    until = models.DateTimeField(null=True)  # of a pause: when it ends by itself
    asked_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    asked_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_account_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "state", "asked_at", "id"], name="cases_asking_queue")]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "case"], name="cases_asking_open_once", condition=Q(state="asked"))
        ]
