"""Whose platform this is (本平台所属): the street when it serves one, else the district above its streets. No statement when warm."""

from django.utils.translation import get_language

from shequtong.core.models import Subdistrict
from shequtong.core.places import Place, places
from shequtong.territory import units


def streets() -> list[Place]:
    """The subdistricts served, by number."""
    return [found for found in places() if found.kind == Subdistrict.Kind.SUBDISTRICT]


def platform_place() -> str:
    """The name in the header; "" before any place is set up."""
    own = streets()
    if len(own) == 1:
        return name_of(own[0])
    districts = [found for found in places() if found.kind == Subdistrict.Kind.DISTRICT]
    return name_of(districts[0]) if len(districts) == 1 else ""


def name_of(found: Place) -> str:
    """The place in the reader's language, as far as its unit has a name there."""
    if not (get_language() or "").startswith("en"):
        return found.name
    unit = next((one for one in units.under("", found.kind) if one.subdistrict == found.number), None)
    return (unit and unit.name_en) or found.name
