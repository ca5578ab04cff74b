"""A blocked sender (限制上报): by decision, with a reason and an end date; the phone or address itself is not kept."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Blocked(Local):
    """Reports of this sender are held until somebody has looked, or refused where the decision says so.

    The value is kept as a keyed hash alone and can be hashed under no newer key: a rotation that drops the key ends the block early.
    """

    class Kind(models.TextChoices):
        PHONE = "phone"
        ACCOUNT = "account"
        ADDRESS = "address"

    kind = CodeField(max_length=10, choices=Kind)
    value_hash = models.BinaryField(max_length=80)  # keyed
    hint = models.CharField(max_length=40)  # masked, for the reader of the list
    case = LocalForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")  # whose report gave the reason
    refuse = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)  # the sender reads it
    at = models.DateTimeField()
    until = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)  # who decided
    actor = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)
    lifted_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "until", "id"], name="cases_blocked_in_force")]
