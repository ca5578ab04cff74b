"""The beats every move shares (一步流转): load under lock, allow, decide by the table; then save, step, trace, tell.

A use-case calls `begin`, changes the case, and calls `finish`; what is special about its verb stands in its own file.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import counting, events, sla
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.places import calendar_at
from shequtong.cases.workflow import MOVES, Clock, Move, Stage, Standing, why_closed
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.core.sealed import Sealed
from shequtong.figures.write import write
from shequtong.files.usecases import attach_files

LONGEST_NOTE = 2000  # characters


class CannotMove(Refusal):
    """The table of moves, or what must come with the move, says no."""


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
    changed: set[str] = field(default_factory=set)

    def set(self, **values: Any) -> None:
        """Change columns of the case; `finish` saves just these."""
        for name, value in values.items():
            setattr(self.case, name, value)
            self.changed.add(name)


def begin(number: str, name: str, *, by: Actor, now: datetime) -> Turn:
    """Lock the case, its reporter beside it (one statement), require the right, let the table decide. Raises Forbidden or CannotMove."""
    move = MOVES[name]
    case = Case.objects.numbered(number).select_related("reporter").select_for_update(of=("self",)).first()
    if case is None:
        raise Forbidden(move.permission, "Case")
    by.require(move.permission, case)
    because = why_closed(move, standing(case))
    if because:
        raise CannotMove(str(because))
    late = case.due_at < now
    return Turn(case, move, by, now, Stage(case.stage), case.lead_station_id, late)


def standing(case: Case) -> Standing:
    """What the table of moves asks of a case."""
    return Standing(
        stage=Stage(case.stage),
        assisting_open=case.assisting_open,
        answer_required=needs_answer(case),
        # A reopened case needs an answer anew.
        answered=case.answered_at is not None and (case.handled_at is None or case.answered_at >= case.handled_at),
        evaluated=case.evaluated_at is not None and case.closed_at is not None and case.evaluated_at >= case.closed_at,
    )


def needs_answer(case: Case) -> bool:
    """A case somebody told us, under a standard that asks for an answer."""
    return case.reporter_id is not None and catalogue().standards[case.standard_id].answer_required


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
) -> Step:
    """Save the case and its step, attach photos, trace, count and tell. Costs five statements without photos."""
    case, move = turn.case, turn.move
    to = move.to or turn.stage_before
    if move.to is not None:
        turn.set(stage=to, stage_since=turn.now)
    _run_clock(turn, to)
    turn.set(step_count=case.step_count + 1)
    case.save(update_fields=sorted(turn.changed))
    step = Step.objects.create(
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
        station_id=case.lead_station_id if told_station is None else told_station,
        due_at=None if case.due_at == NEVER else case.due_at,
        late=turn.late and move.to is not None,
    )
    if photos:
        attach_files(ids=photos, claim=claim, owner=case, label=photo_kind, detail_id=step.pk, by=turn.by, now=turn.now)
    log.record(f"cases.{move.name}", case, by=turn.by, at=turn.now, step=step.number, to=to, station=step.station_id)
    write(counting.of_step(case, step, turn.stage_before, turn.station_before))
    tell(case, step, told_station, reporter_phone=case.reporter.phone if case.reporter else None)
    return step


def tell(case: Case, step: Step, station: int | None = None, reporter_phone: Sealed | None = None) -> None:
    """Publish the event of a step."""
    publish(
        events.OF_MOVE[step.move](
            case_id=case.pk,
            subdistrict_id=case.subdistrict_id,
            number=case.number,
            step_id=step.pk,
            place_path=case.place_path,
            class_code=catalogue().classes[case.case_class_id].code,
            station_id=case.lead_station_id if station is None else station,
            reporter_id=case.reporter_id,
            reporter_account_id=case.reporter_account_id,
            at=step.at,
            note=step.note,
            due_at=step.due_at,
            reporter_phone=reporter_phone,
            is_history=case.is_history,
        )
    )


def _run_clock(turn: Turn, to: Stage) -> None:
    """Start, keep or stop the clock as the move says."""
    case, kind = turn.case, turn.move.clock
    if kind == Clock.KEEP:
        return
    if kind == Clock.NONE or case.is_history:
        turn.set(clock_from=None, amber_at=NEVER, due_at=NEVER)
        return
    standard = catalogue().standards[case.standard_id]
    limit = standard.limit if kind == Clock.HANDLING else catalogue().stage_limit(to)
    running = sla.start(limit, calendar_at(case.place_path), turn.now)
    turn.set(clock_from=running.started_at, amber_at=running.due.amber_at, due_at=running.due.due_at)
    if kind == Clock.HANDLING:
        turn.set(promised_at=running.due.due_at)
