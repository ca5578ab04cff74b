"""bench_duplicates: by its definition on a few requests, and on the real ones with what the documentation says."""

import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from shequtong.cases.flow import Rules
from shequtong.interchange.management.commands.bench_duplicates import FILE

FIRST = datetime(2012, 5, 7)  # noqa: DTZ001  # the file's days have no zone
METRE = 1 / 111_195  # of latitude, in degrees


def request(
    no: int, day: float, metres: float = 0, *, dup: bool = False, closed: float | None = 90, **told: Any
) -> dict[str, Any]:
    """A request so many days and metres from the first."""
    plain = {"city": "A", "request_id": str(no), "category": "k", "subcategory": "n", "address": "12 S MAIN", "lon": -87.6}
    times = {"created": FIRST + timedelta(days=day), "closed": None if closed is None else FIRST + timedelta(days=closed)}
    return {**plain, **times, "lat": 41.8 + metres * METRE, "status": "Completed - Dup" if dup else "Completed", **told}


def measured(path: Path, *options: str) -> dict[str, Any]:
    """Run the command and read what it says."""
    out = StringIO()
    call_command("bench_duplicates", str(path), "--json", *options, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def product(tmp_path: Path, rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Offered, right and marked under the product's setting, all requests judging."""
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "h.parquet")
    score = measured(tmp_path / "h.parquet", "--split", "0")["product"]["test"]
    return score["offered"], score["right"], score["marked"]


@pytest.mark.parametrize(
    ("second", "score"),
    [
        (request(2, 1, 30, dup=True), (1, 1, 1)),
        (request(2, 1, 30), (1, 0, 1)),  # nobody marked it: a false alarm
        (request(2, 1, 51, dup=True), (0, 0, 2)),
        (request(2, 3, dup=True), (1, 1, 2)),
        (request(2, 3.1, dup=True), (0, 0, 2)),
        (request(2, 1, dup=True, category="other"), (0, 0, 2)),
    ],
)
def test_offered_is_what_is_near_open_and_of_its_class(
    tmp_path: Path, second: dict[str, Any], score: tuple[int, int, int]
) -> None:
    first = request(1, 0, dup=score[2] == 2 or not second["status"].endswith("Dup"))
    assert product(tmp_path, [first, second]) == score


def test_what_was_closed_before_is_not_offered(tmp_path: Path) -> None:
    assert product(tmp_path, [request(1, 0, closed=1), request(2, 2, dup=True)]) == (0, 0, 1)
    assert product(tmp_path, [request(1, 0, closed=2), request(2, 2, dup=True)]) == (1, 1, 1)  # days have no hours
    assert product(tmp_path, [request(1, 0, closed=None), request(2, 2, dup=True)]) == (1, 1, 1)


def test_repeated_numbers_and_cities_without_marks_are_left_out(tmp_path: Path) -> None:
    rows = [request(1, 0), request(1, 0, closed=95), request(2, 1, dup=True), request(3, 1, city="B")]
    assert product(tmp_path, rows) == (1, 1, 1)


def test_a_file_without_marks_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([request(1, 0)]), tmp_path / "h.parquet")
    with pytest.raises(CommandError):
        measured(tmp_path / "h.parquet")


@pytest.mark.skipif(
    not FILE.is_file(), reason="the real requests are no part of the project: they lie beside it, in ../shared/data"
)
def test_the_real_marks_chose_the_products_days() -> None:
    found = measured(FILE)
    assert found["marked"] == 2542
    ours = found["product"]
    assert (ours["setting"]["metres"], ours["setting"]["days"]) == (Rules().near_metres, Rules().near_days) == (50, 3)
    assert ours["test"]["f1"] == pytest.approx(0.513, abs=0.002)
    same_metres = [
        one
        for one in found["sweep"]
        if one["setting"]["metres"] == 50 and not one["setting"]["alike"] and not one["setting"]["same_nature"]
    ]
    assert max(same_metres, key=lambda one: one["train"]["f1"])["setting"]["days"] == 3
    assert found["seconds"] < 60
