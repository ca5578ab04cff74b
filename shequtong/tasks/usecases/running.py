"""One turn at a task (执行): what its kind sees, and the writes that only the holder of the turn may make."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shequtong.core.actors import Actor
from shequtong.tasks.models import Task

LEASE = timedelta(minutes=2)  # without a sign of life so long, the worker is dead
WRITE_EVERY = 1.0  # seconds between notes of progress


class Ended(BaseException):
    """The turn must end here. No Exception: a kind that catches its own errors does not catch this."""


class TurnOver(Ended):
    """A resumable task has had its time and goes on later from its cursor."""


class CalledOff(Ended):
    """Who asked has cancelled it."""


class TurnLost(Ended):
    """Another worker has taken it over; whatever this one writes counts for nothing."""


class TaskRun:
    """Satisfies `kinds.Run`."""

    def __init__(
        self, task: Task, *, actor: Actor, folder: Path, clock: Callable[[], datetime], ends: float, resumable: bool
    ) -> None:
        self.task, self.actor, self.folder, self.now = task, actor, folder, clock()
        self.params: dict[str, Any] = task.params
        self.cursor: Any = task.cursor
        self._clock, self._ends, self._resumable = clock, ends, resumable
        self._written = time.monotonic()

    def progress(self, done: int, total: int = 0) -> None:
        """How far it is."""
        self.task.done, self.task.total = done, total or self.task.total
        if time.monotonic() - self._written >= WRITE_EVERY:
            self._breathe()

    def save_cursor(self, cursor: Any, done: int | None = None, total: int | None = None) -> None:
        """All up to `cursor` is done."""
        if not self._resumable:
            raise TypeError(f"{self.task.kind} is not a resumable kind")
        self.task.done = self.task.done if done is None else done
        self.task.total = self.task.total if total is None else total
        self.cursor, self.task.attempts = cursor, 0
        self._breathe(cursor=cursor, attempts=0)
        if time.monotonic() >= self._ends:
            raise TurnOver

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return not self._held().filter(cancel_asked_at__isnull=True).exists()

    def _breathe(self, **changes: Any) -> None:
        """A sign of life, with how far it is."""
        living = self._held().filter(cancel_asked_at__isnull=True)
        if not living.update(done=self.task.done, total=self.task.total, due_at=self._clock() + LEASE, **changes):
            raise CalledOff if self._held().exists() else TurnLost
        self._written = time.monotonic()

    def _held(self) -> Any:
        return Task.objects.filter(pk=self.task.pk, state=Task.State.RUNNING, turn=self.task.turn)
