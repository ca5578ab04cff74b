"""Casts (浇铸): the rows of a life as text for one precinct: its people and stations put in, blanks left for what each case has of its own."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, JSONField, Model

from shequtong.access.actor import AccountActor
from shequtong.audit.marks import text_of
from shequtong.audit.models import Entry
from shequtong.core.bulk import NULL, columns_of, escaped
from shequtong.pages.city.rows import Blank, Count, Rows

_STATIONS = frozenset({"station", "lead", "to", "from", "proposed", "named"})  # of JSON: what names a station by its id
_AFTERWARDS = frozenset({"mark", "position", "seal_id"})
_OPEN, _SHUT = "\ue000", "\ue001"  # around a blank's name until its text is written
_NUMBERS = re.compile(f'"({_OPEN}(?:unit|building|lon|lat){_SHUT})"')


@dataclass(frozen=True)
class Swap:
    """What of the molds' precinct stands for what of another: ids of stations, accounts and appointments, names and posts."""

    subdistrict: int
    stations: Mapping[int, int]
    accounts: Mapping[int, int]
    appointments: Mapping[int, int]
    words: Mapping[str, str]

    @classmethod
    def between(
        cls,
        subdistrict: int,
        stations: Mapping[int, int],
        ours: Mapping[str, AccountActor],
        theirs: Mapping[str, AccountActor],
    ) -> "Swap":
        """From our crew to theirs, key by key."""
        pairs = [(ours[key], theirs[key]) for key in ours]
        return cls(
            subdistrict,
            stations,
            {one.account_id: other.account_id for one, other in pairs},
            {one.appointment_id or 0: other.appointment_id or 0 for one, other in pairs},
            {one.name: other.name for one, other in pairs} | {one.post: other.post for one, other in pairs},
        )


@dataclass(frozen=True)
class Cast:
    """A life ready to be filled: `lines` a table, `marks` what each entry's mark is made over, `counts` with stations of the place."""

    rows: Rows
    lines: dict[type[Model], str]
    marks: list[str]
    counts: list[Count]


def cast_of(rows: Rows, swap: Swap, now: str) -> Cast:
    """Put a place's people and stations into the rows of a life."""
    lines: dict[type[Model], list[str]] = {}
    marks = []
    for model, values in rows.lines:
        own = {name: _swapped(model, name, value, swap) for name, value in values.items()}
        own["subdistrict_id"] = swap.subdistrict
        if model is Entry:
            marks.append(_marked(own, now))
        parts = [_text(field, own[field.attname]) for field in columns_of(model)]
        lines.setdefault(model, []).append("\t".join(parts) + "\n")
    counts = [one._replace(station=swap.stations.get(one.station, one.station)) for one in rows.counts]
    return Cast(rows, {model: _filled("".join(some)) for model, some in lines.items()}, marks, counts)


def _swapped(model: type[Model], name: str, value: Any, swap: Swap) -> Any:
    if name.endswith("station_id"):
        return swap.stations.get(value, value)
    if name.endswith("account_id"):
        return swap.accounts.get(value, value)
    if name == "appointment_id":
        return swap.appointments.get(value, value)
    if isinstance(value, str):
        return swap.words.get(value, value)
    return _inside(value, "", swap) if isinstance(value, dict | list) else value


def _inside(value: Any, key: str, swap: Swap) -> Any:
    """Likewise within JSON."""
    if isinstance(value, dict):
        return {name: _inside(inner, name, swap) for name, inner in value.items()}
    if isinstance(value, list):
        key = "station" if value[:1] == ["station"] else key  # what a routing passed over: kind, id, why
        return [_inside(inner, key, swap) for inner in value]
    if isinstance(value, str):
        return swap.words.get(value, value)
    return swap.stations.get(value, value) if key in _STATIONS and isinstance(value, int) else value


def _marked(values: dict[str, Any], now: str) -> str:
    """The text an entry's mark is made over, with blanks for its ids and moment."""
    plain = {}
    for name, value in values.items():
        if name in _AFTERWARDS:
            continue
        if isinstance(value, Blank):
            plain[name] = f"{_OPEN}{value.name}{_SHUT}"
        else:
            plain[name] = value
    text = text_of(Entry._meta.label_lower, plain).replace("%", "%%")
    for name in ("id", "object_id"):  # numbers stand without quotes
        blank = values[name].name
        text = text.replace(f'"{name}":"\\ue000{blank}\\ue001"', f'"{name}":%({blank})s')
    text = text.replace("\\ue000now\\ue001", now)
    return text.replace("\\ue000", "%(").replace("\\ue001", ")s.000000+00:00")


def _text(field: Any, value: Any) -> str:
    """A value as it stands in a line."""
    if isinstance(value, Blank):
        return f"{_OPEN}{value.name}{_SHUT}"
    if value is None:
        return NULL
    if isinstance(field, BooleanField):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S+00")
    return escaped(_json(value) if isinstance(field, JSONField) else str(value))


def _json(value: Any) -> str:
    """With blanks; those that are numbers stand without quotes."""
    text = json.dumps(value, ensure_ascii=False, default=lambda blank: f"{_OPEN}{blank.name}{_SHUT}")
    return _NUMBERS.sub(r"\1", text)


def _filled(text: str) -> str:
    """Blanks as `%` knows them; moments with their zone."""
    parts = text.replace("%", "%%").split(_OPEN)
    found = [parts[0]]
    for part in parts[1:]:
        name, _shut, rest = part.partition(_SHUT)
        found.append(f"%({name})s{'+00' if name == 'now' or (name[0] == 't' and name[1:].isdigit()) else ''}{rest}")
    return "".join(found)
