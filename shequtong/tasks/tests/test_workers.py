"""Several workers, real processes: each task is run by one of them, and a killed one loses nothing."""

import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from shequtong.core.actors import SystemActor
from shequtong.tasks.models import Task
from shequtong.tasks.testing import PIECES, make_task
from shequtong.testing.patience import PATIENCE
from shequtong.testing.town import STREET, Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash]
Process = subprocess.Popen[str]
NIGHTLY = SystemActor("nightly", home=STREET)
State = Task.State


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "noted.txt"


def start(manner: str = "plain") -> Process:
    command = [sys.executable, "-m", "shequtong.tasks.tests.runner", str(connection.settings_dict["NAME"]), manner]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(*processes: Process) -> list[int]:
    for process in processes:
        process.communicate(timeout=PATIENCE)
    return [process.returncode for process in processes]


def ask(number: int, file: Path, kind: str = "noting", **params: Any) -> list[int]:
    early = timezone.now() - timedelta(seconds=1)
    return [make_task(NIGHTLY, kind, now=early, n=n, file=str(file), **params).pk for n in range(number)]


def noted(file: Path) -> Counter[str]:
    return Counter(file.read_text().splitlines())


def states() -> Counter[str]:
    return Counter(Task.objects.within(STREET).values_list("state", flat=True))


def test_each_task_is_run_by_one_worker(town: Town, file: Path) -> None:
    ask(40, file)
    assert finish(*[start() for _ in range(3)]) == [0, 0, 0]
    assert noted(file) == Counter(str(n) for n in range(40))
    assert states() == {State.DONE: 40}


def test_one_that_is_killed_is_taken_over_from_where_it_was(town: Town, file: Path) -> None:
    (task,) = ask(1, file, "noting_pieces", dies_at=2)
    assert finish(start()) == [-signal.SIGKILL]
    assert Task.objects.get(pk=task).state == State.RUNNING
    assert finish(start()) == [0]
    assert Task.objects.get(pk=task).state == State.RUNNING
    assert finish(start("later")) == [0]
    assert Task.objects.get(pk=task).state == State.DONE
    assert noted(file) == Counter(str(piece) for piece in range(PIECES))


def test_a_task_that_kills_its_worker_is_given_up(town: Town, file: Path) -> None:
    (task,) = ask(1, file, dies=True)
    for _ in range(3):
        assert finish(start()) == [-signal.SIGKILL]
        Task.objects.filter(pk=task).update(due_at=timezone.now() - timedelta(seconds=1))
    assert finish(start()) == [0]
    assert Task.objects.get(pk=task).state == State.FAILED


def test_a_running_one_stops_soon_after_it_is_called_off(town: Town, file: Path) -> None:
    (task,) = ask(1, file, "endless")
    worker = start()
    end = time.monotonic() + PATIENCE
    while Task.objects.get(pk=task).state != State.RUNNING:
        assert time.monotonic() < end
        time.sleep(0.05)
    Task.objects.filter(pk=task).update(cancel_asked_at=timezone.now())
    assert finish(worker) == [0]
    assert Task.objects.get(pk=task).state == State.CANCELLED
