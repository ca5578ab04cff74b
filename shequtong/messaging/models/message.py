"""A message to one person (消息), waiting in the outbox until a worker has sent it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalQuerySet
from shequtong.core.sealed import SealedTextField

IN_HAND = ("waiting", "claimed")


class MessageQuerySet(LocalQuerySet["Message"]):
    """Messages by whom they are for and by what is due."""

    def due(self, now: datetime) -> Self:
        """What a worker may take: waiting and past its time, or claimed so long ago that the claimer must be dead."""
        return self.filter(send_after__lte=now)

    def in_inbox_of(self, account_id: int) -> Self:
        """The in-app messages of an account; the caller says in which places with `within`."""
        return self.filter(account_id=account_id, channel=Message.Channel.IN_APP)

    def older_than(self, created_at: datetime, message_id: int) -> Self:
        """Those after this one in a list that is sorted newest first."""
        return self.filter(Q(created_at__lt=created_at) | Q(created_at=created_at, id__lt=message_id))

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Message(Local):
    """Claimed by conditional update; an in-app message is delivered by being there. It knows addresses and account ids, no residents."""

    class Channel(models.TextChoices):
        SMS = "sms"
        IN_APP = "in_app"

    class State(models.TextChoices):
        WAITING = "waiting", _("To be sent")
        CLAIMED = "claimed", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")

    channel = CodeField(max_length=10, choices=Channel)
    account_id = models.BigIntegerField(null=True)
    phone = SealedTextField(mask="phone", blank=True, default="")
    template = CodeField(max_length=40)
    text = SealedTextField(mask="text")
    link = models.CharField(max_length=200, blank=True)
    once_key = CodeField(max_length=80)  # what makes this message the same message when asked for twice
    urgent = models.BooleanField(default=False)  # may arrive at night
    secret = models.BooleanField(default=False)  # a code: its text is wiped once sent
    created_at = models.DateTimeField()
    # Not to be sent before; while claimed, when another worker may take it over; NULL once there is nothing left to do.
    send_after = models.DateTimeField(null=True)
    state = CodeField(max_length=10, choices=State, default=State.WAITING)
    claimed_by = CodeField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    provider_ref = CodeField(max_length=80, blank=True)
    error = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)
    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "once_key"], name="messaging_message_once"),
            models.CheckConstraint(
                name="messaging_message_in_hand_is_due",
                condition=Q(state__in=IN_HAND, send_after__isnull=False) | (~Q(state__in=IN_HAND) & Q(send_after__isnull=True)),
            ),
        ]
        indexes = [
            # By NULL and not by state: SQLite uses no partial index whose condition is an IN.
            models.Index(
                fields=["subdistrict", "send_after", "id"],
                name="messaging_message_due",
                condition=Q(send_after__isnull=False),
            ),
            models.Index(
                fields=["subdistrict", "account_id", "created_at", "id"],
                name="messaging_message_inbox",
                condition=Q(channel="in_app"),
            ),
            models.Index(
                fields=["subdistrict", "account_id"],
                name="messaging_message_unread",
                condition=Q(channel="in_app", read_at__isnull=True),
            ),
        ]

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
