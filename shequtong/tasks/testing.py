"""Kinds of task for tests: one that counts, one with a file, one in pieces, and those that go wrong in every way there is."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.test import override_settings
from django.utils import timezone

from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.files.usecases import attach_files, store_document
from shequtong.tasks import kinds as known
from shequtong.tasks.kinds import Kind, NewFile, Outcome, Run
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import run_tasks, start_task
from shequtong.tasks.usecases.start_task import PLATFORM

PIECES = 5
_KEYS = count(1)
ran: list[Any] = []  # what the kinds of this module did, in order


def _counting(run: Run) -> Outcome:
    ran.append(run.params.get("n"))
    run.progress(3, 3)
    return Outcome("3 rows", link="/desk/")


def _filing(run: Run) -> Outcome:
    path = run.folder / "made.txt"
    path.write_text(f"for {run.actor.name}", encoding="utf-8")
    return Outcome("1 file", NewFile("名单.txt", "text/plain", path))


def _piecewise(run: Run) -> Outcome:
    for piece in range(run.cursor or 0, PIECES):
        ran.append(piece)
        if run.params.get("breaks_at") == piece and ran.count(piece) == 1:
            raise RuntimeError("13812345678")
        run.save_cursor(piece + 1, done=piece + 1, total=PIECES)
    return Outcome("5 pieces")


def _breaking(_run: Run) -> Outcome:
    ran.append("broke")
    raise RuntimeError("13812345678")


def _refusing(_run: Run) -> Outcome:
    raise Refusal("Too many rows.")


def _forbidden(_run: Run) -> Outcome:
    raise Forbidden("cases.view")


def _endless(run: Run) -> Outcome:
    ran.append("begun")
    while True:
        run.progress(1)
        time.sleep(0.01)


def _noting(run: Run) -> Outcome:
    if run.params.get("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    _note(run, run.params["n"])
    return Outcome("noted")


def _noting_pieces(run: Run) -> Outcome:
    for piece in range(run.cursor or 0, PIECES):
        if run.params["dies_at"] == piece and run.task.attempts == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        _note(run, piece)
        run.save_cursor(piece + 1)
    return Outcome("noted")


def _note(run: Run, what: object) -> None:
    with Path(run.params["file"]).open("a", encoding="utf-8") as file:
        file.write(f"{what}\n")


KINDS = (
    Kind("tasks.counting", "Counting", _counting),
    Kind("tasks.filing", "Filing", _filing),
    Kind("tasks.piecewise", "Piecewise", _piecewise, resumable=True),
    Kind("tasks.breaking", "Breaking", _breaking),
    Kind("tasks.refusing", "Refusing", _refusing),
    Kind("tasks.forbidden", "Forbidden", _forbidden),
    Kind("tasks.endless", "Endless", _endless),
    Kind("tasks.noting", "Noting", _noting),
    Kind("tasks.noting_pieces", "Noting pieces", _noting_pieces, resumable=True),
    Kind("tasks.closing", "Closing", _counting, permission="cases.close"),
)


@contextmanager
def test_kinds() -> Iterator[None]:
    """The kinds of this module instead of the project's."""
    ran.clear()
    with override_settings(TASK_KINDS="shequtong.tasks.testing.KINDS"):
        known.kinds.cache_clear()
        try:
            yield
        finally:
            known.kinds.cache_clear()


test_kinds.__test__ = False  # type: ignore[attr-defined]  # pytest is not to collect it


def make_task(by: Actor, kind: str = "counting", *, now: datetime | None = None, key: str = "", **params: Any) -> Task:
    """A task of a kind of this module, asked for by `by`."""
    return start_task(
        kind=f"tasks.{kind}", params=params, by=by, now=now or timezone.now(), submit_key=key or f"key-{next(_KEYS)}"
    )


def make_result(by: Actor, content: bytes = b"made", *, now: datetime | None = None) -> Task:
    """A task of the project's own that is done, with a file; without a worker."""
    at = now or timezone.now()
    task = Task.objects.create(
        subdistrict_id=by.home,
        kind="tasks.made",
        submit_key=f"key-{next(_KEYS)}",
        account_id=by.account_id or PLATFORM,
        name=by.name,
        post=by.post,
        appointment_id=by.appointment_id,
        language="zh-hans",
        asked_at=at,
        state=Task.State.DONE,
        finished_at=at,
        summary="3 rows",
        file_name="名单.txt",
        file_type="text/plain",
        file_size=len(content),
        file_expires_at=at + timedelta(days=7),
    )
    blob = store_document(content=content, subdistrict_id=by.home, by=by, now=at)
    attach_files(ids=[blob.pk], claim=blob.claim, owner=task, by=by, now=at)
    return task


def make_waiting(by: Actor, kind: str = "tasks.made") -> Task:
    """A task of the project's own that waits for a worker."""
    now = timezone.now()
    return Task.objects.create(
        subdistrict_id=by.home,
        kind=kind,
        submit_key=f"key-{next(_KEYS)}",
        account_id=by.account_id or PLATFORM,
        name=by.name,
        post=by.post,
        appointment_id=by.appointment_id,
        language="zh-hans",
        asked_at=now,
        due_at=now,
    )


def turn(worker: str = "one", *, at: datetime | None = None, slice_seconds: float = 15.0) -> int:
    """One turn of a worker, now or at a given time."""
    return run_tasks(worker=worker, clock=lambda: at or timezone.now(), slice_seconds=slice_seconds)
