"""A delivery (推送记录): one event for one subscription, waiting until a worker has handed it over."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalQuerySet


class DeliveryQuerySet(LocalQuerySet["Delivery"]):
    """Deliveries by what is due and by whom they are for."""

    def due(self, now: datetime) -> Self:
        """What a worker may take: waiting and past its time, or claimed so long ago that the claimer must be dead."""
        return self.filter(send_after__lte=now)


class Delivery(Local):
    """Claimed by conditional update. `body` is what is sent, signed anew at each try; nobody's words or data stand in it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "To be sent")
        CLAIMED = "claimed", pgettext_lazy("delivery", "Being sent")
        DELIVERED = "delivered", pgettext_lazy("delivery", "Delivered")
        FAILED = "failed", _("Given up")
        HELD = "held", _("Kept back")  # its subscription is paused

    subscription = models.ForeignKey("interchange.Subscription", models.PROTECT, related_name="+")
    event = CodeField(max_length=40)  # webhook-id: the same at each try and replay
    kind = CodeField(max_length=20)
    number = CodeField(max_length=24)  # of the case
    body = models.TextField()
    at = models.DateTimeField()
    send_after = models.DateTimeField(
        null=True
    )  # not before; while claimed, when another may take it over; NULL: nothing left to do
    state = CodeField(max_length=10, choices=State, default=State.WAITING)
    claimed_by = CodeField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(default=0)  # of the last answer; 0: there was none
    error = CodeField(max_length=40, blank=True)
    tried_at = models.DateTimeField(null=True)
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "subscription", "event"], name="interchange_delivery_once"),
            models.CheckConstraint(
                name="interchange_delivery_in_hand_is_due",
                condition=Q(state__in=("waiting", "claimed"), send_after__isnull=False)
                | (~Q(state__in=("waiting", "claimed")) & Q(send_after__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["subdistrict", "send_after", "id"],
                name="interchange_delivery_due",
                condition=Q(send_after__isnull=False),
            ),
            models.Index(fields=["subdistrict", "subscription", "at", "id"], name="interchange_delivery_list"),
            models.Index(fields=["subdistrict", "at"], name="interchange_delivery_at"),
        ]
