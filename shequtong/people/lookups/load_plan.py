"""What would become of rows that come in (装载计划): new, changed, the same or refused with why. Read only; `load_people` writes by it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor, Facts
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import Sealed, hashes_of
from shequtong.core.sealed.masks import looks_masked
from shequtong.people import permissions
from shequtong.people.days import strange_day
from shequtong.people.facts import DATE, PERSON
from shequtong.people.identity import ID_DOMAIN, RESIDENT_CARD, normalise_id, read_document, read_id
from shequtong.people.lookups.load_sets import SetChange, Told, sets_planned
from shequtong.people.models import Person, Residence
from shequtong.people.origins import may_replace
from shequtong.people.set_rules import Whom
from shequtong.territory.models import Room

HOME = "home"  # the "fact" a refusal names when it is about where they live
_SEALED = {
    one.name: str(getattr(Person._meta.get_field(one.name), "mask", "text")) for one in PERSON if one.sealed
}  # to its mask
_DAYS = [one.name for one in PERSON if one.kind == DATE]


@dataclass(frozen=True)
class Incoming:
    """A row: its number in its file; facts that it names, never empty ones; the door, and as what they are behind it; in whose household.

    `head` is the name or document of the household's head as the row tells it, "" where it does not.
    """

    number: int
    facts: Mapping[str, Any]
    room_id: int
    kind: str = "family"
    lives: bool = True
    registered: bool = False
    relation: str = ""
    head: str = ""
    since: date | None = None
    sets: Told | None = None


@dataclass
class Decision:
    """What becomes of a row. `why` with `fact` is a refusal; `person` None somebody new; `kept` facts that a stronger source holds."""

    row: Incoming
    facts: dict[str, Any] = field(default_factory=dict)
    person: Person | None = None
    by_name: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)  # what stood where something changes; None for what is sealed
    kept: tuple[str, ...] = ()
    moves: bool = False
    settles: bool = False  # a residence is to be begun
    sets: Mapping[str, SetChange] = field(default_factory=dict)
    fact: str = ""
    why: str = ""

    @property
    def outcome(self) -> str:
        """created, updated, unchanged or refused."""
        if self.why:
            return "refused"
        if self.person is None:
            return "created"
        return "updated" if self.changes or self.settles or self.sets else "unchanged"


@dataclass
class Plan:
    """Decisions in the order of the rows; the rooms they name, with entrance and building; open residences of who is on record."""

    decisions: list[Decision]
    rooms: dict[int, Room]
    residences: dict[int, list[Residence]]


@dataclass(frozen=True)
class _Spot:
    subdistrict: int
    path: str

    def reach_facts(self) -> Facts:
        return Facts(self.subdistrict, self.path)


def plan_of(*, rows: Sequence[Incoming], subdistrict: int, source: str, by: Actor, locked: bool = False) -> Plan:
    """Decide each row for itself. `locked`: hold the persons found. Eight statements at most, and those of `sets_planned`."""
    found = Room.objects.filter(subdistrict=subdistrict, pk__in={row.room_id for row in rows})
    rooms = {room.pk: room for room in found.prefetch_related("entrance__building")}  # a building is read once, not for each room
    reach = by.reach(permissions.IMPORT)
    paths = {pk: _Spot(room.subdistrict_id, room.entrance.building.grid_path) for pk, room in rooms.items()}
    within = {pk for pk, spot in paths.items() if reach.covers(spot.reach_facts())}
    today = timezone.localdate()
    decisions = [_read(row, within, today) for row in rows]
    standing = Person.objects.within(subdistrict).standing()
    if locked:
        standing = standing.select_for_update(of=("self",))
    good = [one for one in decisions if not one.why]
    _recognise(good, standing, rooms)
    known = [one.person.pk for one in good if one.person is not None]
    residences: dict[int, list[Residence]] = {}
    for residence in Residence.objects.within(subdistrict).filter(person__in=known, ended_on=None) if known else ():
        residences.setdefault(residence.person_id, []).append(residence)
    for one in good:
        if not one.why and one.person is not None:
            _compare(one, one.person, residences.get(one.person.pk, []), source, by)
    asked = [one for one in good if not one.why and (one.row.sets or {"born_on", "sex"} & one.changes.keys())]
    _look_at_sets(asked, subdistrict, source)
    return Plan(decisions, rooms, residences)


def _read(row: Incoming, within: Container[int], today: date) -> Decision:
    """The row for itself: a name, a right number, no masks, a door within reach."""
    one = Decision(row, dict(row.facts))
    if row.room_id not in within:
        one.fact, one.why = HOME, _("There is no such door within the territory of your post.")
        return one
    if not str(one.facts.get("name") or "").strip():
        one.fact, one.why = "name", _("Enter the name.")
        return one
    for name, value in one.facts.items():
        if isinstance(value, str) and not value.isalnum() and _SEALED.get(name) and looks_masked(value, _SEALED[name]):
            one.fact, one.why = name, _("Enter the whole text: what is hidden behind * cannot be saved.")
            return one
    try:
        _from_document(one.facts, today)
    except Refusal as refusal:
        one.fact, one.why = "id_number", str(refusal)
        return one
    if strange := strange_day({name: one.facts.get(name) for name in _DAYS}, today):
        one.fact, one.why = strange
    elif (born := one.facts.get("born_on")) and one.row.since and one.row.since < born:
        one.row = replace(one.row, since=born)  # the day on which the family came
    return one


def _from_document(facts: dict[str, Any], today: date) -> None:
    """What a resident's number says is not typed again; where it is, the number decides."""
    number, kind = str(facts.get("id_number") or ""), str(facts.get("id_kind") or "")
    if number and kind in (RESIDENT_CARD, ""):
        read = read_id(number, today=today)
        facts |= {"id_kind": RESIDENT_CARD, "id_number": read.number, "born_on": read.born_on, "sex": read.sex}
    elif number:
        facts["id_number"] = read_document(kind, number)


def _recognise(good: Sequence[Decision], standing: Any, rooms: Mapping[int, Room]) -> None:
    """Who of them is on record, by number, else by name, birthday and door. A second row of one person is refused: it says one or the other."""
    by_hash: dict[str, Decision] = {}
    for one in good:
        for found in hashes_of(ID_DOMAIN, str(one.facts["id_number"])) if one.facts.get("id_number") else ():
            if found in by_hash and by_hash[found] is not one:
                one.fact, one.why = "id_number", _twice(by_hash[found])
            by_hash.setdefault(found, one)
    for person in standing.numbered(by_hash) if by_hash else ():
        by_hash[person.id_hash].person = person
    nameless = [one for one in good if one.person is None and not one.why]
    behind: dict[tuple[int, date | None], list[Person]] = {}
    doors = {one.row.room_id for one in nameless}
    # by building first: of rooms there is no index
    at = standing.filter(building__in={rooms[one].entrance.building_id for one in doors}, room__in=doors)
    for person in at if nameless else ():
        behind.setdefault((person.room_id, person.born_on), []).append(person)
    taken = {one.person.pk: one for one in good if one.person is not None}
    unnamed: dict[tuple[int, date | None, str], Decision] = {}
    for one in nameless:
        key = (one.row.room_id, one.facts.get("born_on"))
        one.person = _namesake(one, behind.get(key, ()))
        one.by_name = one.person is not None
        same = taken.get(one.person.pk) if one.person else unnamed.get((*key, str(one.facts["name"])))
        if same is not None and not (same.facts.get("id_number") and one.facts.get("id_number")):
            one.person, one.fact, one.why = None, "name", _twice(same)
        elif one.person is not None:
            taken[one.person.pk] = one
        unnamed.setdefault((*key, str(one.facts["name"])), one)


def _twice(other: Decision) -> str:
    return _("The same person stands in row %(n)s already.") % {"n": other.row.number}


def _namesake(one: Decision, candidates: Iterable[Person]) -> Person | None:
    """Of the same name and birthday behind the same door; not who has another number."""
    for person in candidates:
        number = one.facts.get("id_number")
        if person.name.matches(str(one.facts["name"])) and not (number and person.id_number):
            return person
    return None


def _compare(one: Decision, person: Person, residences: Sequence[Residence], source: str, by: Actor) -> None:
    """What is different, and what of it this source may say."""
    if not by.reach(permissions.IMPORT).covers(person.reach_facts()):
        one.person, one.fact = None, "id_number"
        one.why = _("A person with this document is on record already. Look them up by the number.")
        return
    kept = []
    for name, value in one.facts.items():
        held = getattr(person, name)
        old = held.reveal() if isinstance(held, Sealed) else held
        if old == value or (name == "id_number" and old and normalise_id(str(old)) == value):
            continue
        said_by = person.origins.get(name, [person.source])[0]
        if old in ("", None) or (name == "sex" and old == "0") or may_replace(old=said_by, new=source):
            one.changes[name], one.before[name] = value, None if isinstance(held, Sealed) else held
        else:
            kept.append(name)
    one.kept = tuple(kept)
    _place(one, residences, source)


def _look_at_sets(told: Sequence[Decision], subdistrict: int, source: str) -> None:
    rows = [(one.row.sets or {}, one.person) for one in told]
    found = sets_planned(rows, subdistrict, source, [_whom(one) for one in told]) if told else ()
    for one, planned in zip(told, found, strict=False):
        one.sets, one.kept = planned.changes, (*one.kept, *planned.kept)
        by_number = planned.fact in ("born_on", "sex") and one.facts.get("id_number")
        one.fact, one.why = "id_number" if by_number else planned.fact, planned.why


def _whom(one: Decision) -> Whom:
    """What of the person a rule of a set asks, as it will stand."""
    stands = one.facts if one.person is None else {"born_on": one.person.born_on, "sex": one.person.sex, **one.changes}
    return Whom(stands.get("born_on"), str(stands.get("sex") or ""))


def _place(one: Decision, residences: Sequence[Residence], source: str) -> None:
    row = one.row
    here = [each for each in residences if each.room_id == row.room_id]
    if row.lives:
        elsewhere = next((each for each in residences if each.lives and each.room_id != row.room_id), None)
        if elsewhere is not None and not may_replace(old=elsewhere.source, new=source):
            one.fact, one.changes = HOME, {}
            one.why = _("On record this person lives behind another door, and by a stronger source. Enter the move by hand.")
            return
        one.moves = elsewhere is not None
        one.settles = not any(each.lives for each in here)
    else:
        one.settles = not any(each.kind == row.kind for each in here)
