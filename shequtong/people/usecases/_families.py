"""What an event does to doors and households (住户变动操作): who leaves a door, who joins a household, who is its head now."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from shequtong.people.counting import MOVED_IN, MOVED_OUT
from shequtong.people.models import HEAD, Household, Membership, Person, Residence
from shequtong.people.usecases._homes import begin_residence, room_with_place, settle
from shequtong.people.usecases._life import CannotRecord, Deed
from shequtong.people.usecases._people import sets_of
from shequtong.territory.models import Room


def leave_door(deed: Deed, person: Person, why: str, *, registered: bool | None = None) -> bool:
    """A person sleeps no more where they did. An owner stays the owner; whose 户口 stays (`registered`; None: as it is) stays registered.
    Whether something still ties them to a door.
    """
    rows = Residence.objects.within(person.subdistrict_id).filter(person=person, ended_on=None)
    tied = False
    for row in rows.order_by("-lives", "id"):
        stays = row.registered if registered is None else row.registered and registered
        owner = row.kind == Residence.Kind.OWNER
        if not row.lives and stays == row.registered and (owner or stays):
            tied = True
            continue
        deed.end(row, why)
        deed.home(room_with_place(row.room_id))
        if row.lives:
            deed.counted.append((MOVED_OUT, person.grid_path))
        if owner or stays:
            kind = Residence.Kind.OWNER if owner else Residence.Kind.REGISTERED
            facts = {"kind": kind, "lives": False, "registered": stays}
            deed.made(begin_residence(person, row.room, facts, deed.origin))
            tied = True
    _unsettled(deed, person)
    return tied


def _unsettled(deed: Deed, person: Person) -> None:
    if person.room_id is not None:
        deed.noted(person, "settled", room=person.room_id, path=person.grid_path)
        settle(person, None)


def live_at(deed: Deed, person: Person, room: Room, kind: str, *, registered: bool = False) -> None:
    """A person sleeps behind this door from the day on; an owner who only owned it lives there now."""
    owned = Residence.objects.within(person.subdistrict_id).filter(person=person, room=room, ended_on=None)
    for row in owned:
        deed.end(row)
        registered = registered or row.registered
        kind = row.kind if row.kind == Residence.Kind.OWNER else kind
    deed.noted(person, "settled", room=person.room_id, path=person.grid_path)
    deed.made(begin_residence(person, room, {"kind": kind, "lives": True, "registered": registered}, deed.origin))
    deed.home(room)
    deed.counted.append((MOVED_IN, person.grid_path))


def leave_household(deed: Deed, person: Person) -> Household | None:
    """A person belongs to their household no more; one that nobody is left of ends. The household."""
    row = Membership.objects.select_related("household").filter(subdistrict=person.subdistrict_id, person=person, ended_on=None)
    found: Membership | None = row.first()
    if found is None:
        return None
    deed.end(found)
    household: Household = found.household
    if not _members(household):
        deed.end(household)
    return household


def join(deed: Deed, person: Person, household: Household | None, room: Room, relation: str) -> Household:
    """Into a household behind this door, or into a new one."""
    place = person.subdistrict_id
    if household is None:
        household = Household.objects.create(
            subdistrict_id=place, room=room, grid_path=person.grid_path, door=person.door, **deed.origin
        )
        deed.made(household)
    if household.ended_on is not None or household.room_id != room.pk:
        raise CannotRecord(_("This household does not live behind that door any more."))
    if relation == HEAD and any(one.relation == HEAD for one in _members(household)):
        raise CannotRecord(_("The household has a head already."))
    deed.made(
        Membership.objects.create(subdistrict_id=place, household=household, person=person, relation=relation, **deed.origin)
    )
    return household


def rehead(deed: Deed, household: Household, relations: Mapping[int, str]) -> None:
    """The members who are left, with one head. `relations`: person -> code, of those whose relation is another from now on; who is the only
    one left is the head. Raises CannotRecord where a head is missing, or a relation to the new one.
    """
    members = _members(household)
    if len(members) == 1:
        relations = {members[0].person_id: HEAD}
    old = next((one.person_id for one in members if one.relation == HEAD), None)
    wanted = {one.person_id: relations.get(one.person_id, "" if old is None else one.relation) for one in members}
    heads = [person for person, code in wanted.items() if code == HEAD]
    if members and len(heads) != 1:
        raise CannotRecord(_("Say who is the head of the household now."))
    if members and old != heads[0] and not all(relations.get(one.person_id) for one in members):
        raise CannotRecord(_("Say how each member of the household is related to the new head."))
    changed = [one for one in members if wanted[one.person_id] != one.relation]
    deed.lock([one.person_id for one in changed])
    for row in changed:  # the old head first leaves the place that only one may have
        deed.end(row)
    for row in changed:
        person = deed.persons[row.person_id]
        place = household.subdistrict_id
        made = Membership.objects.create(
            subdistrict_id=place, household=household, person=person, relation=wanted[row.person_id], **deed.origin
        )
        deed.made(made)
        person.version += 1
        person.save(update_fields=["version"])


def end_sets(deed: Deed, person: Person, why: str) -> None:
    """No set holds any more; one that was written for later than the day never did."""
    for row in sets_of(person).values():
        row.ended_on, row.ended_for = max(deed.on, row.valid_from or deed.on), why[:60]
        row.save(update_fields=["ended_on", "ended_for"])
        deed.noted(row, "ended")


def _members(household: Household) -> list[Membership]:
    rows = Membership.objects.filter(subdistrict=household.subdistrict_id, household=household, ended_on=None)
    return list(rows.order_by("id"))
