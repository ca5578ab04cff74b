"""Scheduled work (定时任务): what an area asks the worker to run again and again.

Each area's `scheduled.py` exposes `JOBS: tuple[Job, ...]`; the worker's list is the sum of them, there is no registry to forget.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb

_SHOWN_FRAMES, _OURS = 3, "/shequtong/"


@dataclass(frozen=True)
class Job:
    """`run(now)` is called about every `every`, by any number of workers at once: it claims its own work and says how many items it did.

    It must be safe to kill at any point and to run twice; an exception is logged by the worker and the job is tried again next time.
    """

    name: str  # e.g. "audit.seal_new_entries"
    every: timedelta
    run: Callable[[datetime], int]
    long: bool = False  # may take minutes: it runs in a process of its own (`manage.py work --long`) and keeps no other waiting


class Unfinished(int):
    """How many items a job did in a turn that ended before its work: it is due again as soon as the other jobs had theirs."""


def kind_and_place(error: BaseException) -> str:
    """Kind and place of an error without its words: a database quotes the row that it refused, and rows hold people."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames[:-1] if _OURS in frame.filename][-_SHOWN_FRAMES:]
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in [*ours, *frames[-1:]])
    return f"{type(error).__name__} at {places}"
