"""How a unit's dated rows change: one way for renaming, redrawing and ending. Always inside a use-case's transaction."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.territory.history import today_in
from shequtong.territory.models import Unit, UnitVersion


class BadDay(Refusal):
    """A day on which the change cannot begin."""


def require_past_or_today(subdistrict: int, day: date, now: datetime) -> None:
    """Boundaries and names hold from a day that has come: what is planned is not yet the territory."""
    if day > today_in(subdistrict, now):
        raise BadDay(_("The day %(day)s has not come yet.") % {"day": day})


def begin_version(unit: Unit, *, day: date, now: datetime, **changes: Any) -> UnitVersion:
    """From `day` on `unit` is as `changes` say; a second change on one day replaces the first. BadDay before the last change."""
    require_past_or_today(unit.subdistrict_id, day, now)
    last = UnitVersion.objects.select_for_update().get(unit=unit, valid_to__isnull=True)
    if day < last.valid_from:
        raise BadDay(
            _("%(unit)s last changed on %(day)s; nothing can change before that.") % {"unit": unit.name, "day": last.valid_from}
        )
    if day == last.valid_from:
        for name, value in changes.items():
            setattr(last, name, value)
        # later than before in any case: what processes hold of a version is known by this time
        last.recorded_at = max(now, last.recorded_at + timedelta(microseconds=1))
        last.save(update_fields=[*changes, "recorded_at"])
        return last
    UnitVersion.objects.filter(pk=last.pk).update(valid_to=day)
    fields = {"name": last.name, "parent_id": last.parent_id, "boundary": last.boundary, "source_crs": last.source_crs}
    return UnitVersion.objects.create(unit=unit, valid_from=day, recorded_at=now, **{**fields, **changes})
