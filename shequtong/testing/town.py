"""The town of the tests: one street with a precinct, a community and two grids, the next street, and a fixed cast.

Chen heads the precinct office. Gao holds the same post in the next street and must always be refused. Others by post: Lin dispatches,
Shen takes in, Sun inspects, Hu is a community worker, He walks the grid, Wang leads the police station, Zhou handles for urban
management, Ma for the market regulators, Xu is a clerk who sees headers only, Bai left last year, Qian is a resident, Fang another.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from shequtong.access.actor import AccountActor
from shequtong.access.posts import posts_of
from shequtong.access.testing import make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account
from shequtong.cases.examples import EXAMPLES, STAGE_LIMITS
from shequtong.cases.usecases import publish_standard, set_stage_limit
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.core.geo import tile_of
from shequtong.core.models import Subdistrict
from shequtong.organizations.models import Agency, PrecinctOffice, Seat, Station
from shequtong.territory.models import Building, CalendarYear, OfficeHours, Unit, UnitVersion, WorkCalendar

DISTRICT, STREET, NEXT_STREET = 1, 2, 3
LONG_AGO = date(2020, 1, 1)
NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)  # a Monday, 12:00 in Suzhou
MORNING = datetime(2026, 4, 13, 1, tzinfo=UTC)  # 09:00, office hours
AGENCIES = (
    ("police", "公安"),
    ("urban_management", "城管"),
    ("housing", "住建"),
    ("property", "物业服务"),
    ("traffic_police", "交警"),
    ("labour", "人社"),
    ("social_affairs", "社会事务"),
    ("market_regulation", "市场监管"),
    ("ecology", "生态环境"),
    ("health", "卫生健康"),
)
LON, LAT, STEP = 120.557, 31.297, 0.004
TOWN_HALL = SystemActor("Town hall")


@dataclass
class Town:
    """Places, stations and people by name. `actors` caches them as actors in their post."""

    district: Unit
    street: Unit
    precinct: Unit
    community: Unit
    grid: Unit
    other_grid: Unit
    next_street: Unit
    next_grid: Unit
    stations: dict[str, Station]
    next_police: Station
    building: Building
    next_building: Building
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def police(self) -> Station:
        return self.stations["police"]

    @property
    def urban(self) -> Station:
        return self.stations["urban_management"]

    def actor(self, name: str) -> AccountActor:
        """A member of the cast, acting in their post on a day their appointment counts."""
        account = self.accounts[name]
        posts = posts_of(account.pk, datetime.now(UTC).date())
        return AccountActor(account_id=account.pk, name=str(account), in_use=posts[0] if posts else None, posts=posts)

    def __getattr__(self, name: str) -> AccountActor:
        accounts = self.__dict__.get("accounts", {})
        if name in accounts:
            return self.actor(name)
        raise AttributeError(name)


def build_town() -> Town:
    """All of it, in a few dozen statements."""
    for number, kind, letters, name in (
        (DISTRICT, "district", "HQ", "虎丘区"),
        (STREET, "subdistrict", "SS", "狮山街道"),
        (NEXT_STREET, "subdistrict", "FQ", "枫桥街道"),
    ):
        Subdistrict.objects.create(id=number, kind=kind, letters=letters, name=name)
    calendar = _calendar()
    district = _unit(Unit.Kind.DISTRICT, "320505", "虎丘区", "320505/", None, DISTRICT, calendar)
    street = _unit(Unit.Kind.SUBDISTRICT, "320505002", "狮山街道", "320505/002/", district, STREET, box=(0, 0, 8, 4))
    precinct = _unit(Unit.Kind.PRECINCT, "320505002P1", "馨泰片区", "320505/002/P1/", street, STREET)
    community = _unit(Unit.Kind.COMMUNITY, "320505002015", "馨泰社区", "320505/002/P1/015/", precinct, STREET, box=(0, 0, 2, 1))
    grid = _unit(Unit.Kind.GRID, "320505002015001", "第一网格", "320505/002/P1/015/001/", community, STREET, box=(0, 0, 1, 1))
    other = _unit(Unit.Kind.GRID, "320505002015002", "第二网格", "320505/002/P1/015/002/", community, STREET, box=(1, 0, 2, 1))
    next_street = _unit(Unit.Kind.SUBDISTRICT, "320505004", "枫桥街道", "320505/004/", district, NEXT_STREET, box=(0, 5, 8, 9))
    next_precinct = _unit(Unit.Kind.PRECINCT, "320505004P1", "康佳片区", "320505/004/P1/", next_street, NEXT_STREET)
    next_community = _unit(
        Unit.Kind.COMMUNITY, "320505004001", "康佳社区", "320505/004/P1/001/", next_precinct, NEXT_STREET, box=(0, 5, 1, 6)
    )
    next_grid = _unit(
        Unit.Kind.GRID, "320505004001001", "第一网格", "320505/004/P1/001/001/", next_community, NEXT_STREET, box=(0, 5, 1, 6)
    )
    agencies = {code: Agency.objects.create(code=code, name=name, name_en=code) for code, name in AGENCIES}
    stations = {
        code: Station.objects.create(
            subdistrict_id=STREET,
            agency=agency,
            unit=precinct if code == "police" else street,
            code=f"SS-{code}",
            name=f"狮山{agency.name}",
        )
        for code, agency in agencies.items()
    }
    next_police = Station.objects.create(
        subdistrict_id=NEXT_STREET, agency=agencies["police"], unit=next_street, code="FQ-police", name="枫桥公安"
    )
    office = PrecinctOffice.objects.create(unit=precinct, name="馨泰片区综治网格化管理办公室", lead=stations["police"])
    for code in ("police", "urban_management"):
        Seat.objects.create(office=office, station=stations[code])
    held.drop_all()
    town = Town(
        district,
        street,
        precinct,
        community,
        grid,
        other,
        next_street,
        next_grid,
        stations,
        next_police,
        _building(STREET, grid, "枫桥路", "12号", "3幢", 3, 0.5, 0.5),
        _building(NEXT_STREET, next_grid, "康佳路", "8号", "1幢", 1, 0.5, 5.5),
    )
    for example in EXAMPLES:
        publish_standard(new=example, by=TOWN_HALL, now=NOON)
    for stage, minutes, kind in STAGE_LIMITS:
        set_stage_limit(stage=stage, minutes=minutes, kind=kind, by=TOWN_HALL, now=NOON)
    _cast(town, next_precinct)
    held.drop_all()
    return town


def _cast(town: Town, next_precinct: Unit) -> None:
    posts: tuple[tuple[str, str, str, Unit | None, Station | None], ...] = (
        ("chen", "陈立", "precinct_head", town.precinct, None),
        ("gao", "高远", "precinct_head", next_precinct, None),
        ("lin", "林洁", "dispatcher", town.precinct, None),
        ("shen", "沈明", "acceptor", town.precinct, None),
        ("sun", "孙蕾", "inspector", town.precinct, None),
        ("hu", "胡敏", "community_worker", town.community, None),
        ("he", "何军", "grid_worker", town.grid, None),
        ("wang", "王强", "station_head", town.precinct, town.police),
        ("zhou", "周涛", "station_head", town.street, town.urban),
        ("ma", "马超", "station_handler", town.street, town.stations["market_regulation"]),
        ("supervisor", "丁岚", "subdistrict_supervisor", town.street, None),
        ("xu", "徐静", "clerk", town.community, None),
    )
    for name, shown, role, unit, station in posts:
        town.accounts[name] = make_account(shown, staff=True)
        make_appointment(town.accounts[name], role, unit, station)
    town.accounts["bai"] = make_account("白雪", staff=True)
    make_appointment(town.accounts["bai"], "precinct_head", town.precinct, ends_on=date(2025, 12, 31))
    for name, shown in (("qian", "钱*"), ("fang", "方*")):
        town.accounts[name] = make_account(shown)


def _calendar() -> WorkCalendar:
    calendar = WorkCalendar.objects.create(name="苏州市工作日历", name_en="Suzhou")
    for opens, closes in ((time(8), time(12)), (time(14), time(18))):
        OfficeHours.objects.create(calendar=calendar, opens=opens, closes=closes)
    CalendarYear.objects.create(calendar=calendar, year=2026, source="test")
    return calendar


def _unit(
    kind: str,
    code: str,
    name: str,
    path: str,
    parent: Unit | None,
    place: int,
    calendar: WorkCalendar | None = None,
    box: tuple[float, float, float, float] | None = None,
) -> Unit:
    unit = Unit.objects.create(
        kind=kind, code=code, name=name, name_en=code, path=path, parent=parent, subdistrict_id=place, calendar=calendar
    )
    UnitVersion.objects.create(
        unit=unit, valid_from=LONG_AGO, name=name, parent=parent, boundary=_polygon(box) if box else None, recorded_at=NOON
    )
    return unit


def _polygon(box: tuple[float, float, float, float]) -> dict[str, object]:
    """A GeoJSON rectangle; the numbers count steps of about 400 m east and north of the town's south-west corner."""
    west, south, east, north = (LON + STEP * box[0], LAT + STEP * box[1], LON + STEP * box[2], LAT + STEP * box[3])
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def point(east: float, north: float) -> tuple[float, float]:
    """A lon/lat so many steps from the town's corner; (0.5, 0.5) is the middle of the first grid."""
    return LON + STEP * east, LAT + STEP * north


def _building(place: int, grid: Unit, street: str, house_no: str, name: str, number: int, east: float, north: float) -> Building:
    lon, lat = point(east, north)
    return Building.objects.create(
        subdistrict_id=place,
        grid=grid,
        grid_path=grid.path,
        name=name,
        number=number,
        street=street,
        house_no=house_no,
        address=f"{street}{house_no}{name}",
        floors=6,
        lon=lon,
        lat=lat,
        tile=tile_of(lon, lat),
    )
