"""Add a station (新增派驻单位): an agency's local unit, which serves the territory at and under its unit."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.pinyin import pinyin_key
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.models import Agency, Station
from shequtong.organizations.stations import REVISION
from shequtong.territory.models import Unit


class CannotAddStation(Refusal):
    """No name, a code that is taken, or a unit that has ended."""


@transaction.atomic
def add_station(
    *, agency_id: int, unit_id: int, code: str, name: str, by: Actor, now: datetime, name_en: str = "", office_phone: str = ""
) -> Station:
    """`office_phone` is a public number of the office. Its cases lie in the storage number of its unit."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_STATIONS, unit)
    if unit.ended_at is not None or not name.strip() or not re.fullmatch("[0-9A-Za-z][0-9A-Za-z_-]{0,39}", code):
        raise CannotAddStation(_("A station needs a name, a code and a standing unit."))
    if Station.objects.filter(code=code).exists():
        raise CannotAddStation(_("The code %(code)s is taken.") % {"code": code})

    station = Station.objects.create(
        subdistrict_id=unit.subdistrict_id,
        agency=Agency.objects.get(pk=agency_id),
        unit=unit,
        code=code,
        name=name,
        name_en=name_en,
        pinyin=pinyin_key(name),
        office_phone=office_phone,
    )
    log.record("organizations.station_added", station, by=by, at=now, code=code, unit=unit.code)
    held.changed(REVISION)
    return station
