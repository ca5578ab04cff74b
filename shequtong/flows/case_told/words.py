"""What a wording is made of (通知用语): a sentence with values of the event, or a function where the sentence depends on it."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localtime

from shequtong.cases import events
from shequtong.cases.catalogue import catalogue
from shequtong.cases.shown import limit_words
from shequtong.core.places import place
from shequtong.organizations.stations import directory

Said = str | Callable[[events.CaseEvent], object]  # a lazy translated sentence, or what chooses one ("" tells nobody)
Words = dict[type[events.CaseEvent], Any]
_SHOWN = 60  # characters of a note


def sentence(said: Any, event: events.CaseEvent) -> str:
    """The sentence in the language in force; "" when there is nothing to say."""
    chosen = said(event) if callable(said) else said
    return str(chosen) % facts(event) if chosen else ""


def facts(event: events.CaseEvent) -> dict[str, str]:
    """The values a wording may use. Reporters' own words are none of them."""
    here = place(event.subdistrict_id)
    stations = directory().by_id
    found, lead = stations.get(event.station_id or 0), stations.get(event.details.get("lead", 0))
    due = localtime(event.due_at, here.zone).strftime("%Y-%m-%d %H:%M") if event.due_at else "—"
    return {
        "place": here.name,
        "number": event.number,
        "name": catalogue().by_code[event.class_code].name,
        "station": found.name if found else "",
        "lead": lead.name if lead else "",  # who took it over
        "due": due,
        "note": event.note[:_SHOWN],
        "into": str(event.details.get("into", event.details.get("from", ""))),
        "limit": _limit(event.details.get("standard")),
        "limit_before": _limit(event.details.get("instead_of")),
        "level": str(event.details.get("level", "")),
    }


def _limit(standard_id: int | None) -> str:
    """How long handling may take under a standard, e.g. 5个工作日."""
    return limit_words(catalogue().standards[standard_id].limit) if standard_id else ""
