"""What happened (生活事件): of a person, behind a door; the household of a person as an event's form needs it; a door by how people write it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shequtong.core.actors import Actor, Facts
from shequtong.people import permissions, relations
from shequtong.people.door_text import Said, read_door
from shequtong.people.models import HEAD, LifeEvent, LifePart, Membership, Person
from shequtong.people.models.person import REACH
from shequtong.people.relations import Kin
from shequtong.territory.models import Building, Room

MOST_EVENTS, MOST_DOORS = 30, 6
_MARRIED, _GROWN, _MARRIES = ("20", "21", "22", "23"), 14, 20


@dataclass(frozen=True)
class HouseholdNow:
    """The members of a person's household with their persons, the head first; empty where they belong to none."""

    person: Person
    members: tuple[Membership, ...] = ()

    @property
    def head(self) -> Membership | None:
        """Who heads it."""
        return next((one for one in self.members if one.relation == HEAD), None)

    @property
    def own(self) -> Membership | None:
        """The membership of the person themselves."""
        return self.member(self.person.pk)

    def member(self, person_id: int) -> Membership | None:
        """One of them."""
        return next((one for one in self.members if one.person_id == person_id), None)

    def others(self) -> list[Membership]:
        """Without the person."""
        return [one for one in self.members if one.person_id != self.person.pk]

    def spouse(self) -> Membership | None:
        """Who is married to the person, as far as the codes of the household say it."""
        own = self.own
        found = [one for one in self.others() if own is not None and relations.is_spouse_of(kin(one), kin(own))]
        return found[0] if len(found) == 1 else None

    def proposals(self, new_head: int, whom: list[int]) -> dict[int, str]:
        """Person -> what each of `whom` is to the new head; "" where it must be asked."""
        new, head = self.member(new_head), self.head
        if new is None or head is None:
            return dict.fromkeys(whom, "")
        only = sum(kin(one).kind == "child" for one in self.members) == 1
        found = {}
        for one in self.members:
            if one.person_id in whom:
                found[one.person_id] = relations.proposed(kin(new), kin(one), kin(head), only_child=only) or ""
        return found

    def next_head(self, leaving: set[int]) -> int | None:
        """Who most probably heads it when these have left: the spouse of the head, else the eldest."""
        left = [one for one in self.members if one.person_id not in leaving and one.relation != HEAD]
        left.sort(key=lambda one: (kin(one).kind != "spouse", one.person.born_on or date.max, one.pk))
        return left[0].person_id if left else None


def kin(one: Membership) -> Kin:
    """A member as the table of relations asks for them."""
    return Kin(one.relation, one.person.sex, one.person.born_on)


def household_now(person: Person) -> HouseholdNow:
    """Two statements."""
    place = person.subdistrict_id
    own = (
        Membership.objects.filter(subdistrict=place, person=person, ended_on=None).values_list("household_id", flat=True).first()
    )
    if own is None:
        return HouseholdNow(person)
    rows = Membership.objects.filter(subdistrict=place, household=own, ended_on=None).select_related("person", "household")
    return HouseholdNow(person, tuple(sorted(rows, key=lambda one: (one.relation != HEAD, one.relation, one.pk))))


def makes_sense(person: Person, household: HouseholdNow, age: int | None) -> list[str]:
    """What may be recorded of this person, the usual first."""
    kind, grown = LifeEvent.Kind, age is None or age >= _GROWN
    married = person.marital in _MARRIED
    arrived = person.moved_from is not None and person.confirmed_on is None
    found = [
        (kind.BIRTH, person.room_id is not None and household.own is not None and grown),
        (kind.MOVE_IN, True),
        (kind.MOVE_OUT, person.room_id is not None or arrived),
        (kind.MOVE_TO_STREET, True),
        (kind.MARRIAGE, not married and (age is None or age >= _MARRIES)),
        (kind.DIVORCE, married or (household.spouse() is not None and person.marital != "40")),
        (kind.HEAD, len(household.members) > 1),
        (kind.DEATH, True),
    ]
    return [one.value for one, sensible in found if sensible]


def events_of(person: Person) -> list[LifeEvent]:
    """What happened to a person, the latest first. One statement."""
    parts = LifePart.objects.filter(subdistrict=person.subdistrict_id, person=person).values("event")
    rows = LifeEvent.objects.within(person.subdistrict_id).filter(pk__in=parts).defer("journal")
    return list(rows.order_by("-on", "-pk")[:MOST_EVENTS])


def events_at(room: Room) -> list[LifeEvent]:
    """What happened behind a door, the latest first. One statement."""
    parts = LifePart.objects.filter(subdistrict=room.subdistrict_id, room=room).values("event")
    rows = LifeEvent.objects.within(room.subdistrict_id).filter(pk__in=parts).defer("journal")
    return list(rows.order_by("-on", "-pk")[:MOST_EVENTS])


def doors_like(actor: Actor, text: str, near: Building | None) -> list[Room]:
    """Doors that a text may mean: 枫桥路12号3幢 1单元 501, 3幢501; `near` is the building meant where none is named. Two statements."""
    said = read_door(text)
    if said is None:
        return []
    reach = actor.reach(permissions.RECORD).of_post
    rooms = Room.objects.filter(subdistrict__in=reach.subdistricts, name__iexact=said.room)
    if said.entrance is not None:
        rooms = rooms.filter(entrance__number=said.entrance)
    buildings = _buildings(reach.subdistricts, said, near)
    found = rooms.filter(entrance__building__in=buildings).select_related("entrance__building__compound")
    within = [one for one in found.order_by("id")[: MOST_DOORS * 4] if reach.covers(_lies(one.entrance.building))]
    return within[:MOST_DOORS]


def _buildings(places: tuple[int, ...], said: Said, near: Building | None) -> list[int]:
    if not said.building:
        return [near.pk] if near is not None else []
    named = Q(address__icontains=said.building)
    if said.number is not None:
        in_compound = Q(compound__name__icontains=said.before) | Q(street__icontains=said.before)
        same = Q(compound=near.compound_id) if near is not None and near.compound_id else Q(pk=near.pk if near else None)
        named |= Q(number=said.number) & (in_compound if said.before else same)
    rows = Building.objects.within(*places).standing().filter(named)
    return list(rows.values_list("pk", flat=True)[:50])


def _lies(building: Building) -> Facts:
    return Facts(building.subdistrict_id, building.grid_path, object_id=building.pk)


def arrived(actor: Actor) -> list[Person]:
    """Handed over from another street, and seen by nobody here yet. One statement."""
    reach = actor.reach(permissions.VIEW).of_post
    rows = Person.objects.within(*reach.subdistricts).standing().filter(reach.condition(REACH), moved_from__isnull=False)
    return list(rows.filter(confirmed_on=None).order_by("grid_path", "id")[:MOST_EVENTS])
