"""Stations and precinct offices in memory (派驻单位与片区办): who acts where. No statement when warm."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from shequtong.core.actors import Facts
from shequtong.core.held import Held
from shequtong.organizations.models import PrecinctOffice, Seat, Station

REVISION = "organizations"


class StationRef(NamedTuple):
    """A station for reading. `path` is that of the unit it serves; `subdistrict` the storage number its cases lie in."""

    id: int
    agency_id: int
    agency_code: str
    agency_name: str
    unit_id: int
    path: str
    subdistrict: int
    code: str
    name: str
    name_en: str
    pinyin: str
    office_phone: str
    ended: bool

    def reach_facts(self) -> Facts:
        """It lies in its unit and is its own."""
        return Facts(self.subdistrict, self.path, frozenset({self.id}), object_id=self.id)


class OfficeRef(NamedTuple):
    """A precinct office for reading; `seats` are the stations that hold one, the lead among them or not, by code."""

    id: int
    unit_id: int
    path: str
    name: str
    name_en: str
    lead: int
    seats: tuple[int, ...]


@dataclass(frozen=True)
class Directory:
    """All stations by id, the standing ones by what they serve, the offices by their precinct's path."""

    by_id: dict[int, StationRef]
    by_code: dict[str, StationRef]
    serving: dict[tuple[int, str], StationRef]
    of_subdistrict: dict[int, tuple[StationRef, ...]]
    offices: dict[str, OfficeRef]


def _load() -> Directory:
    rows = Station.objects.select_related("agency", "unit").order_by("code")
    found = [_ref(row) for row in rows]
    serving: dict[tuple[int, str], StationRef] = {}
    by_place: dict[int, list[StationRef]] = defaultdict(list)
    for one in found:
        if not one.ended:
            serving.setdefault((one.agency_id, one.path), one)  # two of one agency in one unit: the lower code
            by_place[one.subdistrict].append(one)
    by_id = {one.id: one for one in found}
    of_subdistrict = {number: tuple(sorted(ones, key=lambda one: (one.pinyin, one.code))) for number, ones in by_place.items()}
    return Directory(by_id, {one.code: one for one in found}, serving, of_subdistrict, _offices(by_id))


def _ref(row: Station) -> StationRef:
    return StationRef(
        id=row.pk,
        agency_id=row.agency_id,
        agency_code=row.agency.code,
        agency_name=row.agency.name,
        unit_id=row.unit_id,
        path=row.unit.path,
        subdistrict=row.subdistrict_id,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        pinyin=row.pinyin,
        office_phone=row.office_phone,
        ended=row.ended_at is not None,
    )


def _offices(stations: dict[int, StationRef]) -> dict[str, OfficeRef]:
    seats: dict[int, list[StationRef]] = defaultdict(list)
    for office_id, station_id in Seat.objects.filter(ended_at__isnull=True).values_list("office_id", "station_id"):
        seats[office_id].append(stations[station_id])
    return {
        path: OfficeRef(key, unit_id, path, name, name_en, lead, tuple(s.id for s in sorted(seats[key], key=lambda s: s.code)))
        for key, unit_id, path, name, name_en, lead in PrecinctOffice.objects.values_list(
            "id", "unit_id", "unit__path", "name", "name_en", "lead_id"
        )
    }


_DIRECTORY = Held(REVISION, _load)


def directory() -> Directory:
    """Everything, as it is now, at most a second behind another process."""
    return _DIRECTORY()


def station(station_id: int) -> StationRef:
    """The station with this id, ended ones too; KeyError when there is none."""
    return _DIRECTORY().by_id[station_id]


def with_code(code: str) -> StationRef | None:
    """The station with this code."""
    return _DIRECTORY().by_code.get(code)


def stations_of_subdistrict(subdistrict: int) -> tuple[StationRef, ...]:
    """The standing stations whose cases lie in this storage number, by pinyin."""
    return _DIRECTORY().of_subdistrict.get(subdistrict, ())


def nearest_station(agency_id: int, path: str) -> StationRef | None:
    """The agency's station for a place: the one whose unit is the place or lies nearest above it; ties go to the lower code.

    None says that the agency has no station there: the dispatcher is shown that, and names one himself.
    """
    serving = _DIRECTORY().serving
    for end in range(len(path) - 1, -1, -1):
        if path[end] == "/" and (found := serving.get((agency_id, path[: end + 1]))) is not None:
            return found
    return None


def office_of(path: str) -> OfficeRef | None:
    """The precinct office a place belongs to; None where the precinct has none."""
    offices = _DIRECTORY().offices
    for end in range(len(path) - 1, -1, -1):
        if path[end] == "/" and (found := offices.get(path[: end + 1])) is not None:
            return found
    return None
