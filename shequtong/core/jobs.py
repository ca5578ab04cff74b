"""Scheduled work (定时任务): what an area asks the worker to run again and again.

Each area's `scheduled.py` exposes `JOBS: tuple[Job, ...]`; the worker's list is the sum of them, there is no registry to forget.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Job:
    """`run(now)` is called about every `every`, by any number of workers at once: it claims its own work and says how many items it did.

    It must be safe to kill at any point and to run twice; an exception is logged by the worker and the job is tried again next time.
    """

    name: str  # e.g. "audit.seal_new_entries"
    every: timedelta
    run: Callable[[datetime], int]
