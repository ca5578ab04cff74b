"""The board of a post (综合看板): which ground it shows, and its numbers; each number with the address of the list it is the number of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.cases import permissions
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.lookups.board import CLOSED, RECEIVED, Ground, moves_by_day, open_by_light, open_by_stage
from shequtong.cases.lookups.hot import issues_on
from shequtong.cases.lookups.lights import LIGHTS
from shequtong.cases.models import Case, HotIssue
from shequtong.cases.places import calendar_at
from shequtong.core.actors import Facts, Grant
from shequtong.core.clock import CalendarExhaustedError, ClockKind, Limit, limits
from shequtong.core.places import place
from shequtong.territory import units
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef

DAYS = 7  # of the trend, today the last
LATE = 10  # of the list
HOT = 5  # issues
_HOUR = timedelta(hours=1)
ROWS = 10  # communities that a wall can be read with; of more, those with most overdue

Acting = AccountActor | AnonymousActor


@dataclass(frozen=True)
class Board:
    """What one post may be shown: the unit, of the post or under it, and the rights it is shown by."""

    own: UnitRef  # of the post
    unit: UnitRef
    ground: Ground
    permission: str
    grants: tuple[Grant, ...]

    @property
    def query(self) -> dict[str, str]:
        """What an address says to mean this unit and not all of the post's."""
        return {} if self.unit == self.own else {"under": self.unit.code}

    def url(self, name: str, **told: str) -> str:
        """An address of the board of this unit."""
        return _addressed(name, {**told, **self.query})

    def queue_url(self, unit: UnitRef | None = None, **filters: str) -> str:
        """The queue of this unit, or of one under it, by these filters."""
        inside = {} if unit is None or unit == self.unit else {"under": unit.code}
        return _addressed("cases:desk-queue", {**filters, **self.query, **inside})

    def day_url(self, what: str, day: date) -> str:
        """The list of what was received or closed on a day."""
        return self.url("pages:board-day", what=what, day=day.isoformat())


def _addressed(name: str, told: dict[str, str]) -> str:
    return f"{reverse(name)}{f'?{urlencode(told)}' if told else ''}"


def board_of(actor: Acting, code: str = "") -> Board | None:
    """The board of the post in use, or of the unit with this code under it; None where there is none, or none that it may see.

    A post has one when it sees cases by territory, full or as headers; a station's people work through their queue. No statement.
    """
    for permission in (permissions.VIEW, permissions.VIEW_HEADER):
        reach = actor.reach(permission).of_post
        if not reach.grants:
            continue
        if any(grant.station is not None for grant in reach.grants):
            return None
        own = units.at_path(min((grant.path for grant in reach.grants), key=len))
        unit = units.with_code(code) if code else own
        if own is None or unit is None or not reach.covers(Facts(unit.subdistrict, unit.path)):
            return None
        numbers = {unit.subdistrict, *(one.subdistrict for one in units.under(unit.path, Unit.Kind.SUBDISTRICT))}
        ground = Ground(unit.path, tuple(sorted(numbers & set(reach.subdistricts))))
        return Board(own, unit, ground, permission, reach.grants)
    return None


@dataclass
class Row:
    """Open cases of one community, of a street for a district, or together; `unit` None is what lies in none of them."""

    unit: UnitRef | None
    stages: Counter[str] = field(default_factory=Counter)
    lights: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        """All of them."""
        return self.stages.total()

    def add(self, other: "Row") -> None:
        """Count another's cases, too."""
        self.stages += other.stages
        self.lights += other.lights


@dataclass(frozen=True)
class Numbers:
    """All that a board shows but the map."""

    at: datetime
    together: Row
    rows: list[Row]
    late: list[Case]
    hot: list[HotIssue]
    days: list[date]
    moved: Mapping[tuple[str, date], int]
    shut_until: datetime | None  # while the office is shut: when its next hour of work is over


def numbers(board: Board, actor: Acting, now: datetime) -> Numbers:
    """Counted at `now`. Five statements, however many cases there are."""
    hour = an_office_hour_on(board.unit.path, now)
    stages, lights = open_by_stage(board.ground), open_by_light(board.ground, now, hour)
    rows = _by_row(board.unit, stages, lights)
    together = Row(board.unit)
    for row in rows:
        together.add(row)
    late = Filters(light="red", under=board.unit.path)
    today = now.astimezone(place(board.unit.subdistrict).zone).date()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return Numbers(
        at=now,
        together=together,
        rows=rows,
        late=queue(actor, late, now, board.permission, page=LATE).rows,
        hot=issues_on(board.ground, HOT),
        days=days,
        moved=moves_by_day(board.ground, days[0], today),
        shut_until=hour if hour - now > _HOUR else None,
    )


def an_office_hour_on(path: str, now: datetime) -> datetime:
    """When an hour of work will have passed at this place: at night the first hour of the next morning. No statement when warm."""
    try:
        return limits(Limit(1, ClockKind.WORK_HOURS), calendar_at(path), now).due_at
    except CalendarExhaustedError:  # no office hours at all
        return now + _HOUR


def _by_row(unit: UnitRef, stages: Mapping[str, Mapping[str, int]], lights: Mapping[str, Mapping[str, int]]) -> list[Row]:
    """In the order of the tree, so that a community stands where it always stands."""
    kind = Unit.Kind.SUBDISTRICT if unit.kind == Unit.Kind.DISTRICT else Unit.Kind.COMMUNITY
    found: dict[UnitRef | None, Row] = {one: Row(one) for one in units.under(unit.path, kind) or [unit]}
    for path in {*stages, *lights}:
        one = unit if unit in found else units.above(path, kind)
        row = found.setdefault(one, Row(one))
        row.stages.update(stages.get(path, {}))
        row.lights.update(lights.get(path, {}))
    return list(found.values())


def worst(rows: Iterable[Row], most: int) -> list[Row]:
    """Those with most overdue, then due soon, then open."""
    return sorted(rows, key=lambda row: (*(-row.lights[light] for light in LIGHTS[:2]), -row.open))[:most]


def totals(moved: Mapping[tuple[str, date], int], day: date) -> tuple[int, int]:
    """Received and closed on a day."""
    found: dict[tuple[str, date], int] = defaultdict(int, moved)
    return found[RECEIVED, day], found[CLOSED, day]
