"""Days of the place, statements, workers at once, and the proof against the facts with its repair."""

import json
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from shequtong.figures import scheduled, verification
from shequtong.figures.deltas import Key
from shequtong.figures.models import EVER, Delta, Total
from shequtong.figures.read import counts, total
from shequtong.figures.sources import Source, sources
from shequtong.figures.testing import MONDAY, STREET, make_street, source_of
from shequtong.figures.usecases import fold_deltas, rebuild_figures
from shequtong.figures.usecases._adding import add_to_totals
from shequtong.figures.write import NewDelta, day_of, write

OPEN = "cases.open"
NOW = datetime(2026, 4, 13, 4, tzinfo=UTC)


def one(n: int = 1, stage: str = "HANDLING", day: date = MONDAY) -> NewDelta:
    return NewDelta(STREET, OPEN, day, "AA/01/", 4, stage, "0101", n)


@pytest.mark.django_db
def test_a_day_is_that_of_the_place() -> None:
    make_street()
    make_street(8, "AB", zone="Europe/Lisbon")
    late = datetime(2026, 4, 13, 17, tzinfo=UTC)
    assert day_of(STREET, late) == date(2026, 4, 14)
    assert day_of(8, late) == date(2026, 4, 13)


@pytest.mark.django_db
def test_writing_costs_one_statement_and_nothing_when_it_cancels_out(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_street()
    write([one()])
    with transaction.atomic():
        with django_assert_num_queries(1):
            write([one(-1, "DISPATCH"), one(), one(), one(stage="CLOSED")])
        with django_assert_num_queries(0):
            write([one(), one(-1)])
    assert counts(STREET, OPEN, by=("stage",)) == {("DISPATCH",): -1, ("HANDLING",): 3, ("CLOSED",): 1}
    with pytest.raises(ValueError, match="all days"):
        write([one(day=EVER)])


@pytest.mark.django_db
def test_reading_costs_one_statement_folded_or_not(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_street()
    for _ in range(2):
        write([one(), one(stage="CLOSED")])
        with django_assert_num_queries(1):
            counts(STREET, [OPEN], by=("stage", "day"), under="AA/", station=4, days=(MONDAY, MONDAY))
        scheduled.fold(NOW)
    with django_assert_num_queries(1):
        assert total(STREET, OPEN, stage=["HANDLING", "CLOSED"]) == 4
    assert not Delta.objects.exists()
    with pytest.raises(ValueError, match="days"):
        counts(STREET, OPEN, by=("day",))


@pytest.mark.django_db(transaction=True)
def test_workers_and_writers_at_once_lose_and_double_nothing() -> None:
    make_street()
    rounds, start = 40, threading.Barrier(4)
    failures: list[BaseException] = []

    def write_some() -> None:
        for n in range(rounds):
            write([one(stage=("HANDLING", "CLOSED")[n % 2]), one(2, stage="DISPATCH")])

    def fold_some() -> None:
        for _ in range(rounds):
            fold_deltas(subdistrict_id=STREET, limit=7)

    def run(work: Callable[[], None]) -> None:
        try:
            start.wait()
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in (write_some, write_some, fold_some, fold_some)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    wanted = {("HANDLING",): rounds, ("CLOSED",): rounds, ("DISPATCH",): 4 * rounds}
    assert counts(STREET, OPEN, by=("stage",)) == wanted
    scheduled.fold(NOW)
    assert counts(STREET, OPEN, by=("stage",)) == wanted == counts(STREET, OPEN, by=("stage",), days=(MONDAY, MONDAY))


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> list[NewDelta]:
    """Facts that the one source knows; written as deltas, half of them folded."""
    make_street()
    known = [
        one(n, stage, MONDAY.replace(day=day)) for n, stage, day in ((3, "HANDLING", 13), (-1, "HANDLING", 14), (2, "CLOSED", 14))
    ]
    for delta in known:
        write([delta])
    fold_deltas(subdistrict_id=STREET, limit=2)
    monkeypatch.setattr(verification, "sources", lambda: (source_of(known, OPEN),))
    return known


def verify() -> list[dict[str, object]]:
    out = StringIO()
    try:
        call_command("figures_verify", "--json", stdout=out)
        code = 0
    except SystemExit as end:
        code = int(str(end.code))
    found: list[dict[str, object]] = json.loads(out.getvalue())["differences"]
    assert code == (1 if found else 0)
    return found


@pytest.mark.django_db(transaction=True)
def test_agreement_has_no_differences(facts: list[NewDelta]) -> None:
    assert verify() == []
    assert rebuild_figures(subdistrict_id=STREET) == ()


@pytest.mark.django_db(transaction=True)
def test_a_wrong_count_is_named_and_mended(facts: list[NewDelta]) -> None:
    Total.objects.filter(subdistrict=STREET, day=MONDAY, stage="HANDLING").update(n=F("n") + 5)
    assert [(each["day"], each["stage"], each["facts"], each["figures"]) for each in verify()] == [
        ("2026-04-13", "HANDLING", 3, 8)
    ]
    assert len(rebuild_figures(subdistrict_id=STREET)) == 1
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_lost_and_doubled_deltas_are_named_and_mended(facts: list[NewDelta]) -> None:
    lost = Delta.objects.get(subdistrict=STREET)
    Delta.objects.filter(pk=lost.pk).delete()
    write([one(7, "HANDLING")])
    named = {(each["stage"], each["day"], each["facts"], each["figures"]) for each in verify()}
    assert named == {
        ("HANDLING", "2026-04-13", 3, 10),
        ("HANDLING", str(EVER), 2, 9),
        ("CLOSED", "2026-04-14", 2, 0),
        ("CLOSED", str(EVER), 2, 0),
    }
    out = StringIO()
    call_command("figures_rebuild", stdout=out)
    assert len(out.getvalue().splitlines()) == 5
    assert verify() == []
    assert counts(STREET, OPEN, by=("stage",)) == {("HANDLING",): 2, ("CLOSED",): 2}


@pytest.mark.django_db(transaction=True)
def test_figures_made_anew_from_nothing(facts: list[NewDelta]) -> None:
    Total.objects.all().delete()
    Delta.objects.all().delete()
    rebuild_figures(subdistrict_id=STREET)
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_change_during_the_rebuild_is_counted_once(facts: list[NewDelta], monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the correction somebody writes and a worker folds."""
    Total.objects.filter(subdistrict=STREET).update(n=F("n") + 1)
    known = list(facts)
    monkeypatch.setattr(verification, "sources", lambda: (source_of(known, OPEN),))
    corrections: list[Mapping[Key, int]] = []

    def go_on_then_add(sums: Mapping[Key, int]) -> None:
        known.append(one(1, "DISPATCH"))
        write([known[-1]])
        fold_deltas(subdistrict_id=STREET)
        corrections.append(sums)
        add_to_totals(sums)

    monkeypatch.setattr(sys.modules[rebuild_figures.__module__], "add_to_totals", go_on_then_add)
    rebuild_figures(subdistrict_id=STREET)
    assert len(corrections) == 1
    assert verify() == []
    assert total(STREET, OPEN, stage="DISPATCH") == 1


@pytest.mark.django_db(transaction=True)
def test_a_measure_nobody_claims_is_named_and_left(facts: list[NewDelta]) -> None:
    write([NewDelta(STREET, "old.measure", MONDAY)])
    assert {each["measure"] for each in verify()} == {"old.measure"}
    rebuild_figures(subdistrict_id=STREET)
    assert total(STREET, "old.measure") == 1


@pytest.mark.django_db
def test_the_command_prints_every_count(facts: list[NewDelta]) -> None:
    out = StringIO()
    call_command("figures", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert {(row["measure"], row["stage"], row["class"], row["n"]) for row in told["figures"]} == {
        (OPEN, "HANDLING", "0101", 2),
        (OPEN, "CLOSED", "0101", 2),
    }
    there = {(row["subdistrict"], row["model"], row["kind"]): row["n"] for row in told["rows"]}
    assert there[STREET, "figures.delta", ""] == Delta.objects.filter(subdistrict=STREET).count()


def test_a_source_may_only_yield_what_it_claims() -> None:
    wrong = Source("test", ("other",), lambda place: [one()])
    with pytest.raises(ValueError, match="not its to give"):
        verification.Verification(STREET, [wrong])._facts(wrong)


def test_every_measure_of_the_areas_has_one_source() -> None:
    assert all(isinstance(source, Source) and source.measures for source in sources())
