"""One person as of a day (一人一档): the row of today with what has been replaced since put back, and the rows that held then."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, Value
from django.utils import timezone

from shequtong.people.facts import FACT_OF, PERSON, SETS
from shequtong.people.models import Membership, Person, PersonPast, Residence, SetRow

M = TypeVar("M", bound=Model)


@dataclass
class PersonOn:
    """What is known of a person as of a day. `facts`: fact -> value as the column gives it; where it was replaced since, its text."""

    person: Person
    on: date
    facts: dict[str, Any]
    sets: dict[str, SetRow] = field(default_factory=dict)
    residences: list[Residence] = field(default_factory=list)
    membership: Membership | None = None
    past: list[PersonPast] = field(default_factory=list)


def held_on(rows: QuerySet[M], on: date) -> QuerySet[M]:
    """Rows that held on a day: from `valid_from` (or before we knew) until before `ended_on`."""
    return rows.filter(Q(valid_from=None) | Q(valid_from__lte=on)).filter(Q(ended_on=None) | Q(ended_on__gt=on))


def is_unsure(row: Residence, on: date) -> bool:
    """Whether a row was recorded after a day and does not say since when: it may have held on that day, nobody knows."""
    return row.valid_from is None and timezone.localdate(row.recorded_at) > on


def person_on(person: Person, on: date) -> PersonOn:
    """Four statements, and one for each set that holds: the past, which sets there are, residences, the household."""
    past = list(PersonPast.objects.filter(subdistrict=person.subdistrict_id, person=person).order_by("-replaced_at", "-id"))
    found = PersonOn(person, on, facts_on(person, past, on), past=past)
    for name, row in _sets(person, on):
        found.sets[SETS[name].name] = SETS[name].model._default_manager.get(pk=row)
    homes = Residence.objects.within(person.subdistrict_id).filter(person=person)
    found.residences = list(held_on(homes.select_related("room__entrance__building__compound"), on).order_by("-lives", "id"))
    households = Membership.objects.filter(subdistrict=person.subdistrict_id, person=person).select_related("household")
    found.membership = held_on(households, on).last()
    return found


def _sets(person: Person, on: date) -> list[tuple[int, int]]:
    """Which sets hold on a day, as (place in SETS, id of the row), all asked for in one statement."""
    asked = []
    for n, kind in enumerate(SETS):
        rows = kind.model._default_manager.filter(subdistrict=person.subdistrict_id, person=person)
        asked.append(held_on(rows, on).annotate(nth=Value(n)).values_list("nth", "pk"))
    # Of two rows of a set that meet on the day the later one holds.
    latest = dict(sorted(asked[0].union(*asked[1:], all=True)))
    return sorted(latest.items())


def facts_on(person: Person, past: Sequence[PersonPast], on: date) -> dict[str, Any]:
    """The facts of a person on a day: of today, and from the latest to the earliest what stood before each later change."""
    facts = {fact.name: getattr(person, fact.name) for fact in PERSON}
    for row in past:
        if row.valid_to > on and not row.mistaken:
            facts |= {name: _value(name, text) for name, text in json.loads(row.state.reveal()).items()}
    return facts


def _value(name: str, text: Any) -> Any:
    """A past value as its column would give it: masked text for a sealed fact is made by the page."""
    if FACT_OF[""][name].kind == "date" and text:
        return date.fromisoformat(text)
    return text
