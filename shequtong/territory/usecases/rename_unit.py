"""Rename a unit (更名): the new name holds from a day; the old one stays with the days it held."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.pinyin import pinyin_key
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions, units
from shequtong.territory.models import Unit
from shequtong.territory.usecases._versions import begin_version


class CannotRename(Refusal):
    """An empty name, or a unit that has ended."""


@transaction.atomic
def rename_unit(*, unit_id: int, name: str, day: date, by: Actor, now: datetime, name_en: str = "") -> Unit:
    """`name` from `day` (today or earlier) on. Code and path stay: they are the identity."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_UNITS, unit)
    if unit.ended_at is not None or not name.strip():
        raise CannotRename(_("A standing unit and a name are needed."))

    before = unit.name
    begin_version(unit, day=day, now=now, name=name)
    unit.name, unit.name_en, unit.pinyin = name, name_en, pinyin_key(name)
    unit.save(update_fields=["name", "name_en", "pinyin"])
    log.record("territory.unit_renamed", unit, by=by, at=now, before=before, after=name, day=day.isoformat())
    held.changed(units.REVISION)
    return unit
