"""One case of the model (模拟案件): what the page of rules says is kept of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.simulator.clock import NEVER, Span
from tests.simulator.people import Standard

EARLY = ("held", "confirmation", "intake")
AT_STATION = ("dispatched", "handling")
OPEN = (*EARLY, "registered", "decision", *AT_STATION, "verification", "closing")
MERGEABLE = (*EARLY, "registered", "decision")
ENDED = ("closed", "voided", "not_accepted", "withdrawn", "merged")


class NoMove(Exception):  # as the program's words: a refusal is no error
    """The rules say no."""


class NotAllowed(NoMove):
    """The right is missing: nothing is said, not even that there is a case."""


class WouldPass(NoMove):
    """Raised instead of the move when it is only asked for."""


@dataclass(frozen=True)
class Act:
    """Something somebody does at a moment, as plain values that can be played again."""

    at: datetime
    move: str
    who: str = ""
    case: int = 0
    args: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in self.args.items())
        return f"{self.at:%Y-%m-%d %H:%M:%S}Z {self.move}({said}) of case {self.case} by {self.who}"


@dataclass
class Reporter:
    """Somebody who told of a case or met it too. `source` is the merged case they came from."""

    account: str = ""
    phone: str = ""
    source: int | None = None

    def is_same(self, account: str, phone: str) -> bool:
        """One person, by sign-in or by number."""
        return bool((account and account == self.account) or (phone and phone == self.phone))


@dataclass
class SubTask:
    """A part that an assisting station was asked for."""

    station: str
    amber: datetime
    due: datetime
    state: str = "asked"
    is_open: bool = True


@dataclass
class Asked:
    """The open request of the station for time."""

    kind: str
    by: str
    until: datetime | None = None


@dataclass(frozen=True)
class Step:
    """One line of the story."""

    number: int
    move: str
    before: str
    after: str
    at: datetime
    who: str
    station: str | None
    due: datetime | None
    late: bool


@dataclass
class Case:
    """All of one case. Times that are not there are None, moments that wait are NEVER."""

    key: int
    cls: str
    place: str
    channel: str
    reporter: Reporter | None
    history: bool = False
    cap: datetime = NEVER
    row: int = 1
    spot: str = ""  # the place by name
    stage: str = ""
    since: datetime = NEVER
    lead: str | None = None
    assignee: str | None = None
    offered: str | None = None
    decided: bool = False
    asked: Asked | None = None
    draft_by: str | None = None
    clock_from: datetime | None = None
    extensions: int = 0
    pauses: list[Span] = field(default_factory=list)  # of the running clock; the last one may last
    paused: str = ""
    resume_at: datetime = NEVER
    accept_by: datetime = NEVER
    close_by: datetime = NEVER
    warned: int = 0
    amber: datetime = NEVER
    due: datetime = NEVER
    promised: datetime = NEVER
    sub_tasks: list[SubTask] = field(default_factory=list)
    joined: list[Reporter] = field(default_factory=list)
    times: dict[str, datetime] = field(default_factory=dict)  # milestones by name
    counts: dict[str, int] = field(default_factory=dict)
    self_handled: bool = False
    handled_by: str | None = None
    handled_late: bool = False
    finding: str = ""
    answered: bool = False  # since it was handled
    evaluated: bool = False  # since it was closed
    open_urges: int = 0
    urgers: set[str] = field(default_factory=set)  # people whose urging waits for a reply
    appeal: str = ""
    judge: str = ""
    merged_into: int | None = None
    merged_from: str = ""  # the stage it had
    merged_at: datetime = NEVER
    steps: list[Step] = field(default_factory=list)

    def standard(self, classes: dict[str, tuple[Standard, ...]]) -> Standard:
        """The row it is under."""
        return classes[self.cls][self.row - 1]

    @property
    def withdrawn(self) -> bool:
        """The reporter wants no more of it."""
        return "withdrawn" in self.times

    @property
    def told(self) -> bool:
        """There is somebody to ask and to answer."""
        return self.reporter is not None and not self.withdrawn

    @property
    def helping(self) -> list[SubTask]:
        """Sub-tasks that wait for an answer."""
        return [task for task in self.sub_tasks if task.is_open]

    def count(self, name: str) -> None:
        """One more of it."""
        self.counts[name] = self.counts.get(name, 0) + 1


@dataclass(frozen=True)
class Told:
    """A message that somebody gets for a step."""

    case: int
    step: int
    channel: str  # sms or in_app
    whom: str  # a phone, or a person


@dataclass(frozen=True)
class Count:
    """What is counted: a day, a measure, and about what."""

    day: date
    measure: str
    place: str
    station: str
    stage: str
    cls: str
