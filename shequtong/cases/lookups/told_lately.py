"""What a street was told in the last ten weeks (近期反映), as hot issues are looked for: each with every place it lies at, by a name that sorts."""

from datetime import datetime

from django.db.models.functions import Left

from shequtong.cases.hot import SPAN, Told
from shequtong.cases.models import Case
from shequtong.cases.workflow import Stage
from shequtong.territory import units
from shequtong.territory.models import Building, Compound, Unit
from shequtong.triage.grams import plain

_LOOKED_AT = 200  # characters of each
NOT_COUNTED = (Stage.VOIDED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN)
BUILDING, COMPOUND = "0", "1"
# A smaller place sorts before a larger one.
_KINDS = (("2", Unit.Kind.GRID), ("3", Unit.Kind.COMMUNITY), ("4", Unit.Kind.SUBDISTRICT))


def told_lately(subdistrict_id: int, now: datetime) -> list[Told]:
    """All but what was nobody's matter, is confidential, or was only brought in. One statement."""
    told = Case.objects.filter(subdistrict=subdistrict_id, received_at__gt=now - SPAN, received_at__lte=now, confidential=False)
    told = told.filter(is_history=False)  # brought in today, told years ago
    rows = told.exclude(stage__in=NOT_COUNTED).values_list(
        "id", "case_class_id", "received_at", Left("text", _LOOKED_AT), "place_path", "building_id", "building__compound_id"
    )
    return [
        Told(pk, kind, places_of(path, building, compound), at, plain(text))
        for pk, kind, at, text, path, building, compound in rows
    ]


def places_of(path: str, building: int | None, compound: int | None) -> tuple[str, ...]:
    """The places that a case lies at, the smallest first. No statement."""
    above = [(rank, units.above(path, kind)) for rank, kind in _KINDS]
    found = [f"{rank}{unit.path}" for rank, unit in above if unit is not None]
    if compound is not None:
        found.append(f"{COMPOUND}{compound}")
    if building is not None:
        found.append(f"{BUILDING}{building}")
    return tuple(sorted(found))


def name_of(subdistrict_id: int, place: str) -> str:
    """How a place of `told_lately` is called. One statement for a building or compound."""
    rank, rest = place[0], place[1:]
    if rank == BUILDING:
        return str(
            Building.objects.filter(subdistrict=subdistrict_id, pk=int(rest)).values_list("address", flat=True).first() or ""
        )
    if rank == COMPOUND:
        return str(Compound.objects.filter(subdistrict=subdistrict_id, pk=int(rest)).values_list("name", flat=True).first() or "")
    unit = units.at_path(rest)
    return unit.name if unit else ""


def path_of(place: str, paths: list[str]) -> str:
    """The unit such a place lies in: itself, or the grid of the cases there."""
    return place[1:] if place[0] not in (BUILDING, COMPOUND) else _common(paths)


def _common(paths: list[str]) -> str:
    """The deepest unit that holds them all."""
    first = min(paths), max(paths)
    length = next((at for at, (one, other) in enumerate(zip(*first, strict=False)) if one != other), min(map(len, first)))
    return first[0][: first[0].rfind("/", 0, length) + 1]
