"""What a call asks for (查询条件): GeoReport's parameters read strictly, an empty one being the same as none. Pure but for names of places and classes."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shequtong.cases.catalogue import Class, catalogue
from shequtong.core.places import Place, places
from shequtong.core.refusals import Refusal
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, under

LONGEST_SPAN = timedelta(days=90)
MOST_ROWS, DEEPEST, MOST_IDS = 1000, 10_000, 200
_SPACE_FOR_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")  # a "+" that nobody escaped


class Wrong(Refusal):
    """A call that cannot be answered; `code` as GeoReport v2 gives it: 400, 403, 404."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Asked:
    """Which requests: those of the numbers, else those of a span, some classes, some states; a page of them."""

    places: tuple[int, ...]
    since: datetime
    until: datetime
    numbers: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()
    is_open: bool | None = None
    page: int = 1
    rows: int = MOST_ROWS
    extras: dict[str, str] = field(default_factory=dict)


def streets() -> dict[str, UnitRef]:
    """The subdistricts that are served, by their code, which is the jurisdiction's id."""
    return {one.code: one for one in under("", Unit.Kind.SUBDISTRICT)}


def jurisdiction(told: str) -> UnitRef | None:
    """The subdistrict that is named; the only one there is, whatever is named; None when nothing is named and there are several."""
    here = streets()
    if len(here) == 1:
        return next(iter(here.values()))
    if not told:
        return None
    if told not in here:
        raise Wrong(404, _("No such jurisdiction_id: %(told)s.") % {"told": told[:40]})
    return here[told]


def asked(query: Mapping[str, str], now: datetime, served: Collection[int] = ()) -> Asked:
    """The parameters of GET /requests. `served`: the subdistricts of the key, which are meant where no jurisdiction is named."""
    said = {name: value.strip() for name, value in query.items() if value.strip()}
    numbers = tuple(dict.fromkeys(one.strip() for one in said.get("service_request_id", "").split(",") if one.strip()))
    if len(numbers) > MOST_IDS:
        raise Wrong(400, _("At most %(most)d service_request_id at once.") % {"most": MOST_IDS})
    street = jurisdiction(said.get("jurisdiction_id", ""))
    if street is None and not numbers and not served:
        codes = ", ".join(sorted(streets()))
        raise Wrong(400, _("Several jurisdictions are served here: say jurisdiction_id, one of %(codes)s.") % {"codes": codes})
    since, until = _span(said, _zone(street), now)
    return Asked(
        places=(street.subdistrict,) if street else tuple(served),
        since=since,
        until=until,
        numbers=numbers,
        classes=tuple(class_of(code.strip()).id for code in said.get("service_code", "").split(",") if code.strip()),
        is_open=_state(said.get("status", "")),
        page=_whole(said, "page", 1, DEEPEST),
        rows=_whole(said, "page_size", MOST_ROWS, MOST_ROWS),
    )


def class_of(code: str) -> Class:
    """The class residents may choose that has this code; 404 else."""
    found = catalogue().by_code.get(code)
    if found is None or not offered(found):
        raise Wrong(404, _("No such service_code: %(code)s.") % {"code": code[:40]})
    return found


def offered(kind: Class) -> bool:
    """Whether others may tell of it: what residents may choose, and that has a standard."""
    return kind.for_residents and not kind.ended and kind.standard is not None


def _zone(street: UnitRef | None) -> ZoneInfo:
    here: Place = next((one for one in places() if street is not None and one.number == street.subdistrict), places()[0])
    return here.zone


def _span(said: Mapping[str, str], zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Ninety days by default, and at most: the other end follows from the one that is given."""
    since, until = (_moment(said, name, zone) for name in ("start_date", "end_date"))
    if since is None and until is None:
        return now - LONGEST_SPAN, now + timedelta(minutes=1)
    if until is None:
        assert since is not None
        return since, since + LONGEST_SPAN
    if since is None:
        return until - LONGEST_SPAN, until
    if since > until:
        raise Wrong(400, _("start_date lies after end_date."))
    if until - since > LONGEST_SPAN:
        raise Wrong(400, _("From start_date to end_date at most %(days)d days.") % {"days": LONGEST_SPAN.days})
    return since, until


def _moment(said: Mapping[str, str], name: str, zone: ZoneInfo) -> datetime | None:
    """W3C date and time; one without a zone is taken by the clock of the place."""
    if name not in said:
        return None
    try:
        found = datetime.fromisoformat(_SPACE_FOR_PLUS.sub("+", said[name]))
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        if not 1970 < found.year < 9000:
            raise ValueError
    except (ValueError, OverflowError):
        raise Wrong(400, _("%(name)s is no date and time such as 2026-01-31T09:00:00+08:00.") % {"name": name}) from None
    return found


def _state(told: str) -> bool | None:
    states = {one.strip() for one in told.split(",") if one.strip()}
    if not states <= {"open", "closed"}:
        raise Wrong(400, _("status is open, closed, or both with a comma between."))
    return None if len(states) != 1 else states == {"open"}


def _whole(said: Mapping[str, str], name: str, usual: int, most: int) -> int:
    told = said.get(name, str(usual))
    if not (told.isascii() and told.isdecimal() and len(told) < 9 and int(told) >= 1):
        raise Wrong(400, _("%(name)s is a whole number from 1.") % {"name": name})
    return min(int(told), most)
