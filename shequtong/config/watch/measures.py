"""Figures of the running platform (运行指标) for Prometheus: requests by route, jobs by name, and what waits.

A server and a worker call `keep` when they start: from then on their counts lie in files of the machine (slots.py), and `/metrics` adds up
those of all processes. Elsewhere (tests, commands) counts stay in the process. Labels are names of ours, never an address.
"""

import logging
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, Summary, generate_latest, multiprocess, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from shequtong.config.watch import slots
from shequtong.core.heartbeats import signs

logger = logging.getLogger(__name__)
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_REQUEST_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_JOB_BUCKETS: Final = (0.01, 0.1, 1.0, 10.0, 60.0, 600.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
_folder: Path | None = None


@dataclass(frozen=True)
class _Figures:
    """All counts of a process."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    statements: Summary
    jobs: Counter
    job_seconds: Histogram


@cache
def figures() -> _Figures:
    """Made when first counted, so that `keep` may say before where."""
    own = CollectorRegistry()
    return _Figures(
        own,
        Counter("shequtong_requests", "Requests answered.", ["route", "method", "status"], registry=own),
        Histogram("shequtong_request_seconds", "Time to answer.", ["route"], buckets=_REQUEST_BUCKETS, registry=own),
        Summary("shequtong_request_statements", "Statements a request sent.", ["route"], registry=own),
        Counter("shequtong_jobs", "Turns of the worker's jobs.", ["job", "result"], registry=own),
        Histogram("shequtong_job_seconds", "Time of a turn of a job.", ["job"], buckets=_JOB_BUCKETS, registry=own),
    )


def keep(role: str) -> None:
    """Keep the counts of this process where `/metrics` of any server of this machine finds them; without a disk for it, in itself."""
    global _folder
    folder = Path(settings.METRICS_FOLDER)
    try:
        slot = slots.take(folder, role)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        values.ValueClass = values.MultiProcessValue(process_identifier=lambda: slot)  # type: ignore[no-untyped-call]  # the library has no types here
        figures()
        _folder = folder
    except OSError as error:
        logger.error("counts are kept in this process alone: %s", type(error).__name__)


def answered(route: str, method: str, status: int, seconds: float, statements: int) -> None:
    """A request was answered."""
    kept = figures()
    kept.requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
    kept.seconds.labels(route).observe(seconds)
    kept.statements.labels(route).observe(statements)


def worked(job: str, result: str, seconds: float) -> None:
    """A job had its turn: result "done", "idle" or "failed"."""
    kept = figures()
    kept.jobs.labels(job, result).inc()
    kept.job_seconds.labels(job).observe(seconds)


def exposed() -> bytes:
    """Everything, in Prometheus' text form."""
    if _folder is None:
        counted = figures().registry
    else:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted, path=str(_folder))  # type: ignore[no-untyped-call]  # as above
    told = CollectorRegistry()
    told.register(_Waiting())
    return bytes(generate_latest(counted) + generate_latest(told))


class _Waiting(Collector):
    """What waits, as the worker counted it last (queues.py), and how long ago each kind of worker was seen."""

    def collect(self) -> list[GaugeMetricFamily]:
        up = GaugeMetricFamily("shequtong_database_up", "Whether the database answered.")
        seen = GaugeMetricFamily("shequtong_worker_seen_seconds", "Since a worker was last at its loop.", labels=["worker"])
        waiting = GaugeMetricFamily("shequtong_waiting", "What waits, as counted by the worker.", labels=["what"])
        try:
            found, now = signs(), timezone.now()
        except DatabaseError:
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        for name, sign in found.items():
            seen.add_metric([name], (now - sign.at).total_seconds())
            for what, number in sign.facts.items():
                waiting.add_metric([what], number)
        return [up, seen, waiting]
