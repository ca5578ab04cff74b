"""The demo's people (演示人员): staff of every role and a few residents. Names and phones are made up; no real person is meant.

All by use-cases; a second run finds what is there. The numbers begin with 199 0000, which no operator has given out.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from shequtong.access.actor import AccountActor
from shequtong.access.models import Appointment
from shequtong.access.posts import posts_of
from shequtong.access.usecases import appoint
from shequtong.access.usecases.make_administrator import ADMINISTRATORS, make_administrator
from shequtong.accounts.holder import holder_of
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.change_password import change_password
from shequtong.accounts.usecases.open_account import open_account
from shequtong.core.actors import Actor, SystemActor
from shequtong.organizations.models import Station
from shequtong.organizations.stations import with_code
from shequtong.pages.demo.place import DemoPlace
from shequtong.territory.models import Unit

PASSWORD = "shishan-2026-demo"  # noqa: S105  # the demo's alone: it is printed, and the demo is never the default
ADMIN_PASSWORD = "lanterns-over-huqiu"  # noqa: S105  # theirs go through the change of a password, which refuses the one above
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Person:
    """One of the cast: `unit` and `station` are keys that `_unit` and `_station` understand."""

    key: str
    name: str
    phone: str
    role: str = ""
    unit: str = ""
    station: str = ""
    also: tuple[str, str] = ("", "")  # role and unit of a second post


CAST: tuple[Person, ...] = (
    Person("district", "陆文斌", "19900000001", "district_viewer", "district"),
    Person("supervisor", "丁岚", "19900000002", "subdistrict_supervisor", "street"),
    Person("head", "陈立", "19900000003", "precinct_head", "precinct"),
    Person("acceptor", "沈明", "19900000004", "acceptor", "precinct"),
    Person("dispatcher", "林洁", "19900000005", "dispatcher", "precinct"),
    Person("inspector", "孙蕾", "19900000006", "inspector", "precinct"),
    Person("community", "胡敏", "19900000007", "community_worker", "community", "", ("grid_worker", "grid2")),
    Person("grid", "何军", "19900000008", "grid_worker", "grid"),
    Person("clerk", "徐静", "19900000009", "clerk", "community"),
    Person("police", "王强", "19900000011", "station_head", "", "police"),
    Person("police2", "吴迪", "19900000012", "station_handler", "", "police"),
    Person("urban", "周涛", "19900000013", "station_head", "", "urban_management"),
    Person("urban2", "郑浩", "19900000014", "station_handler", "", "urban_management"),
    Person("housing", "蒋丽", "19900000015", "station_head", "", "housing"),
    Person("property", "韩磊", "19900000016", "station_head", "", "property"),
    Person("traffic", "朱峰", "19900000017", "station_head", "", "traffic_police"),
    Person("labour", "秦月", "19900000018", "station_head", "", "labour"),
    Person("social", "许兰", "19900000019", "station_head", "", "social_affairs"),
    Person("market", "马超", "19900000020", "station_head", "", "market_regulation"),
    Person("ecology", "范宁", "19900000021", "station_head", "", "ecology"),
    Person("health", "方敏", "19900000022", "station_head", "", "health"),
    Person("neighbour", "高远", "19900000031", "precinct_head", "next_precinct"),
    Person("resident", "钱小芳", "19900000041"),
    Person("resident2", "赵国平", "19900000042"),
)


def build_people(place: DemoPlace, by: Actor, now: datetime) -> dict[str, Account]:
    """Accounts and appointments of the cast, by key."""
    return {person.key: _person(person, place, by, now) for person in CAST}


def build_administrators(by: SystemActor, now: datetime) -> None:
    """The three administrators with their demo password; what their apps show stands at /dev/outbox/. Those there are stay as they are."""
    for username in ADMINISTRATORS:
        if Account.objects.filter(username=username).exists():
            continue
        made = make_administrator(username=username, by=by, now=now)
        holder = holder_of(Account.objects.get(username=username))
        change_password(current=made.password, new=ADMIN_PASSWORD, just_proven=False, keep="", by=holder, now=now)


def actors(people: dict[str, Account]) -> dict[str, AccountActor]:
    """The cast in their posts of today."""
    today = datetime.now(UTC).date()
    found = {}
    for key, account in people.items():
        posts = posts_of(account.pk, today)
        found[key] = AccountActor(account_id=account.pk, name=str(account), in_use=posts[0] if posts else None, posts=posts)
    return found


def _person(person: Person, place: DemoPlace, by: Actor, now: datetime) -> Account:
    account = Account.objects.with_phone(person.phone)
    if account is None:
        account = open_account(
            shown_name=person.name if person.role else f"{person.name[0]}*",
            name=person.name,
            phone=person.phone,
            password=PASSWORD,
            must_change_password=False,
            by=by,
            now=now,
        )
    for role, unit in ((person.role, person.unit), person.also):
        if not role or Appointment.objects.filter(account_id=account.pk, role=role).exists():
            continue
        appoint(
            account_id=account.pk,
            role=role,
            unit=_unit(unit, place),
            station=_station(person.station, place),
            starts_on=SINCE,
            by=by,
            now=now,
        )
    return account


def _unit(key: str, place: DemoPlace) -> Unit | None:
    if not key:
        return None
    return Unit.objects.get(path=place.grids[1] if key == "grid2" else place.paths[key])


def _station(agency: str, place: DemoPlace) -> Station | None:
    if not agency:
        return None
    found = with_code(place.stations[agency])
    if found is None:
        raise LookupError(f"the demo place has no station of {agency}")
    return Station.objects.get(pk=found.id)
