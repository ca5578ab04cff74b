"""A guard (防暴力破解计数): how often somebody failed lately, and until when they have to wait."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Coordinator


class Guard(Coordinator):
    """One row per login or address that was tried, by keyed hash; whoever counts against a limit locks its row first."""

    class Kind(models.TextChoices):
        LOGIN = "login"  # the phone or user name as typed, whether or not an account has it
        ADDRESS = "address"
        PHONE = "phone"  # codes sent to it

    kind = CodeField(max_length=10, choices=Kind)
    key_hash = CodeField(max_length=84)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key_hash"], name="accounts_guard_key")]
