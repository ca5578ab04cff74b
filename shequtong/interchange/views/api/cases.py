"""Cases by the typed API (案件接口): a queue by keyset, one case, who told it; opening one, through the use-case alone."""

from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from shequtong.cases import permissions
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.models import Case, Step
from shequtong.cases.places import find_spot
from shequtong.core.keyset import parse_keyset
from shequtong.core.phones import normalise_phone
from shequtong.interchange.actor import KeyActor
from shequtong.interchange.usecases import NewRequest, take_request, tell_reporter
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem, field
from shequtong.interchange.views.api.once import Key, claim_of, made, once
from shequtong.interchange.views.api.schemas import (
    NUMBER,
    CaseFull,
    CaseNew,
    CasePage,
    Code,
    Id,
    LightAsked,
    Made,
    Reference,
    ReporterShown,
    StageAsked,
)
from shequtong.interchange.views.api.told import full, head
from shequtong.territory.units import with_code

router = Router()
MOST = 100
Number = Annotated[str, StringConstraints(pattern=NUMBER)]
_KEYSET = r"^[0-9T:.+-]{19,40}_[0-9]{1,19}$"


class CasesAsked(Schema):
    """Filters of the queue; none: all that are open, soonest due first."""

    stage: StageAsked | None = Field(None, description="`all`: those that ended too.")
    light: LightAsked | None = Field(None, description="State of the running clock; `none`: no clock runs.")
    class_code: Code | None = None
    station: Id | None = Field(None, description="The station that leads.")
    under: Code | None = Field(None, description="Code of a unit: it and all under it.")
    reference: Reference | None = Field(
        None, description="Your own mark of a case you opened, wherever it is: no filter goes with it."
    )
    after: Annotated[str, StringConstraints(pattern=_KEYSET)] | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST)


@router.get("cases", response=CasePage, tags=["cases"], operation_id="list_cases")
def cases(request: KeyRequest, asked: Query[CasesAsked]) -> dict[str, Any]:
    """Cases of this key's reach, soonest due first. One statement; for a key of a station, two or three."""
    by, now = request.actor, timezone.now()
    if not by.may(permissions.VIEW_HEADER):
        raise Problem(404)
    if asked.reference:
        return {"items": [head(case, by, now) for case in _marked(request, asked)], "next": None}
    page = queue(by, _filters(request, asked), now, permissions.VIEW_HEADER, asked.limit)
    following = f"{page.next[0].isoformat()}_{page.next[1]}" if page.next else None
    return {"items": [head(case, by, now) for case in page.rows], "next": following}


def _marked(request: KeyRequest, asked: CasesAsked) -> list[Case]:
    """The case of a mark, open or ended, in whichever subdistrict of the key; as far as its header is the key's to see. One statement."""
    others = [name for name in ("stage", "light", "class_code", "station", "under", "after") if getattr(asked, name) is not None]
    if others:
        words = _("A reference is looked up alone: leave out the filters.")
        raise Problem(409, "reference_alone", words, [field(name, "alone", words) for name in others])
    system = request.actor.system
    found = Case.objects.told_by(system.streets, system.source, asked.reference or "")
    return list(found.within_reach(request.actor, permissions.VIEW_HEADER).order_by("id")[: asked.limit])


def _filters(request: KeyRequest, asked: CasesAsked) -> Filters:
    unit = with_code(asked.under) if asked.under else None
    if asked.under and (unit is None or not unit.path.startswith(request.actor.system.path)):
        raise Problem(404)
    after = parse_keyset(asked.after) if asked.after else None
    if asked.after and after is None:
        raise Problem(409, "no_such_page", _("Send `next` of the page before as it came."), [field("after", "keyset", "")])
    return Filters(
        stage=asked.stage or "",
        light=asked.light or "",
        class_code=asked.class_code or "",
        station=int(asked.station) if asked.station else None,
        under=unit.path if unit else "",
        after=after,
    )


@router.get("cases/{number}", response=CaseFull, tags=["cases"], operation_id="get_case")
def case(request: KeyRequest, number: Number) -> dict[str, Any]:
    """One case with its steps. Two statements."""
    found = within_reach(request, number)
    words = reads_words(request, found)
    steps = list(Step.objects.filter(case=found).order_by("number"))
    return full(found, steps, request.actor, timezone.now(), words=words)


def reads_words(request: KeyRequest, found: Case) -> bool:
    """What was found within reach is the key's to read with any right it has: a station that assists reads the words, too."""
    facts, station = found.reach_facts(), request.actor.system.station
    own = facts if station is None else facts.__class__(facts.subdistrict, facts.path, frozenset({station}))
    return request.actor.reach(permissions.VIEW).covers(own)


def within_reach(request: KeyRequest, number: str) -> Case:
    """The case, as far as its header is the key's to see; 404 otherwise. One statement."""
    found = Case.objects.numbered(number).within_reach(request.actor, permissions.VIEW_HEADER).first()
    if found is None:
        raise Problem(404)
    return found


@router.get("cases/{number}/reporter", response=ReporterShown, tags=["cases"], operation_id="get_reporter")
def reporter(
    request: KeyRequest,
    number: Number,
    reason: Annotated[str, StringConstraints(min_length=4, max_length=200, pattern=r"^[^\x00]*$")],
) -> dict[str, Any]:
    """Who reported a case. Each look stands in the security log with its reason before anything is told; sixty an hour."""
    told = tell_reporter(number=number, reason=reason, by=request.actor, now=timezone.now())
    return {"name": told.name, "phone": told.phone}


@router.post("cases", response={201: Made}, tags=["cases"], operation_id="create_case")
def create(request: KeyRequest, told: CaseNew, idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")]) -> Status[Any]:
    """Open a case. At most twelve statements."""
    by, now = request.actor, timezone.now()
    if not by.may(permissions.INTAKE):
        raise Problem(404)
    new = _new(told, claim_of(by))

    def perform() -> Made:
        # Within: a resent call gets its first answer, whatever became of the place meanwhile.
        refuse_elsewhere(by, new.building_id, new.point)
        return made(take_request(new=new, system=by.system, by=by, now=now), now)

    # By the key's own subdistrict, not the place's: the same key with another place is no second case.
    return Status(201, once(request, idempotency_key, told, by.home, perform))


def refuse_elsewhere(by: KeyActor, building: int | None, point: tuple[float, float] | None) -> None:
    """409 for a place that is not there or that the key does not serve."""
    spot = find_spot(building, point, "", "")
    if spot is None or not spot.path.startswith(by.system.path):
        words = _("This place was not found, or this key does not serve it.")
        raise Problem(409, "no_such_place", words, [field("building" if building else "lon", "place", words)])


def point_of(lon: float | None, lat: float | None, building: str | None) -> tuple[float, float] | None:
    """The point that is told, None beside a building; 409 where neither is told."""
    if building is not None:
        return None
    if lon is None or lat is None:
        words = _("Send lon and lat, or a building.")
        raise Problem(409, "no_place", words, [field("lon", "place", words)])
    return lon, lat


def _new(told: CaseNew, claim: str) -> NewRequest:
    return NewRequest(
        class_code=told.class_code,
        text=told.text,
        building_id=int(told.building) if told.building else None,
        point=point_of(told.lon, told.lat, told.building),
        address=told.address,
        name=told.reporter_name,
        phone=normalise_phone(told.reporter_phone) if told.reporter_phone else "",
        ref=told.reference,
        photos=tuple(int(one) for one in told.photos),
        claim=claim,
    )
