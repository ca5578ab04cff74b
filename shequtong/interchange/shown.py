"""Services and requests in GeoReport's fields (对外展示). Of other people's matters as much as the public page tells: never a personal field."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import Class, catalogue
from shequtong.cases.models import NEVER
from shequtong.cases.models.case_class import CaseClass
from shequtong.cases.shown import class_example, class_name, limit_words, station_name
from shequtong.cases.workflow import PUBLIC_STAGES, Stage
from shequtong.core.clock import PauseReason
from shequtong.core.places import place_lettered
from shequtong.interchange.lookups import Row, number_of
from shequtong.interchange.requests_asked import Wrong, offered, streets
from shequtong.interchange.systems import SystemRef
from shequtong.organizations.stations import directory
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import above

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = datetime.fromisoformat("2026-11-30T08:00:00+08:00")  # what the endpoint answers; moved when that changes
CONDITION = "CONDITION"  # the one attribute: which case of a class it is, where its standard tells several apart
LONGEST_DESCRIPTION = 4000  # characters, GeoReport v2
_IN_HAND = (Stage.DISPATCHED, Stage.HANDLING, Stage.VERIFICATION, Stage.CLOSING)
_SALT = "open311-token"

Item = dict[str, Any]


def discovery(url: str, *, test: bool) -> Item:
    """Where the endpoint is and what it speaks."""
    names = "、".join(one.name for one in streets().values())
    return {
        "changeset": CHANGED,
        "contact": _("The subdistrict office of %(names)s.") % {"names": names},
        "key_service": _("Keys are given by the system administrator of the platform, one to each system."),
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": url,
                "changeset": CHANGED,
                "type": "test" if test else "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


def services(system: SystemRef | None) -> list[Item]:
    """What may be told. `batch` for a system whose requests are looked at first: it gets a token, and the number later."""
    kind = "batch" if system is not None and system.screened else "realtime"
    found = sorted((one for one in catalogue().by_code.values() if offered(one)), key=lambda one: one.code)
    return [
        {
            "service_code": one.code,
            "service_name": class_name(one),
            "description": class_example(one),
            "metadata": bool(_conditions(one)),
            "type": kind,
            "keywords": "",
            "group": one.group_name,
        }
        for one in found
    ]


def definition(kind: Class) -> Item:
    """What else may be said of a class: which of its cases it is. Nothing, where its standard tells none apart."""
    values = _conditions(kind)
    attributes = [
        {
            "variable": True,
            "code": CONDITION,
            "datatype": "singlevaluelist",
            "required": False,
            "datatype_description": _("Choose one."),
            "order": 1,
            "description": _("Which of these is it?"),
            "values": [{"key": key, "name": name} for key, name in values.items()],
        }
    ]
    return {"service_code": kind.code, "attributes": attributes if values else []}


def _conditions(kind: Class) -> dict[str, str]:
    rows = {str(one.row): one.register_condition for one in kind.standards if one.register_condition}
    return rows if len(rows) > 1 else {}


def attributes_said(kind: Class, said: dict[str, list[str]]) -> list[str]:
    """The lines that attributes add to the words; 400 for a value that is not offered. Unknown codes are let go."""
    values, lines = _conditions(kind), []
    chosen = [one for one in said.get(CONDITION, []) if one.strip()]
    if len(chosen) > 1:
        raise Wrong(400, _("attribute[%(code)s] takes one value.") % {"code": CONDITION})
    if chosen and values:
        if chosen[0] not in values:
            raise Wrong(400, _("attribute[%(code)s] is one of %(keys)s.") % {"code": CONDITION, "keys": ", ".join(values)})
        lines.append(values[chosen[0]])
    return lines


def request_shown(row: Row, system: SystemRef | None) -> Item:
    """A request in GeoReport's order of fields. Words, address and point only of one's own; the point of a city's component anyway."""
    kind, own = catalogue().classes[row["case_class_id"]], system is not None and row["source"] == system.source
    pointed = own or kind.kind == CaseClass.Kind.COMPONENT
    here = place_lettered(row["letters"])
    assert here is not None  # a case lies in a place that exists

    def local(at: datetime) -> datetime | None:
        return None if at == NEVER else at.astimezone(here.zone)

    runs = Stage(row["stage"]) in _IN_HAND
    station = directory().by_id.get(row["lead_station_id"]) if row["lead_station_id"] else None
    return {
        "service_request_id": number_of(row),
        "status": "open" if row["is_open"] else "closed",
        "status_notes": _where_it_stands(row),
        "service_name": class_name(kind),
        "service_code": kind.code,
        "description": row["text"][:LONGEST_DESCRIPTION] if own else row["summary"],
        "agency_responsible": station_name(station) if station and (runs or row["stage"] == Stage.CLOSED) else "",
        "service_notice": service_notice(row["case_class_id"], row["standard_id"], registered=row["registered_at"] is not None),
        "requested_datetime": local(row["received_at"]),
        "updated_datetime": local(row["stage_since"]),
        "expected_datetime": local(row["promised_at"]) if runs else None,
        "address": row["address"] if pointed and row["address"] else _community(row["place_path"]),
        "address_id": str(row["building_id"]) if own and row["building_id"] else None,
        "zipcode": None,
        "lat": row["lat"] if pointed else None,
        "long": row["lon"] if pointed else None,
        "media_url": None,
    }


def service_notice(class_id: int, standard_id: int, *, registered: bool) -> str:
    """How long handling takes from dispatch on; before it is registered, the limits that its class's rows leave open."""
    found = [catalogue().standards[standard_id].limit] if registered else catalogue().told_limits(class_id, standard_id)
    limits = _(", ").join(limit_words(one) for one in found)
    if len(found) > 1:
        return _("Decided when it is registered: %(limits)s from dispatch.") % {"limits": limits}
    return _("To be handled within %(limit)s from dispatch.") % {"limit": limits}


def _where_it_stands(row: Row) -> str:
    words = str(PUBLIC_STAGES[Stage(row["stage"])])
    if not row["paused"] or row["resume_at"] == NEVER:
        return words
    why = (
        _("Waiting for an answer of who reported it.")
        if row["paused"] == PauseReason.REPORTER_ASKED
        else _("It is put off for a while: it cannot be settled at once.")
    )
    return f"{words} · {why}"


def _community(path: str) -> str:
    found = above(path, Unit.Kind.COMMUNITY) or above(path, Unit.Kind.SUBDISTRICT)
    return unit_name(found) if found else ""


def token_of(number: str) -> str:
    """A token for a request that is not let through yet: its number, signed, so that nothing need be stored."""
    return signing.dumps(number, salt=_SALT)


def number_in(token: str) -> str:
    """The number of a token; 404 for one we did not give."""
    try:
        return str(signing.loads(token, salt=_SALT))
    except signing.BadSignature:
        raise Wrong(404, _("No such token.")) from None
