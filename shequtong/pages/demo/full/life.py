"""One case of the full demo being played (演示案件的一生): who acts at its place, and how time passes for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.cases import timers, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Case
from shequtong.cases.places import calendar_at
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import SystemActor
from shequtong.core.clock import ClockKind, Limit, limits
from shequtong.core.places import place
from shequtong.pages.demo.full.photos import Album
from shequtong.pages.demo.full.staff import Staff
from shequtong.pages.demo.full.texts import Matter

CLOCK = SystemActor("系统（到时自动）")
_DAY_BEGINS, _DAY_ENDS = 8, 18  # hours between which work that is not urgent is done
_OFFICE, _SOON = 1.0, 0.3  # how fast people move on a matter counted in days, and in hours day and night


class Later(Exception):  # no error: the rest lies in the future
    """The next move would be made after now."""


@dataclass
class Life:
    """A case with its matter, the staff, the moment it has reached and the end of all (now). `dice` belong to it alone."""

    case: Case
    matter: Matter
    staff: Staff
    album: Album
    now: datetime
    end: datetime
    dice: Random
    others: list[Case] = field(default_factory=list)  # cases that were opened beside it

    @property
    def reporter(self) -> AnonymousActor:
        """Who told it, with the key in hand."""
        return AnonymousActor(held=frozenset([self.case.pk]))

    @property
    def urgent(self) -> bool:
        """Its limit counts day and night."""
        return catalogue().standards[self.case.standard_id].limit.kind == ClockKind.URGENT_HOURS

    def who(self, *roles: str) -> AccountActor:
        """Somebody of the first role that is held over the place of the case."""
        for role in roles:
            try:
                return self.staff.at(role, self.case.place_path, self.case.serial)
            except LookupError:
                continue
        raise LookupError(f"nobody is any of {roles} over {self.case.place_path}")

    @property
    def lead(self) -> AccountActor:
        """The head of the station that leads."""
        assert self.case.lead_station_id is not None  # the story dispatched it
        return self.staff.heads[self.case.lead_station_id]

    def wait(self, minutes: float) -> None:
        """Let so many office minutes pass, fewer of the day for what is urgent; time does meanwhile what waits for it. Raises Later."""
        minutes *= self.dice.uniform(0.6, 1.4)
        if self.urgent:
            self.to(self.now + timedelta(minutes=minutes * _SOON))
        else:
            office = limits(
                Limit.of_minutes(round(minutes * _OFFICE), ClockKind.WORK_HOURS), calendar_at(self.case.place_path), self.now
            )
            self.to(office.due_at)

    def until_due(self, low: float, high: float) -> None:
        """Go on until a share of the running limit is used; over 1 is late. Raises Later."""
        if self.case.due_at == NEVER:
            return
        share, left = self.dice.uniform(low, high), self.case.due_at - self.now
        then = self.now + max(left, timedelta(minutes=30)) * share
        self.to(then if self.urgent else self._by_day(then, late=share > 1))

    def _by_day(self, then: datetime, *, late: bool) -> datetime:
        """In daylight: what is in time not later, what is late not earlier."""
        local = then.astimezone(place(self.case.subdistrict_id).zone)
        if _DAY_BEGINS <= local.hour < _DAY_ENDS:
            return then
        evening = local.replace(hour=_DAY_ENDS - 1, minute=30)
        if local.hour < _DAY_BEGINS:
            evening -= timedelta(days=1)
        found = evening + timedelta(hours=15) if late else evening
        return max(found, self.now + timedelta(minutes=5))

    def to(self, then: datetime) -> None:
        """Go on to a moment; what waits for an earlier one happens by itself. Raises Later."""
        self._wake(min(then, self.end))
        if then > self.end:
            raise Later
        self.now = then

    def finish(self) -> None:
        """What time does until now."""
        self._wake(self.end)

    def _wake(self, until: datetime) -> None:
        rules = flow_of(self.case.subdistrict_id)
        while self.case.stage in OPEN_STAGES:
            found = timers.pending(self.case, rules)
            if not found or found[0].at > until:
                return
            usecases.wake_case(case=self.case, by=CLOCK, now=found[0].at)


Move = Callable[[Life], None]
