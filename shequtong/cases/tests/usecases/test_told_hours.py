"""At which hour matters were told, counted with the deed: as a count over the cases gives it, by Python and by the database alike."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from shequtong.cases import measures, told_hours, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.by_hour import HoursAsked, told_by_hour
from shequtong.cases.models import Case
from shequtong.cases.past import PastCase
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import Correction, import_history
from shequtong.cases.workflow import Stage
from shequtong.figures.models import Delta, Total
from shequtong.figures.read import counts
from shequtong.figures.usecases import fold_deltas, rebuild_figures
from shequtong.figures.verification import Verification
from shequtong.testing.town import MORNING, NOON, STREET, TOWN_HALL, Town

pytestmark = pytest.mark.django_db
Key = tuple[str, str, str]
SHANGHAI = timedelta(hours=8)


def counted() -> dict[Any, int]:
    """By hour, place and class, from the figures."""
    return counts(STREET, told_hours.MEASURES, by=("measure", "unit_path", "class_code"))


def brute() -> Counter[Key]:
    """The same, case by case, by the clock of Suzhou."""
    found: Counter[Key] = Counter()
    for case in Case.objects.filter(subdistrict=STREET):
        told = (case.source_at or case.reported_at) + SHANGHAI
        day_alone = case.source_at is not None and (told.hour, told.minute, told.second) == (0, 0, 0)
        code = catalogue().classes[case.case_class_id].code
        found["told.none" if day_alone else f"told.{told.hour}", case.place_path, code] += 1
    return found


def day_of_cases(town: Town) -> None:
    """Cases at every hour of a day, at both ends of hours and of months, one of them corrected to another grid and class."""
    for hour in range(0, 24, 5):
        make_case(town, now=datetime(2026, 4, 30, tzinfo=UTC) + timedelta(hours=hour, minutes=59, seconds=59))
        make_case(town, now=datetime(2026, 4, 12, 16, tzinfo=UTC) + timedelta(hours=hour), stage=Stage.CLOSED)
    number = make_case(town, now=NOON, stage=Stage.INTAKE).number
    wrong = Correction(class_code="0101", address="路口", unit_path=town.other_grid.path)
    usecases.correct_case(correction=wrong, number=number, by=town.chen, now=NOON + timedelta(days=40), note="核对后更正。")


def past(town: Town, ref: str, told: datetime) -> PastCase:
    """A finished matter of another system."""
    kind, times = catalogue().by_code["L01"], {"reported": told, "closed": told + timedelta(days=2)}
    return PastCase("old", ref, kind.id, "路灯不亮", town.grid.pk, town.grid.path, "phone", Stage.CLOSED, times)


def test_hours_are_those_of_the_cases_corrections_included(town: Town) -> None:
    day_of_cases(town)
    assert counted() == brute()
    moved = counts(
        STREET, told_hours.MEASURES, by=("measure", "day"), under=town.other_grid.path, days=(MORNING.date(), NOON.date())
    )
    assert moved == {}, "of April, whose day is the first"
    april = datetime(2026, 4, 1, tzinfo=UTC).date()
    moved = counts(STREET, told_hours.MEASURES, by=("measure", "class_code"), under=town.other_grid.path, days=(april, april))
    assert moved == {("told.12", "0101"): 1}


def test_a_history_of_days_has_no_hours(town: Town) -> None:
    midnight = datetime(2024, 3, 4, 16, tzinfo=UTC)
    rows = [past(town, "day", midnight), past(town, "second", midnight + timedelta(seconds=1)), past(town, "noon", NOON)]
    import_history(past=rows, subdistrict=STREET, by=TOWN_HALL, now=NOON + timedelta(days=30))
    make_case(town, now=midnight)  # of our own: really told at midnight
    assert counted() == brute()
    told = Counter({measure: n for (measure,), n in counts(STREET, told_hours.MEASURES, by=("measure",)).items()})
    assert told == {"told.none": 1, "told.0": 2, "told.12": 1}


def test_the_statement_says_what_the_cases_say_and_a_rebuild_makes_them_anew(town: Town) -> None:
    day_of_cases(town)
    import_history(past=[past(town, "day", datetime(2024, 3, 4, 16, tzinfo=UTC))], subdistrict=STREET, by=TOWN_HALL, now=NOON)
    facts = Counter(delta.key for delta in measures.hours_told(STREET))
    told = Counter[Any]()
    with connection.cursor() as cursor:
        cursor.execute(*measures.hours_statement(STREET))
        for *key, n in cursor.fetchall():
            told[key[0], str(key[1]), *key[2:]] += n
    assert told == {(key.measure, str(key.day), *key[3:]): n for key, n in facts.items()}
    assert list(Verification(STREET).differences()) == []

    while fold_deltas(subdistrict_id=STREET):
        pass
    # As a database of before has it: no hours at all.
    Total.objects.filter(subdistrict=STREET, measure__startswith="told").delete()
    assert counted() == {}
    assert rebuild_figures(subdistrict_id=STREET)
    assert counted() == brute()
    assert not Delta.objects.filter(subdistrict=STREET).exists()
    assert list(Verification(STREET).differences()) == []


@pytest.mark.parametrize("month", range(1, 13))
def test_reports_since_a_month_are_those_of_the_cases(town: Town, month: int) -> None:
    for year, other in ((year, other) for year in (2024, 2025) for other in range(1, 13)):
        make_case(town, now=datetime(year, other, 1 + other, other, tzinfo=UTC), stage=Stage.CLOSED)
    start = date(2024, month, 1)
    clocks = [case.reported_at + SHANGHAI for case in Case.objects.filter(subdistrict=STREET)]
    told = Counter(clock.hour for clock in clocks if clock.date() >= start)
    for asked in (HoursAsked(since=start), HoursAsked(since=start, class_code="L01")):
        found = told_by_hour(town.chen, asked)
        assert (found.by_hour, found.areas) == (told, {town.grid.path: told.total()})
    while fold_deltas(subdistrict_id=STREET):
        pass
    assert told_by_hour(town.chen, HoursAsked(since=start)).by_hour == told
    assert told_by_hour(town.chen, HoursAsked()).by_hour.total() == 24


def test_quarters_and_years_of_before_are_made_from_their_months(town: Town) -> None:
    day_of_cases(town)
    import_history(past=[past(town, "day", datetime(2024, 3, 4, 16, tzinfo=UTC))], subdistrict=STREET, by=TOWN_HALL, now=NOON)
    fold_deltas(subdistrict_id=STREET, limit=9)
    for model in (Total, Delta):
        of_before = model.objects.filter(subdistrict=STREET)
        of_before.filter(measure__startswith="told_").delete()
        assert of_before.filter(measure__startswith="told.").exists(), "folded or not"
    assert list(Verification(STREET).differences()) != []
    fill = import_module("shequtong.cases.migrations.0028_hours_of_quarters_and_years").fill
    for _ in range(2):  # a broken run begins again
        fill(apps, connection.schema_editor)
        assert list(Verification(STREET).differences()) == []
