"""Words that more than one document needs (文书用语): times by the wall clock of the place, the office that answers, the frame."""

from datetime import datetime

from django.utils.translation import get_language

from shequtong.cases.models import Case
from shequtong.core.actors import Actor
from shequtong.core.clock import wording
from shequtong.core.places import place
from shequtong.organizations.stations import office_of
from shequtong.territory.models import Unit
from shequtong.territory.units import above
from shequtong.ui.paper import Frame
from shequtong.ui.paper.frame import printed_by

NONE = "—"


def moment(at: datetime | None, subdistrict: int) -> str:
    """A time as it is printed, or a dash."""
    return wording.moment_text(at, place(subdistrict).zone) if at is not None else NONE


def stamp(at: datetime | None, subdistrict: int) -> str:
    """The same in figures, for tables."""
    return f"{at.astimezone(place(subdistrict).zone):%Y-%m-%d %H:%M}" if at is not None else NONE


def office_name(case: Case) -> str:
    """The precinct office of the place, else its subdistrict."""
    office = office_of(case.place_path)
    if office is None:
        return place(case.subdistrict_id).name
    return office.name_en if (get_language() or "").startswith("en") and office.name_en else office.name


def where(case: Case) -> str:
    """Community and address."""
    community = above(case.place_path, Unit.Kind.COMMUNITY)
    return " ".join(part for part in (community.name if community else "", case.address) if part) or NONE


def frame(title: str, subdistrict: int, by: Actor, now: datetime, number: str = "") -> Frame:
    """The frame of a document; a resident's own print names nobody."""
    printed = printed_by(by.name if by.post else "", by.post, stamp(now, subdistrict))
    return Frame(place=place(subdistrict).name, title=title, printed=printed, number=number)
