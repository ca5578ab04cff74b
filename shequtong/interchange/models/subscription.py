"""A subscription of another system (事件订阅): where which events of its key's reach are sent, and how they are signed."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import INSTALLATION, Shared
from shequtong.core.sealed import SealedTextField


class Subscription(Shared):
    """Of one key: it hears of what the key may read. Paused, what happens is kept for it; ended, nothing is."""

    key = models.ForeignKey("interchange.SystemKey", models.PROTECT, related_name="subscriptions")
    url = models.CharField(max_length=300)
    kinds = CodeField(max_length=120)  # names of webhooks.LABELS, by commas
    secret = SealedTextField(mask="text")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    paused_at = models.DateTimeField(null=True)  # something could not be delivered for two days
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.url

    def reach_facts(self) -> Facts:
        """It belongs to the installation, as its key does."""
        return Facts(INSTALLATION, object_id=self.pk)
