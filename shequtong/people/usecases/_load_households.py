"""Into which household a row of a table belongs (归户): for `load_people`, over the open households behind the doors of its rows.

One household a room unless the rows tell otherwise: by the head they name, or by a second head. Rows follow the head above them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shequtong.people.identity import normalise_id
from shequtong.people.lookups.load_plan import Decision
from shequtong.people.models import HEAD, Household, Membership

OTHER = "90"  # GB/T 4761: not related, or not told


@dataclass
class Family:
    """An open household behind a door. `heads`: name and document of its head, none while it has none."""

    id: int
    room_id: int
    heads: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)  # the head that members tell of, before it comes
    is_new: bool = False


@dataclass
class Families:
    """All of them by room, and who is in one."""

    by_room: dict[int, list[Family]]
    members: dict[int, int]  # person -> household

    @classmethod
    def behind(cls, subdistrict: int, rooms: Iterable[int], persons: Iterable[int]) -> "Families":
        """As they stand. Four statements at most."""
        found = cls({}, {})
        open_ones = Membership.objects.filter(subdistrict=subdistrict, ended_on=None)
        standing = Household.objects.within(subdistrict).filter(room__in=list(rooms), ended_on=None)
        room_of = dict(standing.values_list("id", "room_id"))
        families: dict[int, Family] = {}
        # in the order of who came first, and only households that somebody is in
        for household in (
            open_ones.filter(household__in=list(room_of)).order_by("id").values_list("household_id", flat=True) if room_of else ()
        ):
            if household not in families:
                families[household] = Family(household, room_of[household])
                found.by_room.setdefault(room_of[household], []).append(families[household])
        heads = Membership.objects.filter(subdistrict=subdistrict, household__in=list(families), ended_on=None, relation=HEAD)
        for head in heads.select_related("person") if families else ():
            families[head.household_id].heads = {head.person.name.reveal(), head.person.id_number.reveal()} - {""}
        known = list(persons)
        found.members = dict(open_ones.filter(person__in=known).values_list("person_id", "household_id")) if known else {}
        return found

    def for_row(self, one: Decision, new_id: int) -> tuple[Family, str]:
        """The family a row belongs to, made where there is none (`is_new`, with `new_id`), and the relation in it."""
        row, here = one.row, self.by_room.setdefault(one.row.room_id, [])
        own = {str(one.facts["name"]), str(one.facts.get("id_number") or "")} - {""}
        told = normalise_id(row.head) if row.head else ""
        is_head = row.relation == HEAD or (not row.relation and bool(told) and told in {normalise_id(each) for each in own})
        family = self._as_head(here, own) if is_head else self._as_member(here, told)
        if family is None:
            family = Family(new_id, row.room_id, is_new=True)
            here.append(family)
        if is_head and not family.heads:
            family.heads = own
        elif told and not is_head:
            family.named.add(told)
        return family, HEAD if is_head else row.relation or OTHER

    @staticmethod
    def _as_head(here: list[Family], own: set[str]) -> Family | None:
        """A household that waits for this head, else for any; none where all have theirs: a second head opens a second household."""
        plain = {normalise_id(each) for each in own}
        waiting = [each for each in here if not each.heads]
        return next((each for each in waiting if each.named & plain), next((each for each in waiting if not each.named), None))

    @staticmethod
    def _as_member(here: list[Family], told: str) -> Family | None:
        """The household of the head that is told; else of the head above."""
        if not told:
            return here[-1] if here else None
        for each in reversed(here):
            if told in each.named or told in {normalise_id(head) for head in each.heads}:
                return each
        return next((each for each in here if not each.heads and not each.named), None)
