"""Calls at night (夜间告知): outside office hours an urgent case goes to the person on duty, in the app and by text message.

Who that is stands with the step (cases/on_duty.py). Where the roster has nobody it is the head of the station; never everybody.
"""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shequtong.accounts.models import Account
from shequtong.cases import events
from shequtong.flows import recipients
from shequtong.flows.case_told.words import Words, sentence
from shequtong.messaging.usecases import NewMessage

_WAITS = _("[%(place)s] On duty: urgent case %(number)s (%(name)s) waits for your station, due by %(due)s.")
# No words of anybody: a text message is read on a lock screen.
ON_DUTY: Words = {
    events.CaseDispatched: _WAITS,
    events.CaseDecided: _WAITS,
    events.CaseReworked: _WAITS,
    events.AssistanceAsked: _("[%(place)s] On duty: your station is asked to help with urgent case %(number)s (%(name)s)."),
    events.HandOverOffered: _(
        "[%(place)s] On duty: urgent case %(number)s (%(name)s) is offered to your station, due by %(due)s."
    ),
    events.CaseReminded: _("[%(place)s] On duty: urgent case %(number)s (%(name)s) is due soon: %(due)s."),
    events.CaseEscalated: _("[%(place)s] On duty: urgent case %(number)s (%(name)s) is overdue since %(due)s."),
}


def called(event: events.CaseEvent, station_id: int | None) -> list[int]:
    """Accounts that are called for this station; none by day, or where it is not urgent."""
    duty = next((one for one in event.details.get("duty", []) if one["station"] == station_id), None)
    if duty is None or station_id is None:
        return []
    return [account for account, _name in duty["people"]] or recipients.heads_of_station(
        station_id, recipients.day_of_event(event)
    )


def calls(event: events.CaseEvent, station_id: int | None) -> list[NewMessage]:
    """A message in the app and an urgent text message to each who is called. One statement, for their phones."""
    accounts = called(event, station_id)
    if not accounts or type(event) not in ON_DUTY:
        return []
    with override("zh-hans"):
        said = sentence(ON_DUTY[type(event)], event)
    link, key = reverse("cases:desk-detail", args=[event.number]), f"{type(event).__name__}:{event.step_id}"
    phones = {account.pk: account.phone for account in Account.objects.filter(pk__in=accounts, is_active=True)}
    found = []
    for account in accounts:
        message = NewMessage(
            channel="in_app",
            template=f"duty.{type(event).__name__}"[:40],
            text=said,
            account_id=account,
            subdistrict_id=event.subdistrict_id,
            link=link,
            once_key=f"{key}:{account}",
        )
        found.append(message)
        if phones.get(account):
            text, phone = f"{said} {settings.SITE_URL}{link}", phones[account].reveal()
            once = f"{key}:{account}:sms"
            found.append(replace(message, channel="sms", text=text, phone=phone, account_id=None, urgent=True, once_key=once))
    return found
