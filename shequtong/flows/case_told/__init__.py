"""When a case moves, the people concerned are told (告知): reporters by text message, staff in the app.

The sentences stand in `to_reporters` and `to_staff`; here is who gets them. One statement a telling; one more to find further reporters.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from shequtong.cases import events, permissions
from shequtong.cases.answer_links import link_token
from shequtong.cases.workflow import STATION_STAGES, Stage
from shequtong.figures.write import day_of
from shequtong.flows import recipients
from shequtong.flows.case_told.at_night import calls
from shequtong.flows.case_told.joined import not_proven, to_joined
from shequtong.flows.case_told.past import unless_past
from shequtong.flows.case_told.to_reporters import READ_THERE, TO_REPORTER
from shequtong.flows.case_told.to_staff import (
    TO_ABOVE,
    TO_ASSIGNEE,
    TO_FORMER,
    TO_HELPERS,
    TO_HOLDER,
    TO_LED,
    TO_NEXT,
    TO_OFFICE,
    TO_STATION,
)
from shequtong.flows.case_told.words import Words, sentence
from shequtong.messaging.usecases import NewMessage, send_messages

__all__ = [
    "TO_ABOVE",
    "TO_ASSIGNEE",
    "TO_FORMER",
    "TO_HELPERS",
    "TO_HOLDER",
    "TO_LED",
    "TO_NEXT",
    "TO_OFFICE",
    "TO_REPORTER",
    "TO_STATION",
    "tell_above",
    "tell_assignee",
    "tell_former",
    "tell_holder",
    "tell_office",
    "tell_reporter",
    "tell_station",
    "tell_urgers",
]

READ = "zh-hans"
# The right that takes a case on from where it stands.
_NEXT = {
    Stage.HELD: permissions.SCREEN,
    Stage.CONFIRMATION: permissions.CONFIRM,
    Stage.INTAKE: permissions.REGISTER,
    Stage.REGISTERED: permissions.DISPATCH,
    Stage.DECISION: permissions.DECIDE,
    Stage.VERIFICATION: permissions.VERIFY,
    Stage.CLOSING: permissions.CLOSE,
}
# What leads a case to somebody else; the other events tell the office of something that happened on the way.
_MOVES_ON = frozenset(
    {
        *(events.CaseReported, events.CaseAdmitted, events.CaseConfirmed, events.CaseRegistered, events.CaseSentBack),
        *(events.CaseTakenBack, events.CaseHandled, events.CaseVerified, events.CaseReopened),
    }
)


@unless_past
def tell_reporter(event: events.CaseEvent) -> None:
    """A text message to each reporter's phone, and a message in their account: the first one's, and those who joined.

    In the same statement, whom the case waits for from now on, where the table of moves names nobody else, the station it was
    taken over from, and the one that was given time.
    """
    found = [*_to_reporters(event), *_to_staff(event, TO_NEXT, _waited_for(event))]
    if type(event) in TO_LED and event.station_id is not None:
        found += _to_people(event, TO_LED, event.station_id)
    if found:
        send_messages(found, now=event.at)


def _to_reporters(event: events.CaseEvent) -> list[NewMessage]:
    said = _said(TO_REPORTER, event)
    if not said:
        return []
    if event.secret:  # a link that is sent once and kept nowhere
        link = reverse("cases:question", args=[event.secret])
        said = f"{said} {settings.SITE_URL}{link}"
    else:
        link = reverse("cases:public", args=[event.number])
    text = f"{said} {settings.SITE_URL}{link}" if _reads_it(event) else said
    key = f"{type(event).__name__}:{event.step_id}"
    once, place = recipients.text_key(type(event), event.step_id), event.subdistrict_id
    message = NewMessage(channel="sms", template=_template(event), text=text, subdistrict_id=place, link=link, once_key=once)
    found = []
    if event.reporter_id is not None and event.reporter_phone:
        # Anybody can type anybody's number: what is not proven is capped, so that nobody is flooded through us.
        proven = None if recipients.is_proven(event) else not_proven
        opening = isinstance(event, events.CaseReported)
        phone = event.reporter_phone.reveal()
        if event.taken_down and text != said:
            text = f"{said} {settings.SITE_URL}{_opens(event, event.reporter_id, phone)}"
        found.append(replace(message, text=text, phone=phone, proven=proven, opening=opening))
    if event.reporter_id is not None and event.reporter_account_id is not None:
        found.append(replace(message, text=said, channel="in_app", account_id=event.reporter_account_id, once_key=f"{key}:app"))
    # A question goes to who told it first: the link lets one answer.
    if event.joined_count and not event.secret:
        found += to_joined(event, message, said, key)
    return found


def _reads_it(event: events.CaseEvent) -> bool:
    """Whether the text says that there is something to read, and where; without an address of ours it cannot."""
    return bool(settings.SITE_URL) and type(event) in READ_THERE and not event.secret


def _opens(event: events.CaseEvent, reporter_id: int, phone: str) -> str:
    """Who told it by telephone or at the window has no key at hand: the link opens it."""
    token = link_token(case_id=event.case_id, reporter_id=reporter_id, phone=phone, day=_day(event))
    return reverse("cases:open-link", args=[token])


@unless_past
def tell_station(event: events.CaseEvent) -> None:
    """A message in the app to each of the people of the station that the event names; at night to who is on duty, by phone as well."""
    if event.station_id is not None:
        messages = calls(event, event.station_id) or _to_people(event, TO_STATION, event.station_id)
        # The stations that are to assist with what was dispatched, in the same statement.
        for station in event.details.get("assisting", []):
            messages += calls(event, station) or _to_people(event, TO_HELPERS, station)
        _send(event, messages)


@unless_past
def tell_office(event: events.CaseEvent) -> None:
    """A message in the app to those the case waits for now; where it waits at its station, to the precinct office."""
    _tell_staff(event, TO_OFFICE, _waited_for(event))


def _waited_for(event: events.CaseEvent) -> list[int]:
    """Who takes the next step, by the stage the event led to; the office where that is the station's."""
    reviewed = isinstance(event, events.CaseSettledOnTheSpot)
    permission = permissions.REVIEW if reviewed else _NEXT.get(Stage(event.stage)) if type(event) in _MOVES_ON else None
    if permission is None:
        return recipients.of_office(event.place_path, _day(event))
    return recipients.of_waiting(permission, event.subdistrict_id, event.place_path, _day(event))


@unless_past
def tell_former(event: events.CaseEvent) -> None:
    """To the station that had the case until it was taken back."""
    station = event.details.get("station")
    if station is not None:
        _tell_staff(event, TO_FORMER, recipients.of_station(int(station), _day(event)))


@unless_past
def tell_urgers(event: events.CaseEvent) -> None:
    """To those who urged and now read what comes of it."""
    _tell_staff(event, TO_OFFICE, event.details.get("urgers", []))


@unless_past
def tell_assignee(event: events.CaseEvent) -> None:
    """To the one the case was assigned to."""
    if event.assignee_account_id is not None:
        _tell_staff(event, TO_ASSIGNEE, [event.assignee_account_id])


@unless_past
def tell_holder(event: events.CaseEvent) -> None:
    """To who has the case in hand: its assignee, else the station (at night who is on duty, too), else the office it waits at."""
    in_hand = event.stage in STATION_STAGES and event.station_id is not None
    if in_hand and (at_night := calls(event, event.station_id)):
        there = {message.account_id for message in at_night}
        own = [account for account in (event.assignee_account_id,) if account is not None and account not in there]
        _send(event, [*at_night, *_to_staff(event, TO_HOLDER, own)])
    elif in_hand and event.assignee_account_id is not None:
        _tell_staff(event, TO_HOLDER, [event.assignee_account_id])
    elif in_hand and event.station_id is not None:
        _send(event, _to_people(event, TO_HOLDER, event.station_id))
    else:
        _tell_staff(event, TO_HOLDER, recipients.reached_or_office(event))


@unless_past
def tell_above(event: events.CaseEvent) -> None:
    """To the level it is escalated to: 1 the precinct office, 2 the subdistrict, 3 the district; at night to who is on duty, too."""
    above = recipients.of_level(int(event.details["level"]), event.place_path, _day(event))
    _send(event, [*calls(event, event.station_id), *_to_staff(event, TO_ABOVE, above)])


def _tell_staff(event: events.CaseEvent, words: Words, accounts: Iterable[int]) -> None:
    _send(event, _to_staff(event, words, accounts))


def _send(event: events.CaseEvent, messages: list[NewMessage]) -> None:
    if messages:
        send_messages(messages, now=event.at)


def _to_people(event: events.CaseEvent, words: Words, station_id: int) -> list[NewMessage]:
    """A message in the app to everybody of a station."""
    return _to_staff(event, words, recipients.of_station(station_id, _day(event)))


def _to_staff(event: events.CaseEvent, words: Words, accounts: Iterable[int]) -> list[NewMessage]:
    said = _said(words, event)
    if not said:
        return []
    link = reverse("cases:desk-detail", args=[event.number])
    return [
        NewMessage(
            channel="in_app",
            template=_template(event),
            text=said,
            account_id=account,
            subdistrict_id=event.subdistrict_id,
            link=link,
            once_key=f"{type(event).__name__}:{event.step_id}:{account}",
        )
        for account in accounts
        if account != event.by_account_id  # nobody is told what they just did themselves
    ]


def _said(words: Words, event: events.CaseEvent) -> str:
    """The sentence, in Chinese: it is kept, and read later by people whose language is not known here."""
    with override(READ):
        return sentence(words[type(event)], event) if type(event) in words else ""


def _day(event: events.CaseEvent) -> date:
    return day_of(event.subdistrict_id, event.at)


def _template(event: events.CaseEvent) -> str:
    return f"case.{type(event).__name__}"[:40]
