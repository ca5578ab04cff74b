"""Who follows a case is told of each move (关注), and who is named in a note (提及). In the app, by name of the move, nothing of its words."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from shequtong.cases import events
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Follow
from shequtong.cases.workflow import MOVES
from shequtong.messaging.usecases import NewMessage, send_messages

_READ = "zh-hans"


def tell_followers(event: events.CaseEvent) -> None:
    """To staff who follow the case, but for who moved it. Two statements; none when nobody follows."""
    if not event.follow_count or event.is_history:
        return
    with override(_READ):
        said = _("%(number)s (%(name)s), which you follow: %(move)s.") % {
            "number": event.number,
            "name": catalogue().by_code[event.class_code].name,
            "move": MOVES[event.move].label,
        }
    others = _followers(event.subdistrict_id, event.case_id) - {event.by_account_id}
    _send(event.subdistrict_id, event.number, said, others, f"follow:{event.step_id}", event.at)


def tell_named(event: events.NoteAdded) -> None:
    """To those a note names, and to who follows the case. One statement, one more when somebody follows."""
    told: set[int | None] = set(event.mentions)
    if event.follow_count:
        told |= _followers(event.subdistrict_id, event.case_id)
    with override(_READ):
        said = _("%(number)s: %(actor)s wrote a note.") % {"number": event.number, "actor": event.actor}
    _send(event.subdistrict_id, event.number, said, told - {event.by_account_id}, f"note:{event.note_id}", event.at)


def _followers(subdistrict_id: int, case_id: int) -> set[int | None]:
    return set(Follow.objects.filter(subdistrict=subdistrict_id, case=case_id).values_list("account_id", flat=True))


def _send(subdistrict_id: int, number: str, said: str, accounts: Iterable[int | None], once: str, at: datetime) -> None:
    link = reverse("cases:desk-detail", args=[number])
    found = [
        NewMessage(
            channel="in_app",
            template="case.followed",
            text=said,
            account_id=account,
            subdistrict_id=subdistrict_id,
            link=link,
            once_key=f"{once}:{account}",
        )
        for account in sorted(account for account in accounts if account is not None)
    ]
    if found:
        send_messages(found, now=at)
