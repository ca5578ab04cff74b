"""A message to one person (消息), waiting in the outbox until a worker has sent it."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local
from shequtong.core.sealed import SealedTextField


class Message(Local):
    """Claimed by conditional update; an in-app message is delivered by being there. It knows addresses and account ids, no residents."""

    class Channel(models.TextChoices):
        SMS = "sms"
        IN_APP = "in_app"

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"

    channel = CodeField(max_length=10, choices=Channel)
    account_id = models.BigIntegerField(null=True)
    phone = SealedTextField(mask="phone", blank=True, default="")
    template = CodeField(max_length=40)
    text = SealedTextField(mask="text")
    link = models.CharField(max_length=200, blank=True)
    once_key = CodeField(max_length=80)  # what makes this message the same message when asked for twice
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    state = CodeField(max_length=10, choices=State, default=State.WAITING)
    claimed_by = CodeField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    provider_ref = CodeField(max_length=80, blank=True)
    error = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "once_key"], name="messaging_message_once")]
        indexes = [
            models.Index(
                fields=["subdistrict", "state", "send_after", "id"],
                name="messaging_message_due",
                condition=models.Q(state__in=["waiting", "claimed"]),
            ),
            models.Index(fields=["subdistrict", "account_id", "id"], name="messaging_message_account"),
        ]
