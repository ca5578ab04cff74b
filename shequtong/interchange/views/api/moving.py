"""Moves by the typed API (流转接口): what may come next, and making it; whom of a station a case can be assigned to."""

from collections.abc import Callable
from typing import Annotated, Any

from django.utils import timezone
from ninja import Header, Router, Status

from shequtong.access.posts import people_of_station
from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import move_name
from shequtong.figures.write import day_of
from shequtong.interchange.views.api.cases import Number, within_reach
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem
from shequtong.interchange.views.api.moves import VERBS, Verb
from shequtong.interchange.views.api.offered import offered
from shequtong.interchange.views.api.once import Key, made, once
from shequtong.interchange.views.api.schemas import Id, Made, MovesOffered, PeopleShown
from shequtong.organizations.stations import directory

router = Router()


@router.get("cases/{number}/moves", response=MovesOffered, tags=["moves"], operation_id="list_moves")
def moves(request: KeyRequest, number: Number) -> dict[str, Any]:
    """What this key may do with the case now, and why a move is closed. One statement; up to three where something waits for the station."""
    found = within_reach(request, number)
    return {
        "items": [
            {
                "move": one.move.name,
                "name": move_name(one.move.name),
                "is_open": one.is_open,
                "closed_because": str(one.closed_because),
            }
            for one in offered(found, request.actor, timezone.now())
        ]
    }


@router.get("stations/{station_id}/people", response=PeopleShown, tags=["moves"], operation_id="list_people")
def people(request: KeyRequest, station_id: Id) -> dict[str, Any]:
    """Who is appointed to the key's own station today: whom `assign` may name. No statement when warm."""
    by, station = request.actor, directory().by_id.get(int(station_id))
    if station is None or station.id != by.system.station or not by.may(permissions.ASSIGN):
        raise Problem(404)
    found = people_of_station(station.id, day_of(station.subdistrict, timezone.now()))
    return {"items": [{"id": str(account), "name": name} for account, name in found.items()]}


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
            return made(found, now)

        return Status(201, once(request, idempotency_key, told, parsed.place, perform))

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
