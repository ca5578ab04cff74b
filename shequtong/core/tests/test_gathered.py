"""Gathered rows: written at once, or together at the end of the batch, or not at all."""

import pytest

from shequtong.core.gathered import gathering, put

written: list[list[str]] = []


@pytest.fixture(autouse=True)
def _fresh() -> None:
    written.clear()


def trace(rows: list[str]) -> None:
    written.append(["trace", *rows])


def count(rows: list[str]) -> None:
    written.append(["count", *rows])


def test_outside_a_batch_rows_are_written_at_once() -> None:
    put(trace, ["one"])
    assert written == [["trace", "one"]]


def test_within_a_batch_each_kind_is_written_once_in_its_order() -> None:
    with gathering():
        for each in ("one", "two"):
            put(trace, [each])
            put(count, [each])
        assert written == []
    assert written == [["trace", "one", "two"], ["count", "one", "two"]]
    put(trace, ["three"])
    assert written[-1] == ["trace", "three"]


def test_after_an_error_nothing_is_written() -> None:
    def batch() -> None:
        with gathering():
            put(trace, ["one"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        batch()
    assert written == []
    put(trace, ["two"])
    assert written == [["trace", "two"]]
