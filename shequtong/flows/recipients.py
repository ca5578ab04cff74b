"""Who at a station or precinct office is told (通知对象): appointments in force, held in memory."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from shequtong.access.models import Appointment
from shequtong.access.posts import REVISION
from shequtong.cases.events import CaseEvent
from shequtong.cases.models import Case
from shequtong.core.held import Held

STATION_ROLES = frozenset({"station_head", "station_handler"})
OFFICE_ROLES = frozenset({"precinct_head", "dispatcher"})


@dataclass(frozen=True)
class Post:
    """An appointment as told: whose, from when to when, over which territory."""

    account_id: int
    path: str
    starts_on: date
    ends_on: date | None

    def in_force(self, day: date) -> bool:
        """Begun and not ended."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Posts:
    """Posts by station, and those of precinct offices."""

    by_station: dict[int, tuple[Post, ...]]
    offices: tuple[Post, ...]


def _load() -> Posts:
    by_station: dict[int, list[Post]] = defaultdict(list)
    offices = []
    for row in (
        Appointment.objects.filter(role__in=STATION_ROLES | OFFICE_ROLES, ended_at__isnull=True)
        .select_related("unit")
        .order_by("id")
    ):
        post = Post(row.account_id, row.unit.path if row.unit else "", row.starts_on, row.ends_on)
        if row.role in STATION_ROLES and row.station_id is not None:
            by_station[row.station_id].append(post)
        elif row.role in OFFICE_ROLES and post.path:
            offices.append(post)
    return Posts({station: tuple(posts) for station, posts in by_station.items()}, tuple(offices))


_POSTS = Held(REVISION, _load)


def of_station(station_id: int, day: date) -> list[int]:
    """Account ids of a station's people on `day`."""
    return sorted({post.account_id for post in _POSTS().by_station.get(station_id, ()) if post.in_force(day)})


def of_office(place_path: str, day: date) -> list[int]:
    """Account ids of the heads and dispatchers of the precinct that `place_path` lies in."""
    return sorted({post.account_id for post in _POSTS().offices if place_path.startswith(post.path) and post.in_force(day)})


def is_proven(event: CaseEvent) -> bool:
    """Whether the reporter's phone is known to be theirs without a look: told by an account, it is the account's own, proven by a code.

    (`SendForm` asks nobody for a phone who has one; an account without one is of staff, whose word for a number counts.)
    """
    return event.reporter_account_id is not None


def was_taken_down(event: CaseEvent) -> bool:
    """Whether staff wrote the reporter's phone down, at the window or on the telephone. One statement."""
    return not Case.objects.filter(pk=event.case_id, channel=Case.Channel.RESIDENT).exists()
