"""When a case moves, the people concerned are told (告知): the reporter by message, staff in the app. Wording stands here alone.

A message to a reporter is Chinese, whatever language the member of staff works in. It never repeats the reporter's own words.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from shequtong.cases import events
from shequtong.cases.catalogue import catalogue
from shequtong.core.places import place
from shequtong.figures.write import day_of
from shequtong.flows import recipients
from shequtong.messaging.usecases import NewMessage, send_messages
from shequtong.organizations.stations import directory

RESIDENTS_READ = "zh-hans"
Wording = Callable[[events.CaseEvent, str], str]


def _class_name(event: events.CaseEvent) -> str:
    return catalogue().by_code[event.class_code].name


def _received(event: events.CaseEvent, name: str) -> str:
    return _("[%(place)s] We received your report (%(name)s), number %(number)s. Follow it with this number.") % _facts(
        event, name
    )


def _registered(event: events.CaseEvent, name: str) -> str:
    return _("[%(place)s] Your report %(number)s (%(name)s) is registered and will be dispatched.") % _facts(event, name)


def _accepted(event: events.CaseEvent, name: str) -> str:
    return _("[%(place)s] Your report %(number)s (%(name)s) is being handled by %(station)s, by %(due)s.") % _facts(event, name)


def _answered(event: events.CaseEvent, name: str) -> str:
    return _("[%(place)s] Your report %(number)s (%(name)s) has been answered. Read it with your number and key.") % _facts(
        event, name
    )


def _closed(event: events.CaseEvent, name: str) -> str:
    return _("[%(place)s] Your report %(number)s (%(name)s) is closed. Please tell us whether it was solved.") % _facts(
        event, name
    )


def _voided(event: events.CaseEvent, name: str) -> str:
    return _("[%(place)s] Your report %(number)s (%(name)s) is not pursued. Reason: %(note)s") % _facts(event, name)


TO_REPORTER: dict[type[events.CaseEvent], Wording] = {
    events.CaseReported: _received,
    events.CaseRegistered: _registered,
    events.CaseAccepted: _accepted,
    events.CaseAnswered: _answered,
    events.CaseClosed: _closed,
    events.CaseVoided: _voided,
}


def _dispatched(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s) was dispatched to your station, to be handled by %(due)s.") % _facts(event, name)


def _reworked(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s) was found not fixed. Handle it again by %(due)s.") % _facts(event, name)


def _assistance_asked(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s): your station is asked for assistance.") % _facts(event, name)


def _assistance_answered(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s): the assisting station has answered.") % _facts(event, name)


TO_STATION: dict[type[events.CaseEvent], Wording] = {
    events.CaseDispatched: _dispatched,
    events.CaseReworked: _reworked,
    events.AssistanceAsked: _assistance_asked,
    events.AssistanceAnswered: _assistance_answered,
}


def _sent_back(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s) was sent back: %(note)s") % _facts(event, name)


def _handled(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s) was reported as handled and waits for verification.") % _facts(event, name)


def _reopened(event: events.CaseEvent, name: str) -> str:
    return _("%(number)s (%(name)s) was reopened and waits for dispatch.") % _facts(event, name)


TO_OFFICE: dict[type[events.CaseEvent], Wording] = {
    events.CaseSentBack: _sent_back,
    events.CaseHandled: _handled,
    events.CaseReopened: _reopened,
}


def _facts(event: events.CaseEvent, name: str) -> dict[str, str]:
    """The values a wording may use."""
    here = place(event.subdistrict_id)
    found = directory().by_id.get(event.station_id) if event.station_id else None
    due = localtime(event.due_at, here.zone).strftime("%Y-%m-%d %H:%M") if event.due_at else "—"
    return {
        "place": here.name,
        "number": event.number,
        "name": name,
        "station": found.name if found else "",
        "due": due,
        "note": event.note[:60],
    }


def tell_reporter(event: events.CaseEvent) -> None:
    """A text message to the reporter's phone, else a message in their account. One statement; none without a reporter."""
    wording = TO_REPORTER.get(type(event))
    if wording is None or event.reporter_id is None or event.is_history:
        return
    with override(RESIDENTS_READ):
        text = wording(event, _class_name(event))
    link = reverse("cases:public", args=[event.number])
    key = f"{type(event).__name__}:{event.step_id}"
    said = NewMessage(
        channel="sms", template=_template(event), text=text, subdistrict_id=event.subdistrict_id, link=link, once_key=f"{key}:sms"
    )
    found = []
    if event.reporter_phone:
        # Anybody can type anybody's number: what is not proven is capped, so that nobody is flooded through us.
        proven = None if recipients.is_proven(event) else partial(recipients.was_taken_down, event)
        found.append(
            replace(said, phone=event.reporter_phone.reveal(), proven=proven, opening=isinstance(event, events.CaseReported))
        )
    if event.reporter_account_id is not None:
        found.append(replace(said, channel="in_app", account_id=event.reporter_account_id, once_key=f"{key}:app"))
    if found:
        send_messages(found, now=event.at)


def tell_station(event: events.CaseEvent) -> None:
    """A message in the app to each of the station's people. One statement."""
    wording = TO_STATION.get(type(event))
    if wording is not None and event.station_id is not None and not event.is_history:
        _tell_staff(event, wording, recipients.of_station(event.station_id, day_of(event.subdistrict_id, event.at)))


def tell_office(event: events.CaseEvent) -> None:
    """A message in the app to the precinct office. One statement."""
    wording = TO_OFFICE.get(type(event))
    if wording is not None and not event.is_history:
        _tell_staff(event, wording, recipients.of_office(event.place_path, day_of(event.subdistrict_id, event.at)))


def _tell_staff(event: events.CaseEvent, wording: Wording, accounts: Iterable[int]) -> None:
    with override(RESIDENTS_READ):
        text = wording(event, _class_name(event))
    link = reverse("cases:desk-detail", args=[event.number])
    messages = [
        NewMessage(
            channel="in_app",
            template=_template(event),
            text=text,
            account_id=account,
            subdistrict_id=event.subdistrict_id,
            link=link,
            once_key=f"{type(event).__name__}:{event.step_id}:{account}",
        )
        for account in accounts
    ]
    if messages:
        send_messages(messages, now=event.at)


def _template(event: events.CaseEvent) -> str:
    return f"case.{type(event).__name__}"[:40]
