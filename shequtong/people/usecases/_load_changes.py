"""One batch on its way (装载中的一批), and what is done to who is on record already: for `load_people`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from shequtong.core.actors import Actor
from shequtong.people.lookups.load_plan import Decision, Plan
from shequtong.people.models import Household, Membership, Person, PersonTerm, Residence
from shequtong.people.usecases._homes import begin_residence, end_memberships, end_residences
from shequtong.people.usecases._load_lines import Lines, fresh_ids
from shequtong.people.usecases._people import FOUND_BY, clear, have_terms, keep_past, provenance
from shequtong.people.usecases._rights import barred


@dataclass
class Load:
    """One batch on its way: its plan, whose word it is, the lines that wait."""

    plan: Plan
    subdistrict: int
    by: Actor
    now: datetime
    source: str
    created: list[int] = field(default_factory=list)
    updated: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids, self.today = fresh_ids(self.subdistrict), timezone.localdate(self.now)
        self.rooms = {one.row.room_id for one in self.plan.decisions if one.outcome in ("created", "updated")}
        always = {"subdistrict_id": self.subdistrict, **provenance(self.source, self.by, self.now, None)}
        self.people, self.residences = Lines(Person, always), Lines(Residence, always)
        self.households, self.memberships = Lines(Household, always), Lines(Membership, always)
        self.terms = Lines(PersonTerm, {"subdistrict_id": self.subdistrict})


def change(load: Load, one: Decision, person: Person) -> int:
    """Somebody on record: the facts that differ, the old ones to the past; another door, if they live behind it now."""
    if one.settles:
        _resettle(load, one, person)
    for name in barred(person, "", [fact for fact, value in one.changes.items() if value]):
        del one.changes[name]  # the person took their consent back: a table does not bring it in again
    if one.changes:
        before = {name: clear(getattr(person, name)) for name in one.changes}
        keep_past(person, before, valid_to=load.today, now=load.now)
        for name, value in one.changes.items():
            setattr(person, name, value)
            person.origins[name] = [load.source, load.today.isoformat()]
        for name, value in provenance(load.source, load.by, load.now, load.today).items():
            setattr(person, name, value)
        person.confirmed_on, person.version = load.today, person.version + 1
        person.save()
        if FOUND_BY & set(one.changes):
            have_terms(person)
    load.updated.append({"id": person.pk, "facts": sorted(one.changes), "home": one.settles})
    return int(person.pk)


def _resettle(load: Load, one: Decision, person: Person) -> None:
    row, room = one.row, load.plan.rooms[one.row.room_id]
    if one.moves:
        lived = [each for each in load.plan.residences.get(person.pk, ()) if each.lives]
        load.rooms |= set(end_residences(lived, load.today, "import"))
        end_memberships(person, load.today)
    facts = {"kind": row.kind, "lives": row.lives, "registered": row.registered}
    same = next(
        (each for each in load.plan.residences.get(person.pk, ()) if each.room_id == room.pk and each.kind == row.kind), None
    )
    if same is not None and same.ended_on is None:
        load.rooms |= set(end_residences([same], load.today, "import"))
    begin_residence(person, room, facts, provenance(load.source, load.by, load.now, row.since or load.today))
