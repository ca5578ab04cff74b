"""A template as it arrives (收到的模板): looked at in the process apart, understood, and its bytes stored sealed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.files.models import Blob
from shequtong.files.usecases import store_document
from shequtong.interchange.people_in.kept import sealed
from shequtong.interchange.sheets_out.child import CannotReadSheet, looked
from shequtong.interchange.sheets_out.plan import Fault, plan_of


@dataclass(frozen=True)
class NewSheetFile:
    """A workbook as the reading process saw it, its bytes sealed in `blob`."""

    name: str
    digest: str
    looked: dict[str, Any]
    blob: Blob


def received(content: bytes, name: str, *, place: int, by: Actor, now: datetime, faults: list[Fault]) -> NewSheetFile:
    """What is to be kept. `faults` takes what is not known in it. Raises CannotReadSheet; not inside a transaction. Two statements."""
    seen = looked(content)
    faults += plan_of(seen).faults
    if faults:
        raise CannotReadSheet(
            _("%(n)s placeholders cannot be filled; they are listed below. Nothing was kept.") % {"n": len(faults)}
        )
    blob = store_document(content=sealed(content), subdistrict_id=place, by=by, now=now)
    return NewSheetFile(name, hashlib.sha256(content).hexdigest(), seen, blob)
