"""What waits (积压): counted by the worker every half minute and left beside its heartbeat, so that asking for figures costs one statement.

Each count goes along an index of what waits alone; five statements over all subdistricts.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Min

from shequtong.audit.models import Entry
from shequtong.core.heartbeats import beat
from shequtong.core.places import places
from shequtong.figures.models import Delta
from shequtong.messaging.models import Message
from shequtong.tasks.models import Task

NAME = "queues"


def measure(now: datetime) -> int:
    """Count what waits and leave it where `/metrics` finds it; 0, for nothing was moved."""
    beat(NAME, now, waiting(now))
    return 0


def waiting(now: datetime) -> dict[str, float]:
    """Each figure by its name."""
    here = [place.number for place in places()]
    outbox = _oldest(
        Message.objects.within(*here).filter(send_after__isnull=False).aggregate(n=Count("id"), at=Min("created_at")), now
    )
    tasks = _oldest(Task.objects.within(*here).filter(due_at__isnull=False).aggregate(n=Count("id"), at=Min("asked_at")), now)
    return {
        "outbox": outbox[0],
        "outbox_oldest_seconds": outbox[1],
        "tasks": tasks[0],
        "tasks_oldest_seconds": tasks[1],
        "audit_unsealed": Entry.objects.filter(subdistrict__in=here, position=None).count(),
        "figures_unfolded": Delta.objects.filter(subdistrict__in=here).count(),
        "database_connections": _connections(),
    }


def _oldest(found: dict[str, Any], now: datetime) -> tuple[int, float]:
    return found["n"], (now - found["at"]).total_seconds() if found["at"] else 0.0


def _connections() -> int:
    """Of everybody to this database; a file has none to count."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
