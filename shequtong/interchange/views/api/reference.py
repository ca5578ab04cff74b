"""Standards, units and stations by the typed API (标准、辖区、单位): all held in memory, no statement when warm."""

from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem
from shequtong.interchange.views.api.reference_schemas import (
    ClassPage,
    ClassShown,
    StationPage,
    StationShown,
    UnitPage,
    UnitShown,
)
from shequtong.interchange.views.api.schemas import Code, Id, UnitKind, page_of
from shequtong.interchange.views.api.told import class_shown, station_shown, unit_shown
from shequtong.organizations.stations import StationRef, directory
from shequtong.territory.units import UnitRef, under, with_code

router = Router()
MOST = 100


class Paged(Schema):
    """Where a list goes on, and how much of it."""

    after: Code | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST)


class UnitsAsked(Paged):
    """Filters of units."""

    under: Code | None = Field(None, description="Code of a unit: it and all under it.")
    kind: UnitKind | None = None


def _agencies() -> dict[int, str]:
    return {one.agency_id: one.agency_code for one in directory().by_id.values()}


@router.get("standards", response=ClassPage, tags=["standards"], operation_id="list_standards")
def standards(request: KeyRequest, asked: Query[Paged]) -> dict[str, Any]:
    """Case classes with their limits, by code; those that ended too."""
    _may_read(request)
    codes = sorted(code for code in catalogue().by_code if asked.after is None or code > asked.after)[: asked.limit + 1]
    agencies = _agencies()
    return page_of([class_shown(catalogue().by_code[code], agencies) for code in codes], asked.limit, "code")


@router.get("standards/{code}", response=ClassShown, tags=["standards"], operation_id="get_standard")
def standard(request: KeyRequest, code: Code) -> dict[str, Any]:
    """One case class."""
    _may_read(request)
    found = catalogue().by_code.get(code)
    if found is None:
        raise Problem(404)
    return class_shown(found, _agencies())


@router.get("units", response=UnitPage, tags=["units"], operation_id="list_units")
def units(request: KeyRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    """The territory of this key, by code."""
    _may_read(request)
    root = request.actor.system.path
    if asked.under is not None:
        root = _unit(request, asked.under).path
    found = sorted((one for one in under(root) if asked.kind is None or one.kind == asked.kind), key=lambda one: one.code)
    page = [one for one in found if asked.after is None or one.code > asked.after][: asked.limit + 1]
    return page_of([unit_shown(one) for one in page], asked.limit, "code")


@router.get("units/{code}", response=UnitShown, tags=["units"], operation_id="get_unit")
def unit(request: KeyRequest, code: Code) -> dict[str, Any]:
    """One unit."""
    _may_read(request)
    return unit_shown(_unit(request, code))


@router.get("stations", response=StationPage, tags=["units"], operation_id="list_stations")
def stations(request: KeyRequest, asked: Query[Paged]) -> dict[str, Any]:
    """The stations that serve the territory of this key, by code."""
    _may_read(request)
    found = sorted(
        (one for one in directory().by_id.values() if _serves(request, one) and not one.ended), key=lambda one: one.code
    )
    page = [one for one in found if asked.after is None or one.code > asked.after][: asked.limit + 1]
    return page_of([station_shown(one) for one in page], asked.limit, "code")


@router.get("stations/{station_id}", response=StationShown, tags=["units"], operation_id="get_station")
def station(request: KeyRequest, station_id: Id) -> dict[str, Any]:
    """One station; of one that ended, too: a case may still name it."""
    _may_read(request)
    found = directory().by_id.get(int(station_id))
    if found is None or not _serves(request, found):
        raise Problem(404)
    return station_shown(found)


def _may_read(request: KeyRequest) -> None:
    if not request.actor.may(permissions.VIEW_HEADER):
        raise Problem(404)


def _unit(request: KeyRequest, code: str) -> UnitRef:
    found = with_code(code)
    if found is None or not found.path.startswith(request.actor.system.path):
        raise Problem(404)
    return found


def _serves(request: KeyRequest, one: StationRef) -> bool:
    path = request.actor.system.path
    return one.path.startswith(path) or path.startswith(one.path)
