"""Import history (历史导入): finished matters of another system become cases with their own times, many at once.

Nobody is told, no clock runs, nothing is asked again. What happened counts on the day it happened; that it was brought in is logged now.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import counting, permissions, told_hours
from shequtong.cases.models import Case, Party, Step
from shequtong.cases.past import PastCase, case_of, steps_of
from shequtong.cases.usecases._grams import write_grams_of
from shequtong.core.actors import Actor, Facts
from shequtong.core.gathered import gathering
from shequtong.core.locality.blocks import next_numbers
from shequtong.core.locality.ids import new_id
from shequtong.figures.write import NewDelta, day_of, write


@dataclass(frozen=True)
class Brought:
    """How many became cases, and how many were here under their reference already."""

    new: int
    there: int


@dataclass(frozen=True)
class _At:
    subdistrict: int
    path: str

    def reach_facts(self) -> Facts:
        return Facts(self.subdistrict, self.path)


@transaction.atomic
def import_history(*, past: Sequence[PastCase], subdistrict: int, by: Actor, now: datetime) -> Brought:
    """Bring in past matters of one subdistrict; one that is here already by source and reference is left as it is. Raises Forbidden.

    Cases, steps, trace and counts are written in one statement each, more where the engine limits a statement's values.
    """
    for path in {one.path for one in past}:
        by.require(permissions.INTAKE, _At(subdistrict, path))
    there = _there(past, subdistrict)
    # Of two with one reference the first stands.
    new = list(
        {(one.source, one.source_ref): one for one in reversed(past) if (one.source, one.source_ref) not in there}.values()
    )[::-1]
    serials = _serials(new, subdistrict)
    cases: list[Case] = []
    steps: list[Step] = []
    deltas: list[NewDelta] = []
    with gathering():
        for one in new:
            case = case_of(one, subdistrict, new_id(subdistrict), serials.pop((one.source, one.source_ref)), now)
            made = steps_of(one, case, by.name)
            for step in made:
                step.id = new_id(subdistrict)
            cases.append(case)
            steps += made
            deltas += [*counting.of_case(case, made), *told_hours.of_told(case)]
            facts = {"source": one.source, "ref": one.source_ref, "to": case.stage, "steps": len(made)}
            log.record("cases.imported", case, by=by, at=now, **facts)
        Case.objects.bulk_create(cases)
        Step.objects.bulk_create(steps)
        Party.objects.bulk_create(_parts(cases))
        write_grams_of(cases)
        write(deltas)
    return Brought(len(new), len(past) - len(new))


def _parts(cases: Sequence[Case]) -> list[Party]:
    """That a station had them: by its parts it finds what has ended."""
    return [
        Party(
            subdistrict_id=case.subdistrict_id,
            case=case,
            station_id=case.lead_station_id,
            part=Party.Part.LEAD,
            since=case.dispatched_at or case.reported_at,
        )
        for case in cases
        if case.lead_station_id is not None
    ]


def _there(past: Sequence[PastCase], subdistrict: int) -> set[tuple[str, str]]:
    """Those of them that are here: a statement a source."""
    refs: dict[str, list[str]] = {}
    for one in past:
        refs.setdefault(one.source, []).append(one.source_ref)
    found: set[tuple[str, str]] = set()
    for source, some in refs.items():
        rows = Case.objects.filter(subdistrict=subdistrict, source=source, source_ref__in=some).exclude(source_ref="")
        found |= {(source, ref) for ref in rows.values_list("source_ref", flat=True)}
    return found


def _serials(new: Sequence[PastCase], subdistrict: int) -> dict[tuple[str, str], int]:
    """A serial of its own year for each, a statement a year."""
    years = {(one.source, one.source_ref): day_of(subdistrict, one.times["reported"]).year for one in new}
    taken = {year: next_numbers(f"case:{subdistrict}:{year}", n)[::-1] for year, n in Counter(years.values()).items()}
    return {key: taken[year].pop() for key, year in years.items()}
