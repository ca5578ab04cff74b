"""Numbers offered to the figures and to performance: the facts behind them are the steps of the cases."""

from collections.abc import Iterator

from shequtong.cases.counting import IN_STAGE, MEASURES, of_case
from shequtong.cases.models import Case, Step
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.figures.read import counts
from shequtong.figures.sources import Source
from shequtong.figures.write import NewDelta

_BATCH = 500


def facts(subdistrict_id: int) -> Iterator[NewDelta]:
    """Every delta that the steps of this subdistrict amount to, case by case, in batches by key."""
    last = 0
    while True:
        cases = list(Case.objects.filter(subdistrict=subdistrict_id, id__gt=last).order_by("id")[:_BATCH])
        if not cases:
            return
        steps: dict[int, list[Step]] = {case.pk: [] for case in cases}
        for step in Step.objects.filter(subdistrict=subdistrict_id, case__gte=cases[0].pk, case__lte=cases[-1].pk).order_by(
            "case", "number"
        ):
            steps[step.case_id].append(step)
        for case in cases:
            yield from of_case(case, steps[case.pk])
        last = cases[-1].pk


def open_by_path(subdistricts: tuple[int, ...]) -> dict[str, int]:
    """Open cases by the path of their place. One statement."""
    return {path: n for (path,), n in counts(subdistricts, IN_STAGE, by=("unit_path",), stage=OPEN_STAGES).items()}


SOURCES: tuple[Source, ...] = (Source("cases", MEASURES, facts),)
