"""A small place for the tests of access: a district, two streets, a precinct and a grid in one of them, two stations."""

from dataclasses import dataclass

from shequtong.core import held
from shequtong.core.models import Subdistrict
from shequtong.organizations.models import Agency, Station
from shequtong.territory.models import Unit

DISTRICT_NO, STREET_NO, NEXT_NO = 90, 91, 92


@dataclass(frozen=True)
class Ground:
    """The place, by the names of the house's cast."""

    district: Unit
    street: Unit
    precinct: Unit
    grid: Unit
    other_precinct: Unit
    next_street: Unit
    police: Station
    city_management: Station


def make_ground() -> Ground:
    """All of it. Storage numbers 90 (district), 91 (street), 92 (the next street)."""
    for number, kind, letters in (
        (DISTRICT_NO, "district", "DT"),
        (STREET_NO, "subdistrict", "SA"),
        (NEXT_NO, "subdistrict", "SB"),
    ):
        Subdistrict.objects.create(id=number, kind=kind, letters=letters, name=f"Place {letters}")
    district = _unit(Unit.Kind.DISTRICT, "D", "D/", None, DISTRICT_NO)
    street = _unit(Unit.Kind.SUBDISTRICT, "DA", "D/A/", district, STREET_NO)
    precinct = _unit(Unit.Kind.PRECINCT, "DAP1", "D/A/P1/", street, STREET_NO)
    grid = _unit(Unit.Kind.GRID, "DAP1G", "D/A/P1/G/", precinct, STREET_NO)
    other = _unit(Unit.Kind.PRECINCT, "DAP10", "D/A/P10/", street, STREET_NO)
    next_street = _unit(Unit.Kind.SUBDISTRICT, "DB", "D/B/", district, NEXT_NO)
    agency = Agency.objects.create(code="police", name="公安")
    held.drop_all()
    stations = [
        Station.objects.create(subdistrict_id=STREET_NO, agency=agency, unit=street, code=code, name=name)
        for code, name in (("A-PS", "派出所"), ("A-CM", "城管中队"))
    ]
    return Ground(district, street, precinct, grid, other, next_street, *stations)


def _unit(kind: str, code: str, path: str, parent: Unit | None, number: int) -> Unit:
    return Unit.objects.create(kind=kind, code=code, name=f"{kind} {code}", path=path, parent=parent, subdistrict_id=number)
