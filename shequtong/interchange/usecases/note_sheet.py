"""Note a sheet (登记报表结果): it was made; how many rows changed, and what the next one is compared with."""

import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.interchange.models import Sheet
from shequtong.people import permissions

_MONTHS_KEPT = 3  # of each template and unit, so that a sheet of the month before can be made again


@transaction.atomic
def note_sheet(
    *, sheet_id: int, counts: dict[str, int], snapshot: dict[str, Any], against: date | None, by: Actor, now: datetime
) -> Sheet:
    """`counts`: rows, new_rows, changed_rows, gone_rows, changed_numbers. Raises Forbidden."""
    sheet = Sheet.objects.select_for_update().get(pk=sheet_id)
    by.require(permissions.EXPORT, sheet)
    for name, n in counts.items():
        setattr(sheet, name, n)
    sheet.made_at, sheet.against = now, against
    sheet.snapshot = json.dumps(snapshot, ensure_ascii=True, separators=(",", ":"))
    sheet.save()
    _empty_older(sheet)
    log.record("interchange.sheet_made", sheet, by=by, at=now, **counts)
    return sheet


def _empty_older(sheet: Sheet) -> None:
    """One snapshot a month, of the last few months."""
    same = Sheet.objects.within(sheet.subdistrict_id).filter(template=sheet.template_id, path=sheet.path).exclude(snapshot="")
    seen: set[date] = {sheet.month}
    for pk, month in same.exclude(pk=sheet.pk).order_by("-month", "-made_at").values_list("pk", "month"):
        if month in seen or len(seen) >= _MONTHS_KEPT:
            old = same.defer(None).get(pk=pk)
            old.snapshot = ""
            old.save(update_fields=["snapshot"])
        seen.add(month)
