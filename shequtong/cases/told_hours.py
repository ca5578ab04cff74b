"""At which hour of the day a matter was told (诉求时段): what a case adds to the figures of hours, for the deed and for the rebuild alike.

Counted by month, place and class, and by quarter and year (`told_spans`) without class. A correction (更正) moves what is counted: heat is
drawn where a matter lies, not where it was first thought to.
"""

from datetime import datetime
from functools import cache

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.told_spans import MONTH, SPANS
from shequtong.core.places import place
from shequtong.figures.write import NewDelta, day_of

# A source that knows days alone says midnight; so does one that knows hours, for one second of a day: neither is counted as an hour.
_NO_HOUR = "none"
MEASURES = MONTH.measures()
ALL_MEASURES = tuple(measure for span in SPANS for measure in span.measures())


def of_told(case: Case) -> list[NewDelta]:
    """That it was told."""
    return _deltas(case, case.place_path, case.case_class_id, 1)


def of_correction(case: Case, where_before: tuple[str, int]) -> list[NewDelta]:
    """That its place or class is another one than `where_before`; nothing when it is the same."""
    if where_before == (case.place_path, case.case_class_id):
        return []
    return [*_deltas(case, *where_before, -1), *of_told(case)]


@cache
def hour_of(measure: str) -> int | None:
    """The hour a measure counts; None for those that have none."""
    told = measure.rpartition(".")[2]
    return None if told == _NO_HOUR else int(told)


def _deltas(case: Case, path: str, class_id: int, n: int) -> list[NewDelta]:
    hour, day = _hour(case), day_of(case.subdistrict_id, case.reported_at)
    code = catalogue().classes[class_id].code
    return [
        NewDelta(
            subdistrict_id=case.subdistrict_id,
            measure=f"{span.prefix}{hour}",
            day=span.first_day(day),
            unit_path=path,
            station_id=0,
            class_code=code if span.by_class else "",
            n=n,
        )
        for span in SPANS
    ]


def _hour(case: Case) -> str:
    """By the clock of its place. What another system told us was told when that one heard it."""
    at: datetime = (case.source_at or case.reported_at).astimezone(place(case.subdistrict_id).zone)
    day_alone = case.source_at is not None and (at.hour, at.minute, at.second) == (0, 0, 0)
    return _NO_HOUR if day_alone else str(at.hour)
