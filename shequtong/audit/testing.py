"""Small things for the log's tests."""

from typing import Any

from django.utils import timezone

from shequtong.audit.log import record
from shequtong.audit.models import Entry, Seal
from shequtong.core.actors import SystemActor
from shequtong.core.models import Subdistrict

CLERK = SystemActor(name="Clerk")


def make_street(number: int = 7, letters: str = "AA") -> Subdistrict:
    """A subdistrict with this storage number."""
    return Subdistrict.objects.create(id=number, kind=Subdistrict.Kind.SUBDISTRICT, letters=letters, name=f"Street {number}")


def make_entry(place: int = 7, what: str = "cases.dispatched", **facts: Any) -> Entry:
    """An entry as a use-case would write it; it is about a seal, because that is the local model at hand."""
    thing = Seal(id=(place << 46) + 1, subdistrict_id=place)
    return record(what, thing, by=CLERK, at=timezone.now(), **facts)
