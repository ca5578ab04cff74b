"""The beats of every move in the model (模拟一步): right, stage and pause, clock, step, figures, who is told."""

from collections import Counter
from datetime import datetime

from tests.simulator import clock
from tests.simulator import told as audiences
from tests.simulator.case import AT_STATION, ENDED, Act, Case, Count, NoMove, NotAllowed, Step, Told, WouldPass
from tests.simulator.clock import NEVER
from tests.simulator.people import BY_STATION, CLASSES, PEOPLE, RESIDENT, STAGE_MINUTES, Standard

RULES: dict[str, int] = {
    "accept_minutes": 240,
    "accept_minutes_urgent": 30,
    "reopen_days": 15,
    "close_days": 7,
    "ask_days": 3,
    "extend_most": 2,
    "suspend_most": 1,
    "suspend_days": 365,
    "send_backs_to_director": 2,
    "unmerge_days": 30,
}
ESCALATE_HOURS = (0, 24, 72)
CONFIRM_SKIPS = ("window", "phone", "staff", "hotline")
LEAD = "lead"  # the step is of the station that leads after it


class World:
    """Cases in one town and all that is written of them."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.figures: Counter[Count] = Counter()
        self.told: Counter[Told] = Counter()
        self.act = Act(NEVER, "")
        self.asking_only = False
        self._before: tuple[str, str | None, str, str] = ("", None, "", "")
        self._late = False

    # what the moves ask

    @property
    def now(self) -> datetime:
        """When the move is made."""
        return self.act.at

    def standard(self, case: Case) -> Standard:
        """The row of the class the case is under."""
        return case.standard(CLASSES)

    def needs_answer(self, case: Case) -> bool:
        """Somebody told it, still wants it, and the standard asks for an answer."""
        return case.told and self.standard(case).answer

    def may(self, who: str, right: str, case: Case, station: str | None = None) -> bool:
        """Whether somebody holds a right over a case; `station` stands for the lead where another station answers."""
        if right in RESIDENT and who == f"key:{case.key}":
            return True
        person = PEOPLE.get(who)
        if person is None:
            return False
        if right in RESIDENT and case.reporter is not None and case.reporter.account == who:
            return True
        if right not in person.rights:
            return False
        if who == "clock":
            return True
        if right in BY_STATION and person.station:
            return person.station == (station or case.lead)
        return case.place.startswith(person.path)

    def need(self, right: str, case: Case, station: str | None = None) -> None:
        """The right, else nothing is said."""
        if not self.may(self.act.who, right, case, station):
            raise NotAllowed(right)

    def stage(self, case: Case, *stages: str, paused: bool = False, asked: bool = False) -> None:
        """The move starts from one of these stages; while the clock stands still only some do, others (`asked`) where only an answer is missing."""
        if case.stage not in stages:
            raise NoMove(f"not from {case.stage}")
        if case.paused and not paused and not (asked and case.paused == "reporter_asked"):
            raise NoMove("paused")

    def no(self, when: object, why: str) -> None:
        """Refuse when it is so."""
        if when:
            raise NoMove(why)

    def go(self) -> None:
        """All was asked; from here on things change."""
        if self.asking_only:
            raise WouldPass

    # what they do

    def begin(self, case: Case) -> None:
        """Remember how it stood."""
        self._before = (case.stage, case.lead, case.place, case.cls)
        self._late = case.due < self.now

    def step(
        self,
        case: Case,
        *,
        to: str = "",
        clock: str = "keep",
        station: str | None = LEAD,
        told: tuple[str, ...] = (),
        tell_station: str | None = None,
        level: int = 0,
    ) -> None:
        """Move it on, run its clock, write the step, count it, tell of it. `station`: whose step it is."""
        stage_before = self._before[0]
        late = bool(self._late and to)
        if to:
            case.stage, case.since = to, self.now
            if late and stage_before in AT_STATION:
                case.handled_late = True
        self._run(case, "none" if to in ENDED else clock)
        number, due = len(case.steps) + 1, None if case.due == NEVER else case.due
        whose = case.lead if station == LEAD else station
        who = self.act.who if self.act.who in PEOPLE and PEOPLE[self.act.who].account else ""
        case.steps.append(Step(number, self.act.move, stage_before, case.stage, self.now, who, whose, due, late))
        self._count(case, late)
        if not case.history:
            self.tell(case, told, tell_station, level)

    def _run(self, case: Case, kind: str) -> None:
        if kind == "keep":
            return
        case.extensions, case.pauses, case.paused, case.resume_at, case.warned = 0, [], "", NEVER, 0
        if kind == "none" or case.history:
            case.clock_from, case.amber, case.due = None, NEVER, NEVER
            return
        case.clock_from = self.now
        self.repace(case)

    def repace(self, case: Case) -> None:
        """Reckon the running clock from its start, with extensions and pauses; another system's due time holds at the station."""
        if case.clock_from is None:
            return
        kind, minutes = "work_hours", STAGE_MINUTES.get(case.stage, 15)
        if case.stage in AT_STATION:
            kind, minutes = self.standard(case).kind, self.handling_minutes(case)
        case.amber, case.due = clock.limits(case.clock_from, kind, minutes * (1 + case.extensions), case.pauses)
        if case.stage in AT_STATION:
            case.amber, case.due = min(case.amber, case.cap), min(case.due, case.cap)
            case.promised = case.due

    def handling_minutes(self, case: Case) -> int:
        """The limit of its standard."""
        found = self.standard(case)
        return clock.minutes_of(found.amount, found.kind)

    def handling_limits(self, case: Case) -> tuple[datetime, datetime]:
        """Amber and due of the standard's limit from now on."""
        return clock.limits(self.now, self.standard(case).kind, self.handling_minutes(case), [])

    def pause(self, case: Case, why: str, until: datetime) -> None:
        """The clock stands still until then, or until it is ended."""
        case.paused, case.resume_at = why, until
        case.pauses.append((self.now, until))
        self.repace(case)

    def end_pause(self, case: Case) -> None:
        """It ends now, and not later than planned."""
        ends = min(self.now, case.resume_at)
        case.paused, case.resume_at = "", NEVER
        if case.pauses:
            case.pauses[-1] = (case.pauses[-1][0], ends)
        self.repace(case)

    def end_question(self, case: Case) -> None:
        """Who goes on without the answer ends the question."""
        if case.paused == "reporter_asked":
            self.end_pause(case)

    # figures

    def may_by_post(self, who: str, right: str, case: Case) -> bool:
        """By the post, not as who reported it."""
        person = PEOPLE.get(who)
        return person is not None and right in person.rights and case.place.startswith(person.path)

    def tell(self, case: Case, told: tuple[str, ...], station: str | None = None, level: int = 0) -> None:
        """Messages of the last step."""
        for audience in told:
            for channel, whom in audiences.RECIPIENTS[audience](case, station, level):
                if (
                    channel != "in_app" or audience in ("reporter", "first") or whom != case.steps[-1].who
                ):  # nobody is told their own deed
                    self.told[Told(case.key, case.steps[-1].number, channel, whom)] = 1

    def _count(self, case: Case, late: bool) -> None:
        stage, lead, place, cls = self._before
        day, move = self.now.astimezone(clock.SUZHOU).date(), case.steps[-1].move
        self.figures[Count(day, f"move.{move}", case.place, case.lead or lead or "", "", case.cls)] += 1
        if late:
            self.figures[Count(day, f"late.{stage}", case.place, lead or "", "", case.cls)] += 1
        if (stage, lead, place, cls) != (case.stage, case.lead, case.place, case.cls):
            if stage:
                self.figures[Count(day, "in_stage", place, lead or "", stage, cls)] -= 1
            self.figures[Count(day, "in_stage", case.place, case.lead or "", case.stage, case.cls)] += 1
        told = case.times["reported"].astimezone(clock.SUZHOU)
        month = told.date().replace(day=1)  # of when it was told, wherever it is thought to lie now
        quarter, year = month.replace(month=1 + 3 * ((month.month - 1) // 3)), month.replace(month=1)
        for first, name, by_class in ((month, "told", True), (quarter, "told_quarter", False), (year, "told_year", False)):
            hour = f"{name}.{told.hour}"
            if stage:
                self.figures[Count(first, hour, place, "", "", cls if by_class else "")] -= 1
            self.figures[Count(first, hour, case.place, "", "", case.cls if by_class else "")] += 1
