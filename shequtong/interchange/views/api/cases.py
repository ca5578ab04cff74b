"""Cases by the typed API (案件接口): a queue by keyset, one case, what may come next; opening and moving, through the use-cases alone."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.models import Case, Step
from shequtong.cases.numbers import parse_number
from shequtong.cases.places import find_spot
from shequtong.cases.shown import move_name
from shequtong.cases.usecases.turns import standing
from shequtong.cases.workflow import MOVES, Stage, moves_from
from shequtong.core.keyset import parse_keyset
from shequtong.core.phones import normalise_phone
from shequtong.core.submissions import once_by_key
from shequtong.interchange.usecases import NewRequest, take_request, tell_reporter
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem, field
from shequtong.interchange.views.api.moves import VERBS, Verb
from shequtong.interchange.views.api.schemas import (
    NUMBER,
    CaseFull,
    CaseNew,
    CasePage,
    Code,
    Id,
    LightAsked,
    Made,
    MovesOffered,
    ReporterShown,
    StageAsked,
)
from shequtong.interchange.views.api.told import full, head
from shequtong.territory.units import with_code

router = Router()
MOST = 100
Number = Annotated[str, StringConstraints(pattern=NUMBER)]
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{8,60}$")]
_KEYSET = r"^[0-9T:.+-]{19,40}_[0-9]{1,19}$"
_HELD = frozenset(MOVES[verb].permission for verb in VERBS)


class CasesAsked(Schema):
    """Filters of the queue; none: all that are open, soonest due first."""

    stage: StageAsked | None = Field(None, description="`all`: those that ended too.")
    light: LightAsked | None = Field(None, description="State of the running clock; `none`: no clock runs.")
    class_code: Code | None = None
    station: Id | None = Field(None, description="The station that leads.")
    under: Code | None = Field(None, description="Code of a unit: it and all under it.")
    after: Annotated[str, StringConstraints(pattern=_KEYSET)] | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST)


@router.get("cases", response=CasePage, tags=["cases"], operation_id="list_cases")
def cases(request: KeyRequest, asked: Query[CasesAsked]) -> dict[str, Any]:
    """Cases of this key's reach, soonest due first. One statement; for a key of a station, two or three."""
    by, now = request.actor, timezone.now()
    if not by.may(permissions.VIEW_HEADER):
        raise Problem(404)
    page = queue(by, _filters(request, asked), now, permissions.VIEW_HEADER, asked.limit)
    following = f"{page.next[0].isoformat()}_{page.next[1]}" if page.next else None
    return {"items": [head(case, by, now) for case in page.rows], "next": following}


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
    found = _case(request, number)
    words = request.actor.reach(permissions.VIEW).covers(_facts_for(request, found))
    steps = list(Step.objects.filter(case=found).order_by("number"))
    return full(found, steps, request.actor, timezone.now(), words=words)


def _facts_for(request: KeyRequest, found: Case) -> Any:
    """What was found within reach is the key's to read with any right it has: a station that assists reads the words, too."""
    facts, station = found.reach_facts(), request.actor.system.station
    return facts if station is None else facts.__class__(facts.subdistrict, facts.path, frozenset({station}))


def _case(request: KeyRequest, number: str) -> Case:
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


@router.get("cases/{number}/moves", response=MovesOffered, tags=["moves"], operation_id="list_moves")
def moves(request: KeyRequest, number: Number) -> dict[str, Any]:
    """What this key may do with the case now, and why a move is closed. One statement."""
    found, by = _case(request, number), request.actor
    facts = found.reach_facts()
    held = [permission for permission in _HELD if by.reach(permission).covers(facts)]
    offered = moves_from(standing(found, timezone.now()), held, flow_of(found.subdistrict_id).off)
    return {
        "items": [
            {
                "move": one.move.name,
                "name": move_name(one.move.name),
                "is_open": one.is_open,
                "closed_because": str(one.closed_because),
            }
            for one in offered
            if one.move.name in VERBS
        ]
    }


@router.post("cases", response={201: Made}, tags=["cases"], operation_id="create_case")
def create(request: KeyRequest, told: CaseNew, idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")]) -> Status[Any]:
    """Open a case. At most twelve statements."""
    by, now = request.actor, timezone.now()
    if not by.may(permissions.INTAKE):
        raise Problem(404)
    new = _new(told)

    def perform() -> Made:
        # Within: a resent call gets its first answer, whatever became of the place meanwhile.
        spot = find_spot(new.building_id, new.point, "", "")
        if spot is None or not spot.path.startswith(by.system.path):
            words = _("This place was not found, or this key does not serve it.")
            raise Problem(409, "no_such_place", words, [field("building" if told.building else "lon", "place", words)])
        return _made(take_request(new=new, system=by.system, by=by, now=now), now)

    # By the key's own subdistrict, not the place's: the same key with another place is no second case.
    return Status(201, _once(request, idempotency_key, told, by.home, perform))


def _new(told: CaseNew) -> NewRequest:
    if told.building is None and (told.lon is None or told.lat is None):
        words = _("Send lon and lat, or a building.")
        raise Problem(409, "no_place", words, [field("lon", "place", words)])
    return NewRequest(
        class_code=told.class_code,
        text=told.text,
        building_id=int(told.building) if told.building else None,
        point=None if told.lon is None or told.lat is None or told.building else (told.lon, told.lat),
        address=told.address,
        name=told.reporter_name,
        phone=normalise_phone(told.reporter_phone) if told.reporter_phone else "",
        ref=told.reference,
    )


def _made(case: Case, now: datetime) -> Made:
    return Made(number=case.number, stage=Stage(case.stage), step=case.step_count, at=now)


def _once(request: KeyRequest, key: str, body: Schema, place: int, perform: Callable[[], Made]) -> Made:
    """Do it once for this key of this system; a repeat gets the first answer. 409 for the same key with something else."""
    source = request.actor.system.source
    known = hashlib.sha256(f"{source} {key}".encode()).hexdigest()[:40]
    content = hashlib.sha256(body.model_dump_json().encode()).hexdigest()[:32]
    found = once_by_key(known, path=f"{request.path[:150]} {content}", perform=lambda: perform().model_dump_json(), place=place)
    if found is None:
        words = _("This Idempotency-Key was sent before with something else.")
        raise Problem(409, "idempotency_key_reused", words, [field("Idempotency-Key", "reused", words)])
    return Made.model_validate_json(found)


def _mover(verb: str, move: Verb) -> Callable[..., Status[Any]]:
    def make(
        request: KeyRequest, number: Number, told: Any, idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")]
    ) -> Status[Any]:
        by, now, parsed = request.actor, timezone.now(), parse_number(number)
        if parsed is None:
            raise Problem(404)

        def perform() -> Made:
            move.make(number, told, by, now)
            found = Case.objects.numbered(number).only("stage", "step_count", "year", "serial", "letters").get()
            return _made(found, now)

        return Status(201, _once(request, idempotency_key, told, parsed.place, perform))

    make.__annotations__["told"] = move.body
    make.__name__, make.__doc__ = f"make_{verb}", move.body.__doc__
    return make


for _verb, _move in VERBS.items():
    router.post(
        f"cases/{{number}}/moves/{_verb}",
        response={201: Made},
        tags=["moves"],
        operation_id=f"make_{_verb}",
        summary=f"Make the move {_verb}",
    )(_mover(_verb, _move))
