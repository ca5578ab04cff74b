"""What ids and keys of a finding are called (名称): in the reader's language, ended ones too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.shown import class_name, place_name, station_name
from shequtong.core.clock import wording
from shequtong.organizations.stations import directory
from shequtong.territory.units import tree


def unit(unit_id: int) -> str:
    """Community and grid, or the name of a larger unit."""
    found = tree().by_id.get(unit_id)
    return (place_name(found.path) or found.name) if found else "—"


def station(station_id: int | None) -> str:
    """A station, standing or not."""
    found = directory().by_id.get(station_id or 0)
    return station_name(found) if found else "—"


def kind(class_id: int) -> str:
    """A class."""
    found = catalogue().classes.get(class_id)
    return class_name(found) if found else "—"


def agency(class_id: int, agency_id: int) -> tuple[str, str]:
    """The agency's name, and on what basis it is on the duty list."""
    name = next((one.agency_name for one in directory().by_id.values() if one.agency_id == agency_id), "—")
    kind = catalogue().classes.get(class_id)
    return name, kind.bases.get(agency_id, "") if kind else ""


def channel(channel: str) -> str:
    """The way a report came."""
    return str(Case.Channel(channel).label) if channel in Case.Channel.values else channel


def version(values: Mapping[str, Any]) -> str:
    """Which flow was in force."""
    n = values.get("flow", 0)
    return _("flow of this subdistrict, version %(n)d") % {"n": n} if n else _("the flow that holds everywhere")


def moment(values: Mapping[str, Any], name: str, zone: ZoneInfo) -> str:
    """A moment that was kept, on the clock of the place."""
    told = values.get(name)
    return wording.moment_text(datetime.fromisoformat(told), zone) if told else "—"
