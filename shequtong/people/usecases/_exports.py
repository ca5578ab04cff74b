"""What the use-cases of exports share (导出操作): limits, who was on the list that was approved, and the filter as it is kept."""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.people.lookups.listed import Wanted
from shequtong.people.models import ExportRequest

ALONE: Final = 500  # rows that somebody exports on their own, masked
MOST: Final = 100_000
DECIDED_WITHIN: Final = timedelta(days=1)  # and made within a day of that
EXPORT_PERSONS: Final = "people.export_persons"


class CannotExport(Refusal):
    """Too many, nobody, no reason; or it is decided, made or too late."""


def most_of(export: ExportRequest) -> int:
    """How many persons it may carry: as many as a second person approved (compliance 4.1: what goes out is known by its count), or as many
    as go out without one.
    """
    return export.count if export.decided_account_id is not None else ALONE


def require_as_approved(export: ExportRequest, count: int) -> None:
    """A list that has grown since is not cut to what was approved: whoever uses it would take a part for the whole. Raises CannotExport."""
    if count > most_of(export):
        words = {"n": most_of(export)}
        raise CannotExport(
            _("The list has grown since this was approved, for %(n)d persons at most. Ask for it again.") % words
            if export.decided_account_id is not None
            else _("By now these are more than %(n)d persons, who need a second person's approval. Ask for them again.") % words
        )


class Approved:
    """What one file of an export may name, asked of each row as it is written: no more rows, and nobody who was not on the list that was approved."""

    def __init__(self, export: ExportRequest) -> None:
        self._export, self._rows, self._listed = export, 0, unpacked(export.listed)

    def require(self, person_id: int) -> None:
        """Another row, of this person. Raises CannotExport."""
        self._rows += 1
        require_as_approved(self._export, self._rows)
        if self._listed and person_id not in self._listed:
            raise CannotExport(_("Others stand on the list now than when this was approved. Ask for it again."))


def packed(ids: Iterable[int]) -> str:
    """Persons as a text, one or two bytes each: sorted, each as its distance from the one before."""
    sorted_ids = sorted(set(ids))
    steps = array("q", [*sorted_ids[:1], *(after - before for before, after in pairwise(sorted_ids))])
    return b64encode(zlib.compress(steps.tobytes())).decode("ascii") if steps else ""


def unpacked(text: str) -> frozenset[int]:
    """The persons again; nobody of ""."""
    steps = array("q", zlib.decompress(b64decode(text)) if text else b"")
    return frozenset(accumulate(steps))


FORGOTTEN: Final = packed([0])  # nobody: a file that would still be made names nobody at all


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
