"""Small things for the log's tests."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone

from shequtong.audit.log import record
from shequtong.audit.models import Entry, Seal
from shequtong.core.actors import SystemActor
from shequtong.core.models import Subdistrict

CLERK = SystemActor(name="Clerk")


def make_street(number: int = 7, letters: str = "AA") -> Subdistrict:
    """A subdistrict with this storage number."""
    told = {"kind": Subdistrict.Kind.SUBDISTRICT, "letters": letters, "name": f"Street {number}"}
    return Subdistrict.objects.get_or_create(id=number, defaults=told)[0]


class UndoneError(Exception):
    """Raised to roll a transaction back."""


def undo(perform: Callable[[], object]) -> None:
    """Run `perform` in a transaction (a savepoint inside another) that is rolled back."""
    with suppress(UndoneError), transaction.atomic():
        perform()
        raise UndoneError


def make_entry(place: int = 7, what: str = "cases.dispatched", **facts: Any) -> Entry:
    """An entry as a use-case would write it; it is about a seal, because that is the local model at hand."""
    thing = Seal(id=(place << 46) + 1, subdistrict_id=place)
    return record(what, thing, by=CLERK, at=timezone.now(), **facts)
