"""Who at a station or precinct office is told (通知对象): appointments in force, held in memory."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from shequtong.access import roles
from shequtong.access.functions import in_place
from shequtong.access.models import Appointment
from shequtong.access.posts import REVISION
from shequtong.cases import permissions
from shequtong.cases.events import CaseEvent
from shequtong.core.held import Held
from shequtong.figures.write import day_of

STATION_ROLES = frozenset({"station_head", "station_handler"})
OFFICE_ROLES = frozenset({"precinct_head", "dispatcher"})
# Escalation: level 1 is the precinct office, 2 the subdistrict, 3 the district.
LEVEL_ROLES = {1: OFFICE_ROLES, 2: frozenset({"subdistrict_supervisor"}), 3: frozenset({"district_viewer"})}
# Whom a case waits for, by the right that takes it on: the first group that has somebody over the place, so that nobody else is told.
_ACCEPTORS = (frozenset({"acceptor"}), frozenset({"precinct_head"}))
_NEAREST = tuple(frozenset({role}) for role in ("grid_worker", "community_worker", "inspector", "precinct_head"))
WAITS_FOR: dict[str, tuple[frozenset[str], ...]] = {
    permissions.SCREEN: _ACCEPTORS,
    permissions.REGISTER: _ACCEPTORS,
    permissions.REVIEW: _ACCEPTORS,
    permissions.CLOSE: _ACCEPTORS,
    permissions.CONFIRM: _NEAREST,
    permissions.VERIFY: _NEAREST,
    permissions.DISPATCH: (OFFICE_ROLES,),
    permissions.DECIDE: (frozenset({"precinct_head"}),),
}
_TOLD = STATION_ROLES.union(*LEVEL_ROLES.values(), *(group for groups in WAITS_FOR.values() for group in groups))


@dataclass(frozen=True)
class Post:
    """An appointment as told: whose, from when to when, over which territory."""

    account_id: int
    path: str
    starts_on: date
    ends_on: date | None
    role: str = ""

    def in_force(self, day: date) -> bool:
        """Begun and not ended."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Posts:
    """Posts by station, and those over a territory by role."""

    by_station: dict[int, tuple[Post, ...]]
    by_role: dict[str, tuple[Post, ...]]

    def over(self, some: frozenset[str], place_path: str, day: date) -> list[int]:
        """Account ids of those who hold one of these roles over a place on a day."""
        held = (post for role in some for post in self.by_role.get(role, ()))
        return sorted({post.account_id for post in held if place_path.startswith(post.path) and post.in_force(day)})


def _load() -> Posts:
    by_station: dict[int, list[Post]] = defaultdict(list)
    by_role: dict[str, list[Post]] = defaultdict(list)
    for row in Appointment.objects.filter(role__in=_TOLD, ended_at__isnull=True).select_related("unit").order_by("id"):
        post = Post(row.account_id, row.unit.path if row.unit else "", row.starts_on, row.ends_on, row.role)
        if row.role in STATION_ROLES and row.station_id is not None:
            by_station[row.station_id].append(post)
        elif post.path:
            by_role[row.role].append(post)
    return Posts(
        {station: tuple(posts) for station, posts in by_station.items()}, {role: tuple(posts) for role, posts in by_role.items()}
    )


_POSTS = Held(REVISION, _load)


def of_station(station_id: int, day: date) -> list[int]:
    """Account ids of a station's people on `day`."""
    return sorted({post.account_id for post in _POSTS().by_station.get(station_id, ()) if post.in_force(day)})


def heads_of_station(station_id: int, day: date) -> list[int]:
    """Account ids of who heads a station on `day`, else of all its people."""
    posts = [post for post in _POSTS().by_station.get(station_id, ()) if post.in_force(day) and post.role == "station_head"]
    return sorted({post.account_id for post in posts}) or of_station(station_id, day)


def day_of_event(event: CaseEvent) -> date:
    """The day of an event where it happened."""
    return day_of(event.subdistrict_id, event.at)


def of_office(place_path: str, day: date) -> list[int]:
    """Account ids of the heads and dispatchers of the precinct that `place_path` lies in."""
    return _POSTS().over(OFFICE_ROLES, place_path, day)


def reached_or_office(event: CaseEvent) -> list[int]:
    """Whom an urging names, who can make the next move; the office for what else befalls a case there."""
    named = [int(account) for account, *_who in event.details.get("reached", [])]
    return named or of_office(event.place_path, day_of_event(event))


def of_waiting(permission: str, subdistrict: int, place_path: str, day: date) -> list[int]:
    """Account ids of those the next step waits for: not all who may take it, but the group nearest to the case that has somebody.

    Who may take it is as the subdistrict published its roles; where nobody is left, the office is told. No statement.
    """
    known = roles.table().roles
    for group in WAITS_FOR[permission]:
        able = frozenset(role for role in group if in_place(known[role], subdistrict).scopes_of(permission))
        if found := _POSTS().over(able, place_path, day):
            return found
    return of_office(place_path, day)


def of_registry(place_path: str, day: date) -> list[int]:
    """Account ids of who keeps the registry of a community: its workers, else the street's supervisors."""
    posts = _POSTS()
    return posts.over(frozenset({"community_worker"}), place_path, day) or posts.over(LEVEL_ROLES[2], place_path, day)


def over_place(some: frozenset[str], place_path: str, day: date) -> list[int]:
    """Account ids of those who hold one of these roles over a place; of roles that are told of anything at all."""
    return _POSTS().over(some & _TOLD, place_path, day)


def of_level(level: int, place_path: str, day: date) -> list[int]:
    """Account ids of the level a case is escalated to; where a level has nobody, those of the level below."""
    for each in range(level, 0, -1):
        if found := _POSTS().over(LEVEL_ROLES[each], place_path, day):
            return found
    return []


def is_proven(event: CaseEvent) -> bool:
    """Whether the reporter's phone is known to be theirs: told by an account, it is the account's own, proven by a code.

    (`SendForm` asks nobody for a phone who has one; an account without one is of staff, whose word for a number counts, as it does
    for one they took down at the window or on the telephone.)
    """
    return event.reporter_account_id is not None or event.taken_down


def text_key(event: type[CaseEvent], step_id: int, joined_id: int | None = None) -> str:
    """What makes a text to a reporter the same text: of this step, to who told it first, or to one who joined."""
    return ":".join(str(part) for part in (event.__name__, step_id, joined_id, "sms") if part is not None)
