"""Lives at random: after any events one lives behind one door, a household has one head, counts equal a recount, nobody is lost; and what a
past day showed it shows ever after.
"""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shequtong.core.refusals import Refusal
from shequtong.figures.read import counts
from shequtong.figures.verification import Verification
from shequtong.people import usecases
from shequtong.people.lookups.behind_door import behind_door
from shequtong.people.lookups.life import household_now
from shequtong.people.measures import SOURCES
from shequtong.people.models import HEAD, Household, LifeEvent, Membership, Person, Residence
from shequtong.people.testing import make_person, make_room
from shequtong.people.usecases import NewTenant
from shequtong.people.verification import findings
from shequtong.territory.models import Room
from shequtong.testing.town import Town

STEPS, START = 40, timezone.localdate() - timedelta(days=100)


class Lives:
    """A building of six doors, whose people marry, move, rent and die by a seed."""

    def __init__(self, town: Town, seed: int) -> None:
        self.chance, self.town, self.day = random.Random(seed), town, START
        self.rooms = [make_room(town.building, floor=floor) for floor in range(1, 7)]
        for number, room in enumerate(self.rooms[:4]):
            for place in range(3):
                self._person(room, number, place)

    def _person(self, room: Room, number: int, place: int) -> None:
        household = Household.objects.filter(room=room).first() if place else None
        told: dict[str, Any] = {"relation": (HEAD, "12", "20")[place], "kind": ("owner", "family", "family")[place]}
        facts: dict[str, Any] = {"sex": "121"[place], "born_on": date(1960 + 20 * (place == 2), 1, 1 + number)}
        room_of: dict[str, Any] = {"household_id": household.pk if household else None, "since": START - timedelta(days=300)}
        make_person(room, f"赵{number}{place}", now=timezone.now(), **told, **facts, **room_of)

    def somebody(self) -> Person:
        return self.chance.choice(list(Person.objects.standing().filter(subdistrict=self.rooms[0].subdistrict_id)))

    def step(self) -> str:
        """One event at random, if its rules allow it; its name, "" where it was refused."""
        self.day += timedelta(days=self.chance.choice((0, 1, 3)))
        person, event = self.somebody(), self.chance.choice(("birth", "in", "out", "marry", "part", "die", "head", "rent"))
        by = {"on": self.day, "source": "visit", "by": self.town.hu, "now": timezone.now()}
        try:
            self._play(event, person, by)
        except Refusal:
            return ""
        return event

    def _play(self, event: str, person: Person, by: dict[str, Any]) -> None:
        family, room = household_now(person), self.chance.choice(self.rooms)
        leaving = {person.pk}
        relations: dict[int, str] = {}
        head = family.head
        if head is not None and (head.person_id == person.pk or event == "head"):
            new = family.next_head(set() if event == "head" else leaving)
            rest = [one.person_id for one in family.members if one.person_id != new]
            if new is not None:
                proposals = family.proposals(new, rest)
                relations = {**{one: code or "80" for one, code in proposals.items()}, new: HEAD}
        others = [one.person_id for one in family.others()]
        if event == "birth":
            usecases.record_birth(parent_id=person.pk, facts={"name": "赵宝", "sex": "2"}, relation="80", **by)
        elif event == "in":
            usecases.move_in(person_ids=[person.pk], room_id=room.pk, relations=relations, **by)
        elif event == "out":
            usecases.move_out(person_ids=[person.pk], relations=relations, **by)
        elif event == "marry":
            usecases.record_marriage(person_id=person.pk, spouse_id=self.somebody().pk, relation="80", **by)
        elif event == "part":
            usecases.record_divorce(person_id=person.pk, spouse_id=others[0] if others else None, **by)
        elif event == "die":
            usecases.record_death(person_id=person.pk, relations=relations, **by)
        elif event == "head" and family.members:
            usecases.change_head(household_id=family.members[0].household_id, relations=relations, **by)
        elif event == "rent":
            usecases.change_tenants(room_id=room.pk, tenants=[NewTenant({"name": "钱租"}), NewTenant({"name": "孙租"})], **by)

    def shown(self, on: date) -> list[tuple[int, int, bool]]:
        """Who lives, or only owns, behind which door on a day."""
        return sorted((one.room_id, one.person_id, one.lives) for room in self.rooms for one in behind_door(room, on).residences)


@pytest.mark.parametrize("seed", [1, 7, 20261130])
def test_lives_at_random_keep_the_order_of_the_registry(town: Town, seed: int) -> None:
    lives, seen, played = Lives(town, seed), dict[date, list[tuple[int, int, bool]]](), set[str]()
    place = lives.rooms[0].subdistrict_id
    for number in range(STEPS):
        played.add(lives.step())
        past = lives.day - timedelta(days=1)  # what is recorded later may not change it: events come in the order of their days
        if number % 8 == 0:
            seen.setdefault(past, lives.shown(past))
    assert len(played - {""}) >= 5, played
    assert list(findings(place)) == []
    for household in Household.objects.filter(subdistrict=place, ended_on=None):
        heads = Membership.objects.filter(subdistrict=place, household=household, ended_on=None, relation=HEAD)
        assert heads.count() == 1
    gone = Person.objects.filter(subdistrict=place, ended_on__isnull=False)
    assert not Residence.objects.filter(subdistrict=place, person__in=gone, ended_on=None).exists()
    assert not Membership.objects.filter(subdistrict=place, person__in=gone, ended_on=None).exists()
    assert {day: lives.shown(day) for day in seen} == seen, "a past day says something else than it did"

    assert list(Verification(place, SOURCES).differences()) == []
    births = sum(counts((place,), "people.births", by=()).values())
    assert births == LifeEvent.objects.filter(subdistrict=place, kind="birth").count()
    event = LifeEvent.objects.order_by("-recorded_at").first()
    assert event is not None
    try:
        usecases.undo_event(event_id=event.pk, by=town.hu, now=timezone.now())
    except usecases.CannotUndo:
        return
    assert list(findings(place)) == []
    assert list(Verification(place, SOURCES).differences()) == []
