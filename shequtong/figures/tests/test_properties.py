"""Whatever the order of writes, folds, crashes and reads, the sums are those of what was written; nothing is lost or counted twice."""

import sys
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequtong.figures.models import Delta, Total
from shequtong.figures.read import counts
from shequtong.figures.testing import MONDAY, STREET, make_street, source_of
from shequtong.figures.usecases import _adding, fold_deltas
from shequtong.figures.verification import Verification
from shequtong.figures.write import NewDelta, write

MEASURES = ("cases.open", "cases.closed")
deltas = st.builds(
    NewDelta,
    subdistrict_id=st.sampled_from([STREET, STREET + 1]),
    measure=st.sampled_from(MEASURES),
    day=st.sampled_from([MONDAY + timedelta(days=n) for n in range(3)]),
    unit_path=st.sampled_from(["", "AA/", "AA/01/", "AA/01/02/", "AA/010/", "AA/02/"]),
    station_id=st.sampled_from([None, 4, 5]),
    stage=st.sampled_from(["", "HANDLING", "CLOSED"]),
    class_code=st.sampled_from(["", "0101"]),
    n=st.integers(-3, 3),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.lists(deltas, max_size=6)),
        st.tuples(st.just("write and roll back"), st.lists(deltas, max_size=3)),
        st.tuples(st.just("fold"), st.integers(1, 5)),
        st.tuples(st.just("die in a fold"), st.sampled_from(["before the totals", "after the totals", "after the deletion"])),
    ),
    max_size=12,
)


def die_in_a_fold(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(sums: Any) -> None:
        if where != "before the totals":
            _adding.add_to_totals(sums)
        if where != "after the deletion":
            raise KeyboardInterrupt

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt), transaction.atomic():
        patched.setattr(sys.modules[fold_deltas.__module__], "add_to_totals", dying)
        fold_deltas(subdistrict_id=STREET)
        raise KeyboardInterrupt


def play(plan: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch) -> list[NewDelta]:
    """Do the steps; what was written for good."""
    kept: list[NewDelta] = []
    for what, how in plan:
        if what == "write":
            with transaction.atomic():
                write(how)
            kept += how
        elif what == "write and roll back":
            with suppress(KeyboardInterrupt), transaction.atomic():
                write(how)
                raise KeyboardInterrupt
        elif what == "fold":
            fold_deltas(subdistrict_id=STREET, limit=how)
        else:
            die_in_a_fold(how, monkeypatch)
    return kept


def model(kept: list[NewDelta], by: tuple[str, ...], **wanted: Any) -> dict[tuple[Any, ...], int]:
    sums: Counter[tuple[Any, ...]] = Counter()
    for delta in kept:
        row = delta.key._asdict()
        if row["unit_path"].startswith(wanted.get("under", "")) and wanted.get("station", row["station_id"]) == row["station_id"]:
            first, last = wanted.get("days", (date.min, date.max))
            if first <= delta.day <= last:
                sums[tuple(row[column] for column in by)] += delta.n
    return {key: n for key, n in sums.items() if n}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=steps)
def test_sums_are_those_of_what_was_written(monkeypatch: pytest.MonkeyPatch, plan: list[tuple[str, Any]]) -> None:
    for number in (STREET, STREET + 1):
        make_street(number, f"A{number}")
    Total.objects.all().delete()
    Delta.objects.all().delete()

    kept = play(plan, monkeypatch)

    places = [STREET, STREET + 1]
    two_days = (MONDAY, MONDAY + timedelta(days=1))
    assert counts(places, MEASURES) == model(kept, ())
    assert counts(places, MEASURES, by=("subdistrict_id", "measure", "stage")) == model(
        kept, ("subdistrict_id", "measure", "stage")
    )
    assert counts(places, MEASURES, by=("station_id",), under="AA/01/") == model(kept, ("station_id",), under="AA/01/")
    assert counts(places, MEASURES, by=("day", "class_code"), days=two_days) == model(kept, ("day", "class_code"), days=two_days)
    assert counts(places, MEASURES, by=("unit_path",), station=0) == model(kept, ("unit_path",), station=0)
    for number in places:
        assert not list(Verification(number, [source_of(kept, *MEASURES)]).differences())
