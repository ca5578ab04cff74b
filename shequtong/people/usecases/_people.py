"""What the use-cases of this area share (登记操作): locked rows, what a change leaves behind, and what is made of a person's rows.

Nothing here asks for rights or writes a trace: the use-cases do.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import Sealed
from shequtong.people.facts import FACT_OF, SETS
from shequtong.people.marking import marks_of
from shequtong.people.models import Person, PersonMark, PersonPast, PersonTerm, SetRow
from shequtong.people.terms import pieces_of, rows_of

FOUND_BY = frozenset({"name", "former_name", "reading", "phone", "other_phone"})


class Changed(Refusal):
    """Somebody else changed the row since the form was opened."""


class Gone(Refusal):
    """The person has moved away or died: the row is closed."""


def provenance(source: str, by: Actor, now: datetime, valid_from: date | None) -> dict[str, Any]:
    """The columns that say where a row comes from."""
    return {
        "source": source,
        "valid_from": valid_from,
        "recorded_at": now,
        "recorded_by": by.name[:80],
        "account_id": by.account_id,
    }


def locked_person(person_id: int, version: int | None = None) -> Person:
    """The row, locked and standing. Raises Changed when it is no longer the `version` that a form showed, Gone when it is closed."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if person.ended_on is not None:
        raise Gone(_("This person's record is closed."))
    if version is not None and person.version != version:
        raise Changed(_("Somebody else has changed this record meanwhile. Look at it again before you save."))
    return person


def clear(value: Any) -> Any:
    """A column's value as JSON can hold it, opened where it is sealed: for the sealed past alone."""
    if isinstance(value, Sealed):
        return value.reveal()
    return value.isoformat() if isinstance(value, date) else value


def keep_past(person: Person, before: Mapping[str, Any], *, valid_to: date, now: datetime, mistaken: bool = False) -> PersonPast:
    """Write what these facts were: `before` is fact -> clear value. The row's own provenance says since when and by whom."""
    return PersonPast.objects.create(
        subdistrict_id=person.subdistrict_id,
        person=person,
        valid_from=person.valid_from,
        valid_to=valid_to,
        recorded_at=person.recorded_at,
        replaced_at=now,
        mistaken=mistaken,
        source=person.source,
        recorded_by=person.recorded_by,
        account_id=person.account_id,
        state=json.dumps(before, ensure_ascii=False),
    )


def have_terms(person: Person) -> None:
    """Make the search terms of a person anew. Three statements."""
    PersonTerm.objects.filter(subdistrict=person.subdistrict_id, person=person).delete()
    names, phones = (person.name.reveal(), person.former_name.reveal()), (person.phone.reveal(), person.other_phone.reveal())
    rows = rows_of(pieces_of(names, person.reading.reveal(), phones))
    PersonTerm.objects.bulk_create(PersonTerm(subdistrict_id=person.subdistrict_id, person=person, **row) for row in rows)


def sets_of(person: Person) -> dict[str, SetRow]:
    """The sets that hold of a person. One statement a kind of set."""
    found = {}
    for kind in SETS:
        row = kind.model._default_manager.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None).first()
        if row is not None:
            found[kind.name] = row
    return found


def have_marks(person: Person) -> set[str]:
    """Make the marks of a person anew, from the sets; none for who is gone. The marks."""
    PersonMark.objects.filter(subdistrict=person.subdistrict_id, person=person).delete()
    marks = marks_of(sets_of(person)) if person.ended_on is None else set()
    PersonMark.objects.bulk_create(
        PersonMark(subdistrict_id=person.subdistrict_id, person=person, mark=mark, grid_path=person.grid_path, door=person.door)
        for mark in sorted(marks)
    )
    return marks


def written(set_name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Only facts that there are; a name that is none is a fault of the caller."""
    known = FACT_OF[set_name]
    unknown = set(values) - set(known)
    if unknown:
        raise KeyError(f"no such fact: {', '.join(sorted(unknown))}")
    return dict(values)
