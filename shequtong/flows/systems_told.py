"""Other systems are told of moves (事件推送), and administrators of what does not arrive."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from shequtong.access.models import Appointment
from shequtong.access.roles import table
from shequtong.cases.events import CaseEvent
from shequtong.core.locality import INSTALLATION
from shequtong.interchange.events import SubscriptionPaused
from shequtong.interchange.permissions import MANAGE_SYSTEMS
from shequtong.interchange.usecases import queue_deliveries
from shequtong.messaging.usecases import NewMessage, send_messages

_READ = "zh-hans"


def tell_systems(event: CaseEvent) -> None:
    """To each system that subscribed to such events of this place. One statement, none where none did."""
    if not event.is_history:
        queue_deliveries(event=event, now=event.at)


def tell_administrators(event: SubscriptionPaused) -> None:
    """To who gives keys. Two statements."""
    roles = [role.code for role in table().roles.values() if MANAGE_SYSTEMS in role.permissions]
    rows = Appointment.objects.in_force(timezone.localdate(event.at)).filter(role__in=roles)
    with override(_READ):
        said = _(
            "Events for %(system)s have not arrived for two days. Sending is paused; what happens is kept for thirty days."
        ) % {"system": event.system}
    found = [
        NewMessage(
            channel="in_app",
            template="system.paused",
            text=said,
            account_id=account,
            subdistrict_id=INSTALLATION,
            link=reverse("interchange:webhook", args=[event.subscription_id]),
            once_key=f"webhook:{event.subscription_id}:{event.at:%Y%m%d%H%M%S}:{account}",
        )
        for account in sorted(set(rows.values_list("account_id", flat=True)))
    ]
    if found:
        send_messages(found, now=event.at)
