"""Bodies for tests (测试用机构): agencies and stations by use-cases."""

from shequtong.organizations.models import Agency, Station
from shequtong.organizations.usecases.add_agency import add_agency
from shequtong.organizations.usecases.add_station import add_station
from shequtong.territory.models import Unit
from shequtong.territory.testing import NOON, SYSTEM


def make_agency(code: str = "police", name: str = "公安") -> Agency:
    """An agency; a second one needs another code."""
    return add_agency(code=code, name=name, by=SYSTEM, now=NOON)


def make_station(agency: Agency, unit: Unit, code: str) -> Station:
    """A station of `agency` for `unit`, named by its code."""
    return add_station(agency_id=agency.pk, unit_id=unit.pk, code=code, name=f"站{code}", by=SYSTEM, now=NOON)
