"""Register a person (登记人员): a row, behind a door if they live or own there, in a household if they belong to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor, Facts
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import hashes_of
from shequtong.people import permissions
from shequtong.people.days import require_days
from shequtong.people.identity import EARLIEST, ID_DOMAIN, RESIDENT_CARD, read_id
from shequtong.people.models import Household, Membership, Person, Source
from shequtong.people.usecases._homes import begin_residence, count_home, have_home, lived_in, room_with_place
from shequtong.people.usecases._people import have_marks, have_terms, provenance, written
from shequtong.territory.models import Unit
from shequtong.territory.units import unit


class CannotRegister(Refusal):
    """No name, a day that cannot be, or the document is on record already."""


@dataclass(frozen=True)
class NewPerson:
    """`facts` are facts of a person -> value. `room_id` with `kind`, `lives`, `registered` where they have to do with a home; else `unit_id`, the
    community that keeps them. `household_id` with `relation` joins a household, `relation` alone opens one.
    """

    facts: Mapping[str, Any]
    room_id: int | None = None
    unit_id: int | None = None
    kind: str = "family"
    lives: bool = True
    registered: bool = False
    household_id: int | None = None
    relation: str = ""
    since: date | None = None
    source: str = Source.VISIT


@dataclass(frozen=True)
class Spot:
    """Where a new row will lie, for the question of rights."""

    subdistrict: int
    path: str

    def reach_facts(self) -> Facts:
        return Facts(self.subdistrict, self.path)


@transaction.atomic
def register_person(*, new: NewPerson, by: Actor, now: datetime) -> Person:
    """The person made. About 14 statements. Raises CannotRegister, Forbidden."""
    room = room_with_place(new.room_id) if new.room_id is not None else None
    at = unit(new.unit_id) if new.unit_id is not None else None
    if room is not None:
        spot = Spot(room.subdistrict_id, room.entrance.building.grid_path)
    elif at is not None and at.kind in (Unit.Kind.COMMUNITY, Unit.Kind.GRID, Unit.Kind.SUBDISTRICT):
        spot = Spot(at.subdistrict, at.path)
    else:
        raise CannotRegister(_("Say where the person lives, or which community keeps them."))
    by.require(permissions.RECORD, spot)
    facts, today = written("", new.facts), timezone.localdate(now)
    if not str(facts.get("name") or "").strip():
        raise CannotRegister(_("Enter the name."))
    _from_document(facts)
    require_days(facts, today)
    _since_when(new.since, facts.get("born_on"), today)
    _not_on_record(spot.subdistrict, str(facts.get("id_number") or ""))

    origin = provenance(new.source, by, now, new.since)
    person = Person(subdistrict_id=spot.subdistrict, grid_path=spot.path, confirmed_on=today if room else None, **facts, **origin)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # two at once: the constraint stands
        raise CannotRegister(_on_record()) from None
    if room is not None:
        begin_residence(person, room, {"kind": new.kind, "lives": new.lives, "registered": new.registered}, origin)
        if new.lives and new.relation:
            _in_household(person, new, origin)
        home = have_home(room, new.source, by, now)
        count_home(home)
        if new.lives:
            lived_in(home)
    have_terms(person)
    have_marks(person)
    log.record("people.registered", person, by=by, at=now, room=str(new.room_id or ""), facts=sorted(facts))
    return person


def _from_document(facts: dict[str, Any]) -> None:
    """What a resident's number says is not typed again; where it is, the number decides."""
    if facts.get("id_number") and facts.get("id_kind", RESIDENT_CARD) in (RESIDENT_CARD, ""):
        read = read_id(str(facts["id_number"]))
        facts |= {"id_kind": RESIDENT_CARD, "id_number": read.number, "born_on": read.born_on, "sex": read.sex}


def _since_when(since: date | None, born_on: date | None, today: date) -> None:
    if since is not None and since > today:
        raise CannotRegister(_("The day lies ahead. Enter it when it has happened."))
    if since is not None and (since < EARLIEST or (born_on is not None and since < born_on)):
        raise CannotRegister(_("On that day the person was not born yet."))


def _not_on_record(place: int, number: str) -> None:
    if number and Person.objects.within(place).standing().numbered(hashes_of(ID_DOMAIN, number)).exists():
        raise CannotRegister(_on_record())


def _on_record() -> str:
    return _("A person with this document is on record already. Look them up by the number.")


def _in_household(person: Person, new: NewPerson, origin: Mapping[str, Any]) -> None:
    """Into the household that was named, else into a new one behind the same door."""
    home = {"subdistrict_id": person.subdistrict_id}
    if new.household_id is not None:
        household = Household.objects.select_for_update(of=("self",)).get(pk=new.household_id)
        if household.ended_on is not None or household.room_id != new.room_id:
            raise CannotRegister(_("This household does not live behind that door any more."))
        others = Membership.objects.filter(subdistrict=person.subdistrict_id, household=household, ended_on=None)
        if new.relation == "02" and others.filter(relation="02").exists():
            raise CannotRegister(_("The household has a head already."))
    else:
        household = Household.objects.create(**home, room_id=new.room_id, grid_path=person.grid_path, door=person.door, **origin)
    Membership.objects.create(**home, household=household, person=person, relation=new.relation, **origin)
