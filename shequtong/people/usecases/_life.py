"""One event in life as it is recorded (生活事件操作): locked persons, rows begun and ended on its day, each step in its journal. For the use-cases
of this area, in their transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.people.identity import EARLIEST
from shequtong.people.models import Home, Person
from shequtong.people.usecases._homes import have_home
from shequtong.people.usecases._people import clear, keep_past, locked_person, provenance
from shequtong.territory.models import Room


class CannotRecord(Refusal):
    """The day lies ahead or before what is on record, somebody lacks a relation, or it makes no sense for them."""


@dataclass
class Deed:
    """One event being recorded. `persons` and `homes` are what it touched, by person and by room; `gone`: who sleeps in the street no more."""

    kind: str
    on: date
    source: str
    by: Actor
    now: datetime
    persons: dict[int, Person] = field(default_factory=dict)
    homes: dict[int, Home] = field(default_factory=dict)
    gone: list[Person] = field(default_factory=list)
    journal: list[dict[str, Any]] = field(default_factory=list)
    counted: list[tuple[str, str]] = field(default_factory=list)  # measure, path

    def __post_init__(self) -> None:
        if self.on > timezone.localdate(self.now):
            raise CannotRecord(_("The day lies ahead. Enter it when it has happened."))
        if self.on < EARLIEST:
            raise CannotRecord(_("This day lies too far back."))

    @property
    def origin(self) -> dict[str, Any]:
        """Where the rows it makes come from."""
        return provenance(self.source, self.by, self.now, self.on)

    def lock(self, person_ids: Collection[int], version: int | None = None) -> list[Person]:
        """Persons, locked in one order, standing, within the right to record. `version` is of the first that was named."""
        named = list(dict.fromkeys(person_ids))
        for person_id in sorted(set(named) - set(self.persons)):
            person = locked_person(person_id, version if person_id == named[0] else None)
            self.by.require(permissions.RECORD, person)
            if person.born_on is not None and self.on < person.born_on:
                raise CannotRecord(_("On that day the person was not born yet."))
            self.persons[person_id] = person
        return [self.persons[one] for one in named]

    def home(self, room: Room) -> Home:
        """The home of a room, locked, to be counted at the end."""
        if room.pk not in self.homes:
            home = have_home(room, self.source, self.by, self.now)
            self.homes[room.pk] = home
            self.noted(home, "changed", state=home.state, confirmed_on=home.confirmed_on, due_on=home.due_on)
        return self.homes[room.pk]

    def noted(self, row: Model, did: str, **before: Any) -> None:
        """A line of the journal; `before`: columns that stood otherwise, none of them sealed."""
        kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
        self.journal.append({"model": row._meta.model_name, "id": row.pk, "did": did, "before": kept})

    def made(self, row: Any) -> None:
        """A row that begins with it."""
        self.noted(row, "made")

    def end(self, row: Any, why: str = "") -> None:
        """A dated row ends on the day; one that began later than that was not so yet."""
        if row.valid_from is not None and row.valid_from > self.on:
            day = {"day": row.valid_from.isoformat()}
            raise CannotRecord(_("What is on record began on %(day)s only. Choose that day or a later one.") % day)
        row.ended_on, fields = self.on, ["ended_on"]
        if why:
            row.ended_for, fields = why[:60], [*fields, "ended_for"]
        row.save(update_fields=fields)
        self.noted(row, "ended")

    def change(self, person: Person, facts: Mapping[str, Any]) -> None:
        """Facts of a person that are otherwise from the day on; what stood before goes to the past."""
        before = {name: clear(getattr(person, name)) for name in facts}
        different = {name: value for name, value in facts.items() if clear(value) != before[name]}
        if not different:
            return
        if any(person.origins.get(name, ["", ""])[1] > self.on.isoformat() for name in different):
            raise CannotRecord(_("On that day the record said something else already. Choose a later day."))
        past = keep_past(person, {name: before[name] for name in different}, valid_to=self.on, now=self.now)
        origins = {name: person.origins.get(name) for name in different}
        self.noted(person, "changed", origins=origins, past=past.pk, facts=sorted(different))
        for name, value in different.items():
            setattr(person, name, value)
            person.origins[name] = [self.source, self.on.isoformat()]
        for name, value in self.origin.items():
            setattr(person, name, value)
        person.valid_from, person.version = max(self.on, past.valid_from or self.on), person.version + 1
        person.save()

    def close(self, person: Person, why: str) -> None:
        """The row is closed from the day on."""
        self.noted(person, "closed")
        person.ended_on, person.ended_for, person.version = self.on, why, person.version + 1
        person.save(update_fields=["ended_on", "ended_for", "version"])

    def hand_over(self, person: Person, *, to: int, closes: bool) -> None:
        """Another subdistrict keeps them from the day on, under the row `to`."""
        person.moved_to = to
        person.save(update_fields=["moved_to"])
        if closes:
            self.close(person, Person.Ended.HANDED_OVER)
