"""The worker: every job of every area, none stopped by another's failure, and the one in hand is finished."""

import importlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

import shequtong
from shequtong.config import worker
from shequtong.core.jobs import Job, Unfinished
from shequtong.testing.patience import PATIENCE

T = TypeVar("T")
AREAS = Path(shequtong.__file__).parent


@pytest.fixture(autouse=True)
def connections_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker looks after connections; a test's own must stay."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


def job(name: str, run: Callable[[datetime], int], every: float = 0.05) -> Job:
    return Job(name, timedelta(seconds=every), run)


def note(seen: list[T], what: T) -> int:
    seen.append(what)
    return 0


def stops_when(true: Callable[[], bool]) -> Callable[[], int]:
    """What a job calls at its end: the worker is told to stop once that is true, or will not be."""
    until = time.monotonic() + PATIENCE

    def stop() -> int:
        if true() or time.monotonic() > until:
            os.kill(os.getpid(), signal.SIGTERM)
        return 0

    return stop


def stop_soon(seconds: float = 0.4, number: int = signal.SIGTERM) -> None:
    threading.Timer(seconds, os.kill, (os.getpid(), number)).start()


def test_every_job_of_every_area_is_in_the_list() -> None:
    found = [
        one
        for file in sorted(AREAS.glob("*/scheduled.py"))
        for one in importlib.import_module(f"shequtong.{file.parent.name}.scheduled").JOBS
    ]
    assert {one.name for one in found} == {one.name for one in worker.JOBS}
    assert len({one.name for one in worker.JOBS}) == len(worker.JOBS)
    assert all(one.name.startswith(f"{one.run.__module__.split('.')[1]}.") for one in worker.JOBS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_job_in_hand_is_finished_and_no_other_begun(number: int) -> None:
    told: list[str] = []

    def slow(_now: datetime) -> int:
        told.append("begun")
        os.kill(os.getpid(), number)
        time.sleep(0.2)
        told.append("finished")
        return 1

    before = signal.getsignal(signal.SIGTERM)
    worker.work([job("slow", slow, 60), job("next", lambda _now: note(told, "next"), 60)])
    assert told == ["begun", "finished"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_idle_worker_stops_at_once() -> None:
    stop_soon(0.1)
    start = time.monotonic()
    worker.work([job("rare", lambda _now: 0, 3600)])
    assert time.monotonic() - start < 2


def test_a_failure_stops_no_other_and_is_tried_less_and_less_often() -> None:
    runs, tried = list[str](), list[float]()

    def broken(_now: datetime) -> int:
        tried.append(time.monotonic())
        runs.append("broken")
        raise RuntimeError

    stop = stops_when(lambda: len(tried) == 4)
    worker.work([job("broken", broken), job("good", lambda _now: note(runs, "good") + stop())])
    assert all(gap >= 0.05 * 2**failures for failures, gap in enumerate((b - a for a, b in pairwise(tried)), 1))
    assert len(tried) == 4
    assert ("broken", "broken") not in pairwise(runs)


def test_a_failure_is_logged_by_kind_and_place_and_not_by_its_words(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("shequtong"), "propagate", True)

    def broken(_now: datetime) -> int:
        raise ValueError("13812345678")

    assert not worker.run(job("broken", broken), datetime.now)
    assert "broken failed: ValueError at" in caplog.text
    assert "test_worker.py:" in caplog.text
    assert "13812345678" not in caplog.text


def test_a_job_that_did_not_finish_goes_on_at_once_and_keeps_no_other_waiting() -> None:
    runs: list[str] = []
    left = iter([Unfinished(1)] * 5)

    def backlog(_now: datetime) -> int:
        runs.append("backlog")
        time.sleep(0.02)
        return next(left, 0)

    stop = stops_when(lambda: runs[-3:] == ["other"] * 3)
    worker.work([job("backlog", backlog, 60), job("other", lambda _now: note(runs, "other") + stop(), 0.01)])
    assert runs.count("backlog") == 6
    assert "other" in runs[: runs.index("backlog", runs.index("backlog") + 1)]


def test_each_job_is_told_the_time_it_starts() -> None:
    seen: list[datetime] = []
    stop = stops_when(lambda: len(seen) == 3)
    worker.work([job("clock", lambda now: note(seen, now) + stop(), 0.1)])
    assert len(seen) == 3
    assert seen == sorted(set(seen))
    assert all(moment.tzinfo is not None for moment in seen)
