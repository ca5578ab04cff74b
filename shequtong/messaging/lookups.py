"""Whose messages lie where (收件箱): reads of the in-app inbox, each told in which places to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shequtong.core.actors import Actor
from shequtong.core.locality import INSTALLATION
from shequtong.core.places import places
from shequtong.messaging.models import Message, MessageQuerySet


def inbox_places(actor: Actor) -> tuple[int, ...]:
    """The storage numbers an actor's in-app messages lie in. No statement.

    A message lies where its matter lies, so that telling someone never leaves the shard of the deed. Staff therefore look in the
    subdistrict of the appointment in use, and the installation; a resident may have told something anywhere, so theirs are looked for
    in every place: one index probe a place, by account, and only on the inbox page.
    """
    if actor.appointment_id is not None:
        return tuple(sorted({INSTALLATION, actor.home}))
    return tuple(place.number for place in places())


def inbox(account_id: int, places: Sequence[int]) -> MessageQuerySet:
    """The in-app messages of an account in these places, in no order yet."""
    return Message.objects.within(*places).in_inbox_of(account_id)


@dataclass(frozen=True)
class Text:
    """One text message with everything readable, for the demo's page."""

    phone: str
    text: str
    state: str  # in words
    created_at: datetime


def latest_texts(limit: int) -> list[Text]:
    """The newest text messages of every place, opened. For the demo alone, where the page is the telephone; one statement."""
    everywhere = [place.number for place in places()]
    found = Message.objects.within(*everywhere).filter(channel=Message.Channel.SMS).order_by("-created_at", "-id")[:limit]
    return [Text(row.phone.reveal(), row.text.reveal(), row.get_state_display(), row.created_at) for row in found]
