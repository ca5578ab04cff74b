"""Kinds of task (任务种类): what an area can be asked to do outside a request. The whole list is `config/tasks.py`.

A kind's `run` is called by a worker, in the language and zone of who asked, outside any transaction. It must be safe to kill at any
point and to run again from its start (or from its cursor). It asks `run.actor` for the rights again: they may have ended meanwhile.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from shequtong.core.actors import Actor
from shequtong.tasks.models import Task


@dataclass(frozen=True)
class NewFile:
    """A file that a task made: `content` is its bytes, or a path inside `run.folder`."""

    name: str  # as the browser saves it, e.g. "案件 2026-04-13.xlsx"
    content_type: str
    content: bytes | Path


@dataclass(frozen=True)
class Outcome:
    """What came of it: a sentence for who asked (no personal data), perhaps a file, perhaps a path of ours to what was made."""

    summary: str
    file: NewFile | None = None
    link: str = ""
    left_out: bool = False  # part of what was asked for was not done: said in red


class Run(Protocol):
    """One turn at a task, as its kind sees it."""

    @property
    def task(self) -> Task:
        """The row as it was claimed."""

    @property
    def params(self) -> dict[str, Any]:
        """What was asked, as given to `start_task`."""

    @property
    def actor(self) -> Actor:
        """Who asked, in the same post, with the rights of now."""

    @property
    def now(self) -> datetime:
        """When this turn began."""

    @property
    def cursor(self) -> Any:
        """What `save_cursor` was last given; None at the very start."""

    @property
    def folder(self) -> Path:
        """A private folder for what is being made; it is gone when the turn ends."""

    def progress(self, done: int, total: int = 0) -> None:
        """How far it is. Cheap: written once a second. Call it at least once a minute, else another worker takes the task for dead.

        Raises an exception of ours, not to be caught, when the task was cancelled or is no longer this worker's.
        """

    def save_cursor(self, cursor: Any, done: int | None = None, total: int | None = None) -> None:
        """For resumable kinds: all up to `cursor` (JSON) is done and committed; from here it goes on after a crash.

        Raises as `progress` does, and also when the turn is over: others wait, and the task goes on from here at its next turn.
        """

    def cancelled(self) -> bool:
        """Whether it was asked to stop; for kinds that want to tidy up themselves. One statement."""


@dataclass(frozen=True)
class Kind:
    """`name` begins with its area ("cases.export_queue"); `permission` is asked when the task is asked for, whatever the object.

    A `resumable` kind says how far it is by `run.save_cursor` and gets turns of some seconds; any other has one turn, and after a crash
    begins again, twice at the most.
    """

    name: str
    label: str | Promise
    run: Callable[[Run], Outcome]
    resumable: bool = False
    permission: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, from the list that `settings.TASK_KINDS` names."""
    listed: tuple[Kind, ...] = import_string(settings.TASK_KINDS)
    return {kind.name: kind for kind in listed}


def label_of(name: str) -> str:
    """The kind in the reader's words; its code when an older version left it behind."""
    found = kinds().get(name)
    return str(found.label) if found else name


@cache
def rebuild_actor() -> "Callable[[Task, datetime], Actor | None]":
    """The hook that `settings.TASK_ACTOR` names: who asked, as of now, or None when the account or the post has ended.

    Access lies above tasks, and alone knows what an appointment gives.
    """
    found: Callable[[Task, datetime], Actor | None] = import_string(settings.TASK_ACTOR)
    return found
