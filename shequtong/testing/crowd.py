"""Many cases (大量事件): copies of cases that were played, for what must hold whether there are fifty or ten thousand.

Copied by bulk INSERT past the use-cases: in tests and in the bench alone. Each copy has its first step and its stations, and the figures grow with it.
"""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.db.models.base import ModelState

from shequtong.cases import counting, told_hours
from shequtong.cases.grams import grams_of
from shequtong.cases.models import NEVER, Case, Party, Step
from shequtong.core.locality.ids import SHIFT, new_id
from shequtong.figures.write import write

FIRST_SERIAL = 1_000_000  # far above what number blocks give out here
_BATCH = 500


def copy_cases(originals: Sequence[Case], total: int, *, paths: Sequence[str] = (), first_serial: int = FIRST_SERIAL) -> None:
    """Add `total` copies of `originals` in turn, each due a minute after the one before, spread over the unit `paths` where given."""
    steps = {original.pk: list(Step.objects.filter(case=original).order_by("number")) for original in originals}
    parties = {original.pk: list(Party.objects.filter(case=original)) for original in originals}
    cases, firsts, parts = [], [], []
    for n in range(total):
        original = originals[n % len(originals)]
        case = _copy_of(original, n, first_serial + n)
        case.place_path = paths[n // len(originals) % len(paths)] if paths else case.place_path
        cases.append(case)
        first = copy(steps[original.pk][0])
        first._state, first.case = ModelState(), case
        first.pk = new_id(case.subdistrict_id)
        firsts.append(first)
        for original_part in parties[original.pk]:
            part = copy(original_part)
            part._state, part.case = ModelState(), case
            part.pk = new_id(case.subdistrict_id)
            parts.append(part)
    Case.objects.bulk_create(cases, batch_size=_BATCH)
    Step.objects.bulk_create(firsts, batch_size=_BATCH)
    Party.objects.bulk_create(parts, batch_size=_BATCH)
    _find(originals, total, first_serial)
    _count(originals, steps, Counter((n % len(originals), one.place_path) for n, one in enumerate(cases)))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what autovacuum does by itself a minute later
            for table in ("cases_case", "cases_step", "cases_party", "cases_casegram"):
                cursor.execute(f"ANALYZE {table}")


def _find(originals: Sequence[Case], total: int, first_serial: int) -> None:
    """The copies are found by the words of their originals. Their grams have ids that no number block comes near."""
    for at, original in enumerate(originals):
        grams = sorted(grams_of(original.text, original.title, original.address))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_casegram (id, subdistrict_id, gram, case_id)"  # numbers, not input
                f" SELECT (CAST(c.subdistrict_id AS bigint) << {SHIFT}) | ({1 << SHIFT - 1} + (c.id & {(1 << SHIFT) - 1}) * 1000"
                " + row_number() OVER (PARTITION BY c.id ORDER BY g.column1)), c.subdistrict_id, g.column1, c.id"
                f" FROM cases_case c CROSS JOIN (VALUES {', '.join(f'({gram})' for gram in grams)}) AS g"
                " WHERE c.subdistrict_id = %s AND c.year = %s AND c.serial BETWEEN %s AND %s AND (c.serial - %s) %% %s = %s",
                (
                    original.subdistrict_id,
                    original.year,
                    first_serial,
                    first_serial + total - 1,
                    first_serial,
                    len(originals),
                    at,
                ),
            )


def _count(originals: Sequence[Case], steps: dict[int, list[Step]], times: dict[tuple[int, str], int]) -> None:
    """What the steps of the originals add to the figures, as often as each was copied to a place."""
    for (at, path), n in times.items():
        deltas = [*counting.of_case(originals[at], steps[originals[at].pk]), *told_hours.of_told(originals[at])]
        write(replace(delta, n=delta.n * n, unit_path=path) for delta in deltas)


def _copy_of(original: Case, n: int, serial: int) -> Case:
    case = copy(original)
    case._state = ModelState()
    case.pk, case.serial = new_id(original.subdistrict_id), serial
    if case.due_at != NEVER:
        case.due_at += timedelta(minutes=n)
        case.amber_at += timedelta(minutes=n)
    return case
