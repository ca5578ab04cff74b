"""What the use-cases of exports share (导出操作): limits, and the filter as it is kept."""

import json
from datetime import date, timedelta
from typing import Any, Final

from shequtong.core.refusals import Refusal
from shequtong.people.lookups.listed import Wanted
from shequtong.people.models import ExportRequest

ALONE: Final = 500  # rows that somebody exports on their own, masked
MOST: Final = 100_000
DECIDED_WITHIN: Final = timedelta(days=1)  # and made within a day of that
EXPORT_PERSONS: Final = "people.export_persons"


class CannotExport(Refusal):
    """Too many, nobody, no reason; or it is decided, made or too late."""


def kept(wanted: Wanted) -> str:
    """A filter as JSON, to be sealed."""
    told: dict[str, Any] = {
        name: str(value) if isinstance(value, date) else value for name, value in vars(wanted).items() if value
    }
    return json.dumps(told, ensure_ascii=False)


def wanted_of(export: ExportRequest) -> Wanted:
    """The filter of an export."""
    told = json.loads(export.wanted.reveal())
    days = {name: date.fromisoformat(told[name]) for name in ("born_before", "born_after") if name in told}
    return Wanted(**{**told, **days, "marks": tuple(told.get("marks", ()))})
