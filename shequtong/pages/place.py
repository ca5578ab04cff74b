"""Whose platform this is (本平台所属): the street when it serves one, else the district above its streets. No statement when warm."""

from shequtong.core.models import Subdistrict
from shequtong.core.places import Place, places


def streets() -> list[Place]:
    """The subdistricts served, by number."""
    return [found for found in places() if found.kind == Subdistrict.Kind.SUBDISTRICT]


def platform_place() -> str:
    """The name in the header; "" before any place is set up."""
    own = streets()
    if len(own) == 1:
        return own[0].name
    districts = [found for found in places() if found.kind == Subdistrict.Kind.DISTRICT]
    return districts[0].name if len(districts) == 1 else ""
