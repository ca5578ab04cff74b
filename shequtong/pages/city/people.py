"""Who works in the city (城市人员): a crew for each precinct, heads of stations, a few with a password that is printed. All made up.

Telephones begin with 199 9, which no operator has given out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from shequtong.access.actor import AccountActor
from shequtong.access.posts import posts_of
from shequtong.access.usecases import appoint
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.open_account import open_account
from shequtong.core.actors import Actor
from shequtong.organizations.models import Station
from shequtong.pages.city.place import SINCE, Street
from shequtong.pages.demo.full.texts import person
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef

_OF_PRECINCT = ("precinct_head", "acceptor", "dispatcher", "inspector")
_RESIDENTS = 20
# Whose password is printed: role or station, and whether of the largest subdistrict or the smallest.
_PRINTED = (
    ("subdistrict_supervisor", "largest"),
    ("precinct_head", "largest"),
    ("acceptor", "largest"),
    ("dispatcher", "largest"),
    ("police", "largest"),
    ("precinct_head", "smallest"),
)


class Shown(NamedTuple):
    """Somebody whose password is printed: where, as what, by which telephone."""

    phone: str
    post: str
    actor: AccountActor


@dataclass
class Crew:
    """Who acts in one precinct, by role, and at its stations, by agency: as they stand in steps and traces."""

    roles: dict[str, AccountActor]
    stations: dict[str, AccountActor]

    def everybody(self) -> dict[str, AccountActor]:
        """All by one key."""
        return self.roles | {f"at {agency}": actor for agency, actor in self.stations.items()}


@dataclass
class People:
    """Everybody: crews by street and precinct, residents' accounts, and who can sign in by password."""

    crews: dict[tuple[int, int], Crew]
    residents: list[int]
    shown: list[Shown]


def build_people(
    streets: list[Street], district: UnitRef, password: str, by: Actor, now: datetime, say: Callable[[str], None]
) -> People:
    """Accounts and appointments, street by street."""
    maker = _Maker(password, by, now)
    over = maker.staff("district_viewer", district.id, None, printed=True)
    found = People({}, [], [maker.shown(over)])
    for n, street in enumerate(streets):
        which = "largest" if n == 0 else "smallest" if street is streets[-1] else ""
        with transaction.atomic():
            _staff(street, {role for role, where in _PRINTED if where == which}, maker, found)
    found.residents = [maker.resident() for _n in range(_RESIDENTS)]
    say(f"  {maker.made:,} accounts")
    return found


def _staff(street: Street, printed: set[str], maker: "_Maker", found: People) -> None:
    """Heads of stations, and a crew for each precinct."""
    heads = {
        agency: maker.staff("station_head", None, station.id, printed=agency in printed)
        for agency, station in street.stations.items()
    }
    over = maker.staff("subdistrict_supervisor", street.unit.id, None, printed="subdistrict_supervisor" in printed)
    for p, precinct in enumerate(street.precincts):
        roles = {role: maker.staff(role, precinct.id, None, printed=p == 0 and role in printed) for role in _OF_PRECINCT}
        own = next(one for one in street.communities if one.path.startswith(precinct.path))
        grid = next(one for one in street.grids if one.path.startswith(own.path))
        roles["community_worker"] = maker.staff("community_worker", own.id, None)
        roles["grid_worker"] = maker.staff("grid_worker", grid.id, None)
        found.crews[street.number, p] = Crew(roles | {"subdistrict_supervisor": over}, heads)
        found.shown += [maker.shown(roles[role]) for role in _OF_PRECINCT if p == 0 and role in printed]
    known = {"subdistrict_supervisor": over, "police": heads["police"]}
    found.shown += [maker.shown(one) for role, one in known.items() if role in printed]


class _Maker:
    """Opens accounts one after another."""

    def __init__(self, password: str, by: Actor, now: datetime) -> None:
        self._password, self._by, self._now, self.made = password, by, now, 0
        self._phones: dict[int, str] = {}
        self._units, self._stations = Unit.objects.in_bulk(), Station.objects.select_related("unit").in_bulk()

    def staff(self, role: str, unit: int | None, station: int | None, *, printed: bool = False) -> AccountActor:
        """Somebody with this post."""
        account = self._account(printed=printed)
        appoint(
            account_id=account.pk,
            role=role,
            unit=self._units[unit] if unit is not None else None,
            station=self._stations[station] if station is not None else None,
            starts_on=SINCE,
            by=self._by,
            now=self._now,
        )
        held = posts_of(account.pk, self._now.date())
        return AccountActor(account_id=account.pk, name=str(account), in_use=held[0], posts=held)

    def resident(self) -> int:
        """An account without a post; its id."""
        return int(self._account(printed=False).pk)

    def shown(self, actor: AccountActor) -> Shown:
        """With the telephone to sign in by."""
        return Shown(self._phones[actor.account_id], actor.post, actor)

    def _account(self, *, printed: bool) -> Account:
        self.made += 1
        phone, name = f"1999{self.made:07d}", person(self.made)
        password = self._password if printed else None
        account = open_account(
            shown_name=name, name=name, phone=phone, password=password, must_change_password=False, by=self._by, now=self._now
        )
        self._phones[account.pk] = phone
        return account
