"""Who has to do with a root-cause project is told (告知根治项目): the people of its lead station, and who opened it; in the app."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shequtong.cases.events import RootProjectMoved
from shequtong.figures.write import day_of
from shequtong.flows.recipients import of_station
from shequtong.messaging.usecases import NewMessage, send_messages

_READ = "zh-hans"
# kind -> what the lead station reads, and what who opened it reads; None: nothing.
_WORDS: dict[str, tuple[Promise | None, Promise | None]] = {
    "opened": (_("Root-cause project “%(title)s”: your station leads it, to be done by %(day)s."), None),
    "lead": (
        _("Root-cause project “%(title)s”: your station leads it, to be done by %(day)s."),
        _("Root-cause project “%(title)s”: the lead or the day was changed."),
    ),
    "measures": (None, _("Root-cause project “%(title)s”: measures are reported as done; 60 days without a new case end it.")),
    "overdue": (
        _("Root-cause project “%(title)s” was to be done by %(day)s; nothing is reported as done yet."),
        _("Root-cause project “%(title)s” was to be done by %(day)s; nothing is reported as done yet."),
    ),
    "met": (
        _("Root-cause project “%(title)s” has ended: no new case for 60 days."),
        _("Root-cause project “%(title)s” has ended: no new case for 60 days."),
    ),
    "came_back": (
        _("Root-cause project “%(title)s”: a case of this class came from the same place again."),
        _("Root-cause project “%(title)s”: a case of this class came from the same place again."),
    ),
    "given_up": (_("Root-cause project “%(title)s” was ended without result."), None),
}
_FORMER = _("Root-cause project “%(title)s”: another station leads it now.")


def tell_root(event: RootProjectMoved) -> None:
    """One statement; none where nobody else has to do with it."""
    to_lead, to_opener = _WORDS[event.kind]
    day = day_of(event.subdistrict_id, event.at)
    told = dict.fromkeys(of_station(event.station_id, day), to_lead) if to_lead else {}
    if event.former_station_id is not None:
        told |= dict.fromkeys(set(of_station(event.former_station_id, day)) - told.keys(), _FORMER)
    if to_opener and event.opened_account_id is not None:
        told.setdefault(event.opened_account_id, to_opener)
    told.pop(event.by_account_id or 0, None)  # nobody is told what they just did themselves
    if told:
        send_messages(list(_messages(event, told.items())), now=event.at)


def _messages(event: RootProjectMoved, told: Iterable[tuple[int, Promise]]) -> Iterable[NewMessage]:
    link = reverse("cases:desk-root", args=[event.root_id])
    with override(_READ):
        for account, words in told:
            yield NewMessage(
                channel="in_app",
                template="root.moved",
                text=str(words) % {"title": event.title, "day": event.target_day.isoformat()},
                account_id=account,
                subdistrict_id=event.subdistrict_id,
                link=link,
                once_key=f"root:{event.root_id}:{event.step_id}:{event.kind}:{event.target_day.isoformat()}:{account}",
            )
