"""The beats every move shares (一步流转): load under lock, allow, decide by the table; then save, step, trace, tell.

A use-case calls `begin`, changes the case, and calls `finish`; what is special about its verb stands in its own file.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import counting, events, on_duty, sla, timers, told_hours
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Case, ClockPause, Step
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases._batches import in_hand, is_unheard
from shequtong.cases.usecases._discretion import discreet
from shequtong.cases.workflow import ENDED_STAGES, MOVES, STATION_STAGES, Clock, Move, Stage, Standing, why_closed
from shequtong.core.actors import Actor, HasFacts
from shequtong.core.clock import Due, Pause, PauseReason
from shequtong.core.events import publish
from shequtong.core.gathered import put
from shequtong.core.locality.ids import new_id
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.core.sealed import Sealed
from shequtong.figures.write import write
from shequtong.files.usecases import attach_files

LONGEST_NOTE = 2000  # characters


class CannotMove(Refusal):
    """The table of moves, or what must come with the move, says no."""


class ChangedMeanwhile(CannotMove):
    """Somebody else made a move since the page was shown; `since` is the number of the last step that page knew."""

    def __init__(self, since: int, moves: Collection[str] = ()) -> None:
        self.since = since
        if moves and set(moves) == {ADDED}:
            super().__init__(_("The reporter added something meanwhile. Please read it before you send."))
            return
        super().__init__(_("Somebody else has worked on this case meanwhile. Please look at both before you send."))


# What the page that asks had seen of the case: the number of its last step. A page sets it, jobs and imports do not.
_SEEN: ContextVar[int | None] = ContextVar("seen", default=None)


@contextmanager
def as_seen(step_count: int | None) -> Iterator[None]:
    """A move made in here is refused with ChangedMeanwhile when people have moved the case since that step."""
    token = _SEEN.set(step_count)
    try:
        yield
    finally:
        _SEEN.reset(token)


def _refuse_unseen(case: Case) -> None:
    """No statement unless something happened; what the clock did by itself is no other person's word."""
    seen = _SEEN.get()
    if seen is None or case.step_count == seen:
        return
    unseen = Step.objects.filter(case=case, number__gt=seen).exclude(account_id=None, move__in=BY_THE_CLOCK)
    if moves := set(unseen.values_list("move", flat=True)):
        raise ChangedMeanwhile(seen, moves)


def _locked(number: str) -> Case | None:
    found = in_hand()
    if found is not None and found.number == number:
        return found
    return Case.objects.numbered(number).select_related("reporter").select_for_update(of=("self",)).first()


ADDED = "add"  # the reporter's own words: nobody has worked on the case by them
BY_THE_CLOCK = ("remind", "escalate")


@dataclass
class Turn:
    """A move being made: the case under lock, and how it stood before."""

    case: Case
    move: Move
    by: Actor
    now: datetime
    stage_before: Stage
    station_before: int | None
    late: bool
    where_before: tuple[str, int] = ("", 0)  # path and class
    pauses: list[Pause] | None = None  # of the running clock, once somebody asked
    changed: set[str] = field(default_factory=set)

    def set(self, **values: Any) -> None:
        """Change columns of the case; `finish` saves just these."""
        for name, value in values.items():
            setattr(self.case, name, value)
            self.changed.add(name)


def begin(
    number: str, name: str, *, by: Actor, now: datetime, on_behalf: Callable[[Case], HasFacts] | None = None, free: bool = False
) -> Turn:
    """Lock the case, its reporter beside it (one statement), require the right, let the table decide. Raises Forbidden or CannotMove.

    The right is asked of the case, or of what `on_behalf` makes of it: a station that answers for its own part. `free` asks only
    whether the right is held at all: what anybody may do to any case.
    """
    move = MOVES[name]
    case = _locked(number)
    if case is None:
        raise Forbidden(move.permission, "Case")
    # Asked before anything is said of the case: who may not learns nothing, not even that it is there.
    if not free:
        by.require(move.permission, on_behalf(case) if on_behalf else case)
    elif not by.may(move.permission):
        raise Forbidden(move.permission, "Case")
    # 停用: what the flow of the place does without is no move here, whatever the table says.
    if name in flow_of(case.subdistrict_id).off:
        raise CannotMove(_("This step is not used in this subdistrict."))
    _refuse_unseen(case)
    because = why_closed(move, standing(case, now))
    if because:
        raise CannotMove(str(because))
    return Turn(
        case, move, by, now, Stage(case.stage), case.lead_station_id, is_late(case, now), (case.place_path, case.case_class_id)
    )


def is_late(case: Case, now: datetime) -> bool:
    """The running clock is past its limit. A pause within the limit has moved the due time on, one after it has not."""
    return case.due_at < now


def standing(case: Case, now: datetime | None = None) -> Standing:
    """What the table of moves asks of a case."""
    return Standing(
        stage=Stage(case.stage),
        assisting_open=case.assisting_open,
        answer_required=needs_answer(case),
        # A reopened case needs an answer anew.
        answered=case.answered_at is not None and (case.handled_at is None or case.answered_at >= case.handled_at),
        answer_waits=case.answer_waits,
        evaluated=case.evaluated_at is not None and case.closed_at is not None and case.evaluated_at >= case.closed_at,
        told=case.reporter_id is not None and case.withdrawn_at is None,
        withdrawn=case.withdrawn_at is not None,
        paused=case.paused,
        asking=case.asking,
        offered=case.offered_station_id is not None,
        send_backs=case.send_back_count,
        decided=case.decided,
        extensions=case.extend_count,
        suspensions=case.suspend_count,
        overdue=now is not None and is_late(case, now),
        handled_late=case.handled_late,
        appeal=case.appeal,
        self_handled=case.self_handled,
    )


def made_by_name(turn: Turn, *moves: str) -> bool:
    """Whether the last of these moves was made by an actor without account of this very name: another system. One statement."""
    made = Step.objects.filter(case=turn.case, move__in=moves).order_by("-number").values_list("account_id", "actor").first()
    return made == (None, turn.by.name)


def needs_answer(case: Case) -> bool:
    """A case somebody told us, under a standard that asks for an answer."""
    return case.reporter_id is not None and case.withdrawn_at is None and catalogue().standards[case.standard_id].answer_required


def required_note(turn: Turn, note: str) -> str:
    """The note of a move that must give one, trimmed; CannotMove when it is missing or too long."""
    trimmed = note.strip()
    if turn.move.reason and len(trimmed) < 2:
        raise CannotMove(_("Please say why; the others will read it."))
    if len(trimmed) > LONGEST_NOTE:
        raise CannotMove(_("The text is longer than %(most)d characters.") % {"most": LONGEST_NOTE})
    return trimmed


def finish(
    turn: Turn,
    *,
    note: str = "",
    photos: tuple[int, ...] = (),
    claim: str = "",
    photo_kind: str = "",
    told_station: int | None = None,
    step_station: int | None = None,
    details: dict[str, Any] | None = None,
    to: Stage | None = None,
    secret: str = "",
) -> Step:
    """Save the case and its step, attach photos, trace, count and tell. Costs five statements without photos.

    `told_station` is whom the event names, `step_station` whose step it is; both are the lead unless said.
    `to` is for the few moves that end in one of several stages; else the table says where.
    """
    case, move = turn.case, turn.move
    note = discreet(case, note, turn.by)
    _require_photo(turn, photos)
    moves_on = to is not None or move.to is not None
    to = to or move.to or turn.stage_before
    if moves_on:
        turn.set(stage=to, stage_since=turn.now)
    _run_clock(turn, to)
    if turn.late and moves_on and turn.stage_before in STATION_STAGES:
        turn.set(handled_late=True)
    turn.set(step_count=case.step_count + 1)
    turn.set(wake_at=timers.wake_at(case, flow_of(case.subdistrict_id)))
    case.save(update_fields=sorted(turn.changed))
    told = told_station if told_station is not None else case.lead_station_id
    if told is not None and on_duty.calls_somebody(case, move, to, turn.now):
        helpers = (details or {}).get("assisting", [])
        details = {**(details or {}), "duty": on_duty.duty_at(case, (told, *helpers), turn.now)}
    step = Step(
        id=new_id(case.subdistrict_id),
        subdistrict_id=case.subdistrict_id,
        case=case,
        number=case.step_count,
        move=move.name,
        from_stage=turn.stage_before,
        to_stage=to,
        at=turn.now,
        account_id=turn.by.account_id,
        actor=turn.by.name,
        post=turn.by.post,
        note=note,
        details=details or {},
        station_id=next((found for found in (step_station, told_station) if found is not None), case.lead_station_id),
        due_at=None if case.due_at == NEVER else case.due_at,
        late=turn.late and moves_on,
    )
    put(_insert_steps, [step])
    if photos:
        attach_files(ids=photos, claim=claim, owner=case, label=photo_kind, detail_id=step.pk, by=turn.by, now=turn.now)
    log.record(f"cases.{move.name}", case, by=turn.by, at=turn.now, step=step.number, to=to, station=step.station_id)
    moved = counting.of_step(case, step, turn.stage_before, turn.station_before, turn.where_before)
    write([*moved, *told_hours.of_correction(case, turn.where_before)])
    tell(case, step, told_station, reporter_phone=case.reporter.phone if case.reporter else None, secret=secret)
    return step


def _insert_steps(steps: list[Step]) -> None:
    Step.objects.bulk_create(steps)


def tell(case: Case, step: Step, station: int | None = None, reporter_phone: Sealed | None = None, secret: str = "") -> None:
    """Publish the event of a step."""
    withdrawn = case.withdrawn_at is not None and step.move != "withdraw"
    publish(
        events.OF_MOVE[step.move](
            case_id=case.pk,
            subdistrict_id=case.subdistrict_id,
            number=case.number,
            step_id=step.pk,
            place_path=case.place_path,
            class_code=catalogue().classes[case.case_class_id].code,
            station_id=case.lead_station_id if station is None else station,
            # Who withdrew a report hears no more of it.
            reporter_id=None if withdrawn else case.reporter_id,
            reporter_account_id=None if withdrawn else case.reporter_account_id,
            at=step.at,
            note=step.note,
            due_at=step.due_at,
            reporter_phone=None if withdrawn else reporter_phone,
            is_history=case.is_history or is_unheard(),
            stage=step.to_stage,
            assignee_account_id=case.assignee_account_id,
            joined_count=case.joined_count,
            follow_count=case.follow_count,
            by_account_id=step.account_id,
            move=step.move,
            details=step.details,
            secret=secret,
            taken_down=case.channel != Case.Channel.RESIDENT,
        )
    )


def _require_photo(turn: Turn, photos: tuple[int, ...]) -> None:
    """The flow of the place may ask for a photo where the standard does not."""
    if not photos and turn.move.name in flow_of(turn.case.subdistrict_id).evidence:
        raise CannotMove(_("Please add a photo; this subdistrict asks for one with this step."))


def _run_clock(turn: Turn, to: Stage) -> None:
    """Start, keep or stop the clock as the move says."""
    case, kind = turn.case, turn.move.clock
    if kind == Clock.KEEP and (to == turn.stage_before or to not in ENDED_STAGES):
        return
    if kind == Clock.NONE or case.is_history or to in ENDED_STAGES:
        turn.set(clock_from=None, amber_at=NEVER, due_at=NEVER, **_FRESH)
        return
    turn.set(clock_from=turn.now, **_FRESH)
    turn.pauses = []
    repace(turn, to)


# What belongs to one run of the clock, as a new run finds it.
_FRESH: dict[str, Any] = {"clock_extensions": 0, "clock_pauses": 0, "warned": 0, "paused": "", "resume_at": NEVER}


def repace(turn: Turn, to: Stage | None = None) -> None:
    """Reckon the running clock anew, from its start with its extensions and pauses. One statement when it was ever paused."""
    case, stage = turn.case, to or Stage(turn.case.stage)
    if case.clock_from is None:
        return
    due = reckoned(case, stage, pauses_of(turn))
    turn.set(amber_at=due.amber_at, due_at=due.due_at)
    if stage in STATION_STAGES:
        turn.set(promised_at=due.due_at)


def reckoned(case: Case, stage: Stage, pauses: list[Pause]) -> Due:
    """When the clock of a case at `stage` is used up, by its start, extensions and pauses: one rule for a move and for a changed calendar."""
    if case.clock_from is None:
        return Due(NEVER, NEVER)
    found = sla.running(
        catalogue().limit_of(case.standard_id, stage),
        calendar_at(case.place_path),
        case.clock_from,
        extensions=case.clock_extensions,
        pauses=pauses,
        cap=case.cap_at if stage in STATION_STAGES and case.cap_at != NEVER else None,
    )
    return found.due


def pauses_of(turn: Turn) -> list[Pause]:
    """The pauses of the running clock; one that lasts has its planned end."""
    if turn.pauses is None:
        turn.pauses = clock_pauses(turn.case)
    return turn.pauses


def clock_pauses(case: Case) -> list[Pause]:
    """Pauses of the running clock of a case, in order. One statement; none when it never stood still."""
    if not case.clock_pauses or case.clock_from is None:
        return []
    rows = ClockPause.objects.filter(case=case, starts__gte=case.clock_from).order_by("starts")
    return [Pause(row.starts, row.ends or row.planned_end, PauseReason(row.reason)) for row in rows]
