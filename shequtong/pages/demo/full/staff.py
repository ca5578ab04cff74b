"""The staff of the full demo (完整演示人员): beside the printed cast, whoever else such a street employs. All names and phones are made up.

They sign in by telephone and code alone (the code stands at /dev/outbox/). Numbers begin with 199 01, which no operator has given out.
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from shequtong.access.actor import AccountActor
from shequtong.access.posts import posts_of
from shequtong.access.usecases import appoint
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.open_account import open_account
from shequtong.core.actors import Actor
from shequtong.organizations.models import Station
from shequtong.pages.demo.full.place import FullPlace
from shequtong.pages.demo.full.texts import person
from shequtong.pages.demo.people import SINCE
from shequtong.territory.models import Unit

_OF_PRECINCT = ("precinct_head", "acceptor", "acceptor", "dispatcher", "dispatcher", "inspector", "inspector", "inspector")
_OF_COMMUNITY = ("community_worker", "community_worker", "clerk")
_OF_STATION = ("station_head", "station_handler", "station_handler")


class Place(NamedTuple):
    """Where a post is held: over a unit, or at a station."""

    unit: int | None
    station: int | None


class Staff:
    """Everybody by role and place. `at(role, path)` are those whose post covers a place, the same order every time."""

    def __init__(self, everybody: list[AccountActor]) -> None:
        self._by_role: dict[str, list[AccountActor]] = defaultdict(list)
        self.heads: dict[int, AccountActor] = {}
        for actor in everybody:
            post = actor.in_use
            if post is None:
                continue
            self._by_role[post.role.code].append(actor)
            if post.role.code == "station_head" and post.station is not None:
                self.heads.setdefault(post.station, actor)

    def at(self, role: str, path: str, index: int) -> AccountActor:
        """One of those who hold a role over a place; LookupError when nobody does."""
        found = [one for one in self._by_role[role] if one.in_use is not None and path.startswith(one.in_use.path)]
        if not found:
            raise LookupError(f"nobody is {role} over {path}")
        return found[index % len(found)]


def build_staff(place: FullPlace, cast: dict[str, AccountActor], by: Actor, now: datetime) -> Staff:
    """Appoint who is missing; everybody with the printed cast, who have posts of their own. A few seconds."""
    posts = [(role, Place(unit.id, None)) for unit in place.precincts for role in _OF_PRECINCT]
    posts += [(role, Place(unit.id, None)) for unit in place.communities for role in _OF_COMMUNITY]
    posts += [("grid_worker", Place(unit.id, None)) for unit in place.grids]
    posts += [(role, Place(None, one.id)) for one in place.stations for role in _OF_STATION]
    posts += [("subdistrict_supervisor", Place(place.street.id, None))]
    units, stations = Unit.objects.in_bulk(), Station.objects.select_related("unit").in_bulk()
    accounts = [_one(number, role, where, units, stations, by, now) for number, (role, where) in enumerate(posts)]
    today = now.date()
    everybody = list(cast.values())
    for account in accounts:
        held = posts_of(account.pk, today)
        everybody.append(AccountActor(account_id=account.pk, name=str(account), in_use=held[0] if held else None, posts=held))
    return Staff(everybody)


def _one(
    number: int, role: str, where: Place, units: dict[int, Unit], stations: dict[int, Station], by: Actor, now: datetime
) -> Account:
    phone = f"19901{number:06d}"
    account = Account.objects.with_phone(phone)
    if account is not None:
        return account
    name = person(number)
    account = open_account(shown_name=name, name=name, phone=phone, by=by, now=now)
    unit = units[where.unit] if where.unit is not None else None
    station = stations[where.station] if where.station is not None else None
    appoint(account_id=account.pk, role=role, unit=unit, station=station, starts_on=SINCE, by=by, now=now)
    return account
