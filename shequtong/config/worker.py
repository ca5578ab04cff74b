"""The worker (后台任务进程): runs every scheduled job of every area, one after another, until it is told to stop.

Any number may run: each job claims its own work. A signal to stop waits for the job in hand; a killed worker loses nothing, because
jobs are safe to break off. A job that fails is logged and tried again, less and less often, and stops no other.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from shequtong.accounts.scheduled import JOBS as ACCOUNTS
from shequtong.audit.scheduled import JOBS as AUDIT
from shequtong.cases.scheduled import JOBS as CASES
from shequtong.config.stopping import Stopping
from shequtong.core.jobs import Job, Unfinished, kind_and_place
from shequtong.core.scheduled import JOBS as CORE
from shequtong.figures.scheduled import JOBS as FIGURES
from shequtong.files.scheduled import JOBS as FILES
from shequtong.messaging.scheduled import JOBS as MESSAGING
from shequtong.tasks.scheduled import JOBS as TASKS

logger = logging.getLogger(__name__)

# A test compares this with every `scheduled.py` of the project.
JOBS: tuple[Job, ...] = (*FILES, *AUDIT, *FIGURES, *MESSAGING, *TASKS, *CASES, *ACCOUNTS, *CORE)

# Long jobs work in a process of their own, so that a text message does not wait for somebody's export.
QUICK, LONG = tuple(job for job in JOBS if not job.long), tuple(job for job in JOBS if job.long)

LONGEST_WAIT = 300.0  # seconds between tries of a job that keeps failing, unless it is due less often anyway


@dataclass
class _Turn:
    """A job and when it is due next (seconds of the monotonic clock)."""

    job: Job
    due: float
    failures: int = 0


def work(jobs: Iterable[Job]) -> None:
    """Run the jobs until SIGTERM or SIGINT, which wait for the job in hand."""
    with Stopping() as stopping:
        turns = [_Turn(job, time.monotonic()) for job in jobs]
        logger.info("worker started with %d jobs", len(turns))
        while not stopping.stopped:
            turn = min(turns, key=lambda each: each.due)
            if not stopping.wait(turn.due - time.monotonic()) and turn.due <= time.monotonic():
                _take(turn)
        logger.info("worker stopped")


def work_once(jobs: Iterable[Job] = JOBS) -> int:
    """Run each job once; how many failed."""
    return sum(run(job, timezone.now) is None for job in jobs)


def _take(turn: _Turn) -> None:
    done = run(turn.job, timezone.now)
    turn.failures = turn.failures + 1 if done is None else 0
    every = turn.job.every.total_seconds()
    wait = min(every * 2**turn.failures, max(every, LONGEST_WAIT)) if turn.failures else every
    turn.due = time.monotonic() + (0 if isinstance(done, Unfinished) else wait)


def run(job: Job, clock: Callable[[], datetime]) -> int | None:
    """Run one job; what it says it did, None when it failed. Its database connection is looked after as a request's would be."""
    close_old_connections()
    try:
        done = job.run(clock())
    except Exception as error:
        logger.error("job %s failed: %s", job.name, kind_and_place(error))
        return None
    finally:
        close_old_connections()
    if done:
        logger.debug("job %s: %d", job.name, done)
    return done
