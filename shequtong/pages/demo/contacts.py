"""Contact cards of the demo (演示联系卡): of the street's service hall, its precincts and communities. Streets are real, numbers and telephones nobody's.

A second run adds nothing, nor does it write over what was changed meanwhile.
"""

from datetime import datetime
from zlib import crc32

from shequtong.core.actors import Actor
from shequtong.organizations.contacts import contact_of
from shequtong.organizations.usecases.set_contact import set_contact
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, under

_HOURS = "周一至周五 8:00–12:00、14:00–18:00，法定节假日休息"
_ROADS = ("狮山路", "塔园路", "金山路", "邓尉路", "滨河路", "何山路", "枫桥路", "竹园路")
# What the office of a kind of unit is called at its door, and what one should know before coming.
_OFFICES = {
    Unit.Kind.SUBDISTRICT: ("{name}便民服务大厅", "办事请带身份证。夜间和节假日请拨打 12345。"),
    Unit.Kind.PRECINCT: ("{name}综治网格化管理办公室", ""),
    Unit.Kind.COMMUNITY: ("{name}居委会服务大厅", "中午有人值班。"),
}


def write_contacts(street: UnitRef, by: Actor, now: datetime) -> None:
    """Whatever of the street has no card yet."""
    for one in under(street.path, *_OFFICES):
        if contact_of(one.path) is None:
            name, note = _OFFICES[Unit.Kind(one.kind)]
            told = {"name": name.format(name=one.name), "phone": nobodys_phone(one.code), "address": _address(one.code)}
            set_contact(unit_id=one.id, hours=_HOURS, note=note, by=by, now=now, **told)


def nobodys_phone(code: str) -> str:
    """The same number for a code each time; no subscriber number begins with 0, so that nobody is called."""
    return f"0512-0{crc32(code.encode()) % 10_000_000:07d}"


def _address(code: str) -> str:
    mark = crc32(code.encode())
    return f"{_ROADS[mark % len(_ROADS)]}{mark % 190 + 10}号"
