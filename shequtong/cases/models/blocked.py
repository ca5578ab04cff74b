"""A blocked sender (限制上报): by decision, with a reason and an end date; the phone or address itself is not kept."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Blocked(Local):
    """Reports of this sender are held until somebody has looked, or refused where the decision says so."""

    class Kind(models.TextChoices):
        PHONE = "phone"
        ACCOUNT = "account"
        ADDRESS = "address"

    kind = CodeField(max_length=10, choices=Kind)
    value_hash = models.BinaryField(max_length=64)  # keyed
    hint = models.CharField(max_length=40)  # masked, for the reader of the list
    refuse = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    until = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "until", "id"], name="cases_blocked_in_force")]
