"""What a step adds to the figures (统计口径), by one rule for the move as it happens and for the rebuild from the steps.

`in_stage` goes up and down: its sum over all days is how it stands now. `move.<name>` counts moves on their day and never changes
backwards; `late.<stage>` counts stages that ended past their limit.
"""

from collections.abc import Iterator

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.workflow import MOVES, OPEN_STAGES
from shequtong.figures.write import NewDelta, day_of

IN_STAGE = "in_stage"
# Every measure of ours, for the proof that figures and facts agree.
MEASURES: tuple[str, ...] = (
    IN_STAGE,
    *(f"move.{name}" for name in MOVES),
    *(f"late.{stage.value}" for stage in OPEN_STAGES),
)


def of_step(case: Case, step: Step, stage_before: str, station_before: int | None) -> list[NewDelta]:
    """The deltas of one step; `stage_before` "" is a case that was not there yet."""
    class_code = catalogue().classes[case.case_class_id].code
    station_after = station_before if MOVES[step.move].aside else step.station_id
    day = day_of(case.subdistrict_id, step.at)

    def delta(measure: str, stage: str, station: int | None, n: int) -> NewDelta:
        return NewDelta(
            subdistrict_id=case.subdistrict_id,
            measure=measure,
            day=day,
            unit_path=case.place_path,
            station_id=station or 0,
            stage=stage,
            class_code=class_code,
            n=n,
        )

    found = [delta(f"move.{step.move}", "", station_after or station_before, 1)]
    if step.late:
        found.append(delta(f"late.{stage_before}", "", station_before, 1))
    if (stage_before, station_before) != (step.to_stage, station_after):
        if stage_before:
            found.append(delta(IN_STAGE, stage_before, station_before, -1))
        found.append(delta(IN_STAGE, step.to_stage, station_after, 1))
    return found


def of_case(case: Case, steps: list[Step]) -> Iterator[NewDelta]:
    """All deltas of a case from its steps, in order: the facts that a rebuild proves the figures by."""
    stage, station = "", None
    for step in steps:
        yield from of_step(case, step, stage, station)
        stage = step.to_stage
        if not MOVES[step.move].aside:
            station = step.station_id
