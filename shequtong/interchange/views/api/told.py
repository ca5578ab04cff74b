"""Cases, classes, units and stations in the fields of the typed API (对外字段): times with the zone of the place, ids as strings."""

from datetime import datetime
from typing import Any

from shequtong.cases.catalogue import Class, Standard
from shequtong.cases.catalogue import catalogue as known_classes
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.shown import class_name, light_of, limit_words, move_name, place_name, stage_badge, station_name
from shequtong.core.places import place
from shequtong.interchange.actor import KeyActor
from shequtong.organizations.stations import StationRef, directory
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, at_path, tree

Item = dict[str, Any]
_MILESTONES = ("registered", "dispatched", "accepted", "handled", "verified", "answered", "closed")


def head(case: Case, by: KeyActor, now: datetime) -> Item:
    """A case without anybody's words. No statement."""
    zone, kind, unit = place(case.subdistrict_id).zone, known_classes().classes[case.case_class_id], at_path(case.place_path)

    def local(at: datetime | None) -> datetime | None:
        return None if at is None or at == NEVER else at.astimezone(zone)

    light = light_of(case, now)
    station = directory().by_id.get(case.lead_station_id) if case.lead_station_id else None
    return {
        "number": case.number,
        "class_code": kind.code,
        "class_name": class_name(kind),
        "stage": case.stage,
        "stage_name": stage_badge(case.stage).label,
        "stage_since": local(case.stage_since),
        "is_open": case.is_open,
        "channel": case.channel,
        "confidential": case.confidential,
        "unit": unit.code if unit else None,
        "place_name": place_name(case.place_path),
        "station": _id(case.lead_station_id),
        "station_name": station_name(station) if station else "",
        "light": light.value if light else None,
        "due_at": local(case.due_at) if light else None,
        "promised_at": local(case.promised_at),
        "summary": case.summary,
        "reference": case.source_ref if case.source == by.system.source and case.source_ref else None,
        "received_at": local(case.received_at),
        **{f"{name}_at": local(getattr(case, f"{name}_at")) for name in _MILESTONES},
        "rework_count": case.rework_count,
        "reopen_count": case.reopen_count,
    }


def full(case: Case, steps: list[Step], by: KeyActor, now: datetime, *, words: bool) -> Item:
    """One case with its steps; with what was told and noted where `words`. No statement."""
    zone = place(case.subdistrict_id).zone
    words = words and not case.confidential
    told = {
        "text": case.text,
        "address": case.address,
        "building": _id(case.building_id),
        "lon": case.lon,
        "lat": case.lat,
    }
    return {
        **head(case, by, now),
        "told": told if words else None,
        "steps": [
            {
                "number": step.number,
                "move": step.move,
                "move_name": move_name(step.move),
                "from_stage": step.from_stage or None,
                "to_stage": step.to_stage,
                "at": step.at.astimezone(zone),
                "station": _id(step.station_id),
                "late": step.late,
                "note": step.note if words else None,
            }
            for step in steps
        ],
    }


def _id(found: int | None) -> str | None:
    return None if found is None else str(found)


def class_shown(found: Class, agencies: dict[int, str]) -> Item:
    """A class with the standards in force."""
    return {
        "code": found.code,
        "name": class_name(found),
        "tree": found.tree,
        "kind": found.kind,
        "group_code": found.group_code,
        "group_name": found.group_name,
        "for_residents": found.for_residents,
        "ended": found.ended,
        "lead_agency": agencies.get(found.lead_agency) if found.lead_agency else None,
        "standards": [_standard(one) for one in found.standards],
    }


def _standard(one: Standard) -> Item:
    limit = one.limit
    return {
        "id": str(one.id),
        "row": one.row,
        "version": one.version,
        "register_condition": one.register_condition,
        "close_condition": one.close_condition,
        "limit": {
            "amount": limit.amount,
            "extra_minutes": limit.extra_minutes,
            "kind": limit.kind.value,
            "words": limit_words(limit),
        },
        "answer_required": one.answer_required,
        "after_photo_required": one.after_photo_required,
        "legal_basis": one.legal_basis,
        "published_at": one.published_at,
    }


def unit_shown(found: UnitRef) -> Item:
    """A unit of the territory."""
    parent = tree().by_id.get(found.parent_id) if found.parent_id else None
    return {
        "code": found.code,
        "kind": found.kind,
        "name": unit_name(found),
        "parent": parent.code if parent else None,
        "ended": found.ended,
    }


def station_shown(found: StationRef) -> Item:
    """A station."""
    return {
        "id": str(found.id),
        "code": found.code,
        "name": station_name(found),
        "agency_code": found.agency_code,
        "agency_name": found.agency_name,
        "unit": tree().by_id[found.unit_id].code,
        "ended": found.ended,
    }
