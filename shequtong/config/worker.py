"""The worker (后台任务进程): runs every scheduled job of every area, one after another, until it is told to stop.

Any number may run: each job claims its own work. A signal to stop waits for the job in hand; a killed worker loses nothing, because
jobs are safe to break off. A job that fails is logged and tried again, less and less often, and stops no other.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import close_old_connections
from django.utils import timezone

from shequtong.accounts.scheduled import JOBS as ACCOUNTS
from shequtong.audit.scheduled import JOBS as AUDIT
from shequtong.cases.scheduled import JOBS as CASES
from shequtong.config.scheduled import JOBS as CONFIG
from shequtong.config.stopping import Stopping
from shequtong.config.watch import measures
from shequtong.core.heartbeats import beat
from shequtong.core.jobs import Job, Unfinished, kind_and_place
from shequtong.core.scheduled import JOBS as CORE
from shequtong.figures.scheduled import JOBS as FIGURES
from shequtong.files.scheduled import JOBS as FILES
from shequtong.interchange.scheduled import JOBS as INTERCHANGE
from shequtong.messaging.scheduled import JOBS as MESSAGING
from shequtong.people.scheduled import JOBS as PEOPLE
from shequtong.tasks.scheduled import JOBS as TASKS

logger = logging.getLogger(__name__)

# A test compares this with every `scheduled.py` of the project.
JOBS: tuple[Job, ...] = (*FILES, *AUDIT, *FIGURES, *MESSAGING, *TASKS, *CASES, *ACCOUNTS, *CORE, *CONFIG, *INTERCHANGE, *PEOPLE)

# Long jobs work in a process of their own, so that a text message does not wait for somebody's export.
QUICK, LONG = tuple(job for job in JOBS if not job.long), tuple(job for job in JOBS if job.long)

LONGEST_WAIT = 300.0  # seconds between tries of a job that keeps failing, unless it is due less often anyway


@dataclass
class _Turn:
    """A job and when it is due next (seconds of the monotonic clock)."""

    job: Job
    due: float
    failures: int = 0
    longest: float = LONGEST_WAIT


BEAT_EVERY = 15.0  # seconds between signs of life


def work(jobs: Iterable[Job], name: str = "") -> None:
    """Run the jobs until SIGTERM or SIGINT, which wait for the job in hand; as `name` it is heard of between them (core.heartbeats)."""
    with Stopping() as stopping:
        turns = [_Turn(job, time.monotonic()) for job in jobs]
        if name:
            beats = Job(f"beat.{name}", timedelta(seconds=BEAT_EVERY), partial(_beat, name))
            turns.append(_Turn(beats, time.monotonic(), longest=BEAT_EVERY))
        logger.info("worker started with %d jobs", len(turns))
        while not stopping.stopped:
            turn = min(turns, key=lambda each: each.due)
            if stopping.wait(turn.due - time.monotonic()) or turn.due > time.monotonic():
                continue
            if _take(turn) and turn.longest < LONGEST_WAIT:
                _all_at_once(turns)
        logger.info("worker stopped")


def work_once(jobs: Iterable[Job] = JOBS) -> int:
    """Run each job once; how many failed."""
    return sum(run(job, timezone.now) is None for job in jobs)


def _beat(name: str, now: datetime) -> int:
    beat(name, now)
    return 0


def _all_at_once(turns: list[_Turn]) -> None:
    """The database is back: what failed meanwhile waits no longer."""
    for turn in turns:
        if turn.failures:
            turn.due = time.monotonic()


def _take(turn: _Turn) -> bool:
    """One turn; whether it succeeded after it had failed."""
    failed_before = turn.failures > 0
    done = run(turn.job, timezone.now)
    turn.failures = turn.failures + 1 if done is None else 0
    every = turn.job.every.total_seconds()
    wait = min(every * 2**turn.failures, max(every, turn.longest)) if turn.failures else every
    turn.due = time.monotonic() + (0 if isinstance(done, Unfinished) else wait)
    return failed_before and done is not None


def run(job: Job, clock: Callable[[], datetime]) -> int | None:
    """Run one job; what it says it did, None when it failed. Its database connection is looked after as a request's would be."""
    close_old_connections()
    began, result = time.monotonic(), "failed"
    try:
        done = job.run(clock())
        result = "done" if done else "idle"
    except Exception as error:
        logger.error("job %s failed: %s", job.name, kind_and_place(error))
        return None
    finally:
        close_old_connections()
        measures.worked(job.name, result, time.monotonic() - began)
    if done:
        logger.debug("job %s: %d", job.name, done)
    return done
