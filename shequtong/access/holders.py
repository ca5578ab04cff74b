"""Who holds a right over a place (任职人员): by name, for who has to know whom something reached."""

from datetime import date
from typing import NamedTuple

from shequtong.access.functions import functions_of, roles_holding
from shequtong.access.models import Appointment
from shequtong.access.roles import Scope, table


class Holder(NamedTuple):
    """Somebody appointed there, and as what."""

    account_id: int
    name: str
    role: str


def holders_of(permission: str, subdistrict_id: int, place_path: str, day: date) -> list[Holder]:
    """Who may do it at this place on `day`, as the subdistrict published its functions; no administrators. One statement."""
    known = table().roles
    codes = [code for code in roles_holding(permission, functions_of(subdistrict_id)) if not known[code].administrator]
    rows = Appointment.objects.in_force(day).filter(subdistrict=subdistrict_id, role__in=codes, station=None)
    found: dict[int, Holder] = {}
    for row in rows.select_related("unit").order_by("id"):
        wide = Scope.SUBDISTRICT in known[row.role].scopes_of(permission)
        if wide or (row.unit is not None and place_path.startswith(row.unit.path)):
            found.setdefault(row.account_id, Holder(row.account_id, row.account_name, row.role))
    return list(found.values())
