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


def of_step(
    case: Case, step: Step, stage_before: str, station_before: int | None, where_before: tuple[str, int] | None = None
) -> list[NewDelta]:
    """The deltas of one step; `stage_before` "" is a case that was not there yet.

    `where_before` is path and class before the step: a correction (更正) moves what is counted now, never what was counted.
    """
    station_after = station_before if MOVES[step.move].aside else step.station_id
    where_after = (case.place_path, case.case_class_id)
    where_before = where_before or where_after
    day = day_of(case.subdistrict_id, step.at)

    def delta(measure: str, stage: str, station: int | None, n: int, where: tuple[str, int] = where_after) -> NewDelta:
        path, class_id = where
        return NewDelta(
            subdistrict_id=case.subdistrict_id,
            measure=measure,
            day=day,
            unit_path=path,
            station_id=station or 0,
            stage=stage,
            class_code=catalogue().classes[class_id].code,
            n=n,
        )

    found = [delta(f"move.{step.move}", "", station_after or station_before, 1)]
    if step.late:
        found.append(delta(f"late.{stage_before}", "", station_before, 1))
    if (stage_before, station_before, where_before) != (step.to_stage, station_after, where_after):
        if stage_before:
            found.append(delta(IN_STAGE, stage_before, station_before, -1, where_before))
        found.append(delta(IN_STAGE, step.to_stage, station_after, 1))
    return found


def of_case(case: Case, steps: list[Step]) -> Iterator[NewDelta]:
    """All deltas of a case from its steps, in order: the facts that a rebuild proves the figures by. The case is put back as it is."""
    ends = (case.place_path, case.case_class_id)
    where = _first_where(case, steps)
    stage, station = "", None
    for step in steps:
        before = where
        where = _where_after(step, where)
        case.place_path, case.case_class_id = where
        yield from of_step(case, step, stage, station, before)
        stage = step.to_stage
        if not MOVES[step.move].aside:
            station = step.station_id
    case.place_path, case.case_class_id = ends


def _first_where(case: Case, steps: list[Step]) -> tuple[str, int]:
    """Path and class at intake: what the first correction of each says stood there before."""
    path = next((step.details["path"][0] for step in steps if "path" in step.details), case.place_path)
    code = next((step.details["class"][0] for step in steps if "class" in step.details), None)
    return path, catalogue().by_code[code].id if code else case.case_class_id


def _where_after(step: Step, where: tuple[str, int]) -> tuple[str, int]:
    path, class_id = where
    if "path" in step.details:
        path = step.details["path"][1]
    if "class" in step.details:
        class_id = catalogue().by_code[step.details["class"][1]].id
    return path, class_id
