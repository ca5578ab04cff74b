"""Behind a door (一户一档): a room with its home, its residences and households as of a day."""

from dataclasses import dataclass, field
from datetime import date

from shequtong.people.lookups.one_person import held_on
from shequtong.people.models import Home, Household, Membership, Person, Residence
from shequtong.territory.models import Room


@dataclass
class Family:
    """A household with its members, the head first."""

    household: Household
    members: list[Membership]


@dataclass
class DoorOn:
    """What is behind a door as of a day. `alone`: who lives there and belongs to no household here."""

    room: Room
    on: date
    home: Home | None = None
    residences: list[Residence] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)

    @property
    def beside(self) -> list[Residence]:
        """Residences of who belongs to none of the households: owners who live elsewhere, lodgers."""
        members = {one.person_id for family in self.families for one in family.members}
        return [one for one in self.residences if one.person_id not in members]


def behind_door(room: Room, on: date) -> DoorOn:
    """Four statements. `room` comes with its entrance and building. Nobody is there before they were born, whatever the rows leave open."""
    place = room.subdistrict_id
    found = DoorOn(room, on, Home.objects.within(place).filter(room=room).first())
    residences = Residence.objects.within(place).filter(room=room).select_related("person")
    found.residences = [one for one in held_on(residences, on).order_by("-lives", "id") if _was_born(one.person, on)]
    households = list(held_on(Household.objects.within(place).filter(room=room), on).order_by("id"))
    if households:
        rows = Membership.objects.filter(subdistrict=place, household__in=[one.pk for one in households]).select_related("person")
        members = [one for one in held_on(rows, on).order_by("relation", "id") if _was_born(one.person, on)]
        for household in households:
            own = [one for one in members if one.household_id == household.pk]
            if own:
                found.families.append(
                    Family(household, sorted(own, key=lambda one: (one.relation != "02", one.relation, one.pk)))
                )
    return found


def _was_born(person: Person, on: date) -> bool:
    return person.born_on is None or person.born_on <= on
