"""Who keeps a community's registry is told that persons were handed over to it (告知迁入); in the app, without a name."""

from django.urls import reverse
from django.utils.translation import ngettext, override

from shequtong.core.models import Subdistrict
from shequtong.figures.write import day_of
from shequtong.flows.recipients import of_registry
from shequtong.messaging.usecases import NewMessage, send_messages
from shequtong.people.events import PersonsHandedOver

_READ = "zh-hans"


def tell_registry(event: PersonsHandedOver) -> None:
    """Two statements; one where nobody keeps it."""
    told = of_registry(event.path, day_of(event.subdistrict_id, event.at))
    if not told:
        return
    number = len(event.person_ids)
    with override(_READ):
        street = Subdistrict.objects.get(pk=event.from_subdistrict).name
        said = ngettext(
            "%(street)s handed over %(n)d person to your community. Confirm that they live here.",
            "%(street)s handed over %(n)d persons to your community. Confirm that they live here.",
            number,
        ) % {"street": street, "n": number}
    rows = [
        NewMessage(
            channel="in_app",
            template="people.handed_over",
            text=said,
            account_id=account,
            subdistrict_id=event.subdistrict_id,
            link=reverse("people:desk-due"),
            once_key=f"handed_over:{event.event_id}:{account}",
        )
        for account in told
    ]
    send_messages(rows, now=event.at)
