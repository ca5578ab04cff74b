"""Change what is recorded of a person (变更登记): the new value stands, the old one goes to the past with since when and by whom."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.days import require_days
from shequtong.people.models import Person
from shequtong.people.usecases._changes import CannotChange, apply_changes
from shequtong.people.usecases._people import locked_person, written


@transaction.atomic
def change_person(
    *,
    person_id: int,
    changes: Mapping[str, Any],
    source: str,
    by: Actor,
    now: datetime,
    on: date | None = None,
    mistaken: bool = False,
    version: int | None = None,
) -> Person:
    """`changes`: fact -> value, "" or None to empty it. `on`: since when it is so, today unless said. `mistaken`: it never was as it stood.

    Raises CannotChange, StrangeDay, Changed, Gone, Forbidden. About 8 statements.
    """
    person = locked_person(person_id, version)
    by.require(permissions.RECORD, person)
    today = timezone.localdate(now)
    on = on or today
    if on > today:
        raise CannotChange(_("The day lies ahead. Enter the change when it has happened."))
    if person.valid_from is not None and on < person.valid_from and not mistaken:
        raise CannotChange(
            _("On that day the record said something else already. Choose a later day, or say that it was a mistake.")
        )
    require_days(changes, today)
    apply_changes(person, written("", changes), source=source, by=by, now=now, on=on, mistaken=mistaken)
    return person
