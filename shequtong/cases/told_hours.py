"""At which hour of the day a matter was told (诉求时段): what a case adds to the figures of hours, for the deed and for the rebuild alike.

Counted by month, place and class. A correction (更正) moves what is counted: heat is drawn where a matter lies, not where it was first thought to.
"""

from datetime import date, datetime

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.core.places import place
from shequtong.figures.write import NewDelta, day_of

HOURS = range(24)
PREFIX = "told."
# A source that knows days alone says midnight; so does one that knows hours, for one second of a day: neither is counted as an hour.
NO_HOUR = f"{PREFIX}none"
MEASURES: tuple[str, ...] = (*(f"{PREFIX}{hour}" for hour in HOURS), NO_HOUR)


def of_told(case: Case) -> list[NewDelta]:
    """That it was told."""
    return [_delta(case, case.place_path, case.case_class_id, 1)]


def of_correction(case: Case, where_before: tuple[str, int]) -> list[NewDelta]:
    """That its place or class is another one than `where_before`; nothing when it is the same."""
    if where_before == (case.place_path, case.case_class_id):
        return []
    return [_delta(case, *where_before, -1), *of_told(case)]


def hour_of(measure: str) -> int | None:
    """The hour a measure counts; None for those that have none."""
    return None if measure == NO_HOUR else int(measure.removeprefix(PREFIX))


def month_of(day: date) -> date:
    """The day under which its month is counted."""
    return day.replace(day=1)


def _delta(case: Case, path: str, class_id: int, n: int) -> NewDelta:
    return NewDelta(
        subdistrict_id=case.subdistrict_id,
        measure=_measure(case),
        day=month_of(day_of(case.subdistrict_id, case.reported_at)),
        unit_path=path,
        station_id=0,
        class_code=catalogue().classes[class_id].code,
        n=n,
    )


def _measure(case: Case) -> str:
    """By the clock of its place. What another system told us was told when that one heard it."""
    at: datetime = (case.source_at or case.reported_at).astimezone(place(case.subdistrict_id).zone)
    if case.source_at is not None and (at.hour, at.minute, at.second) == (0, 0, 0):
        return NO_HOUR
    return f"{PREFIX}{at.hour}"
