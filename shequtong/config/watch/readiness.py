"""Ready (就绪检查): what must be there so that people can be served, each answered in plain words and in bounded time.

A database that does not answer is given up after the time-outs of `settings/database.py`.
"""

import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from shequtong.core import keys
from shequtong.core.heartbeats import Sign, signs
from shequtong.core.jobs import kind_and_place

MB = 1024 * 1024


@dataclass(frozen=True)
class Check:
    """What was looked at, and what was found."""

    ok: bool
    says: str


def look() -> dict[str, Check]:
    """All checks by name. Two statements at most; none after the first that the database refuses."""
    found = {"disk": _guarded(_disk), "keys": _guarded(_keys)}
    try:
        found["database"], found["migrations"] = Check(True, connection.vendor), _migrations()
        found["worker"] = _worker(signs(), timezone.now())
    except (DatabaseError, OSError) as error:
        found["database"] = Check(False, kind_and_place(error))
        for name in ("migrations", "worker"):
            found.setdefault(name, Check(False, "not asked: the database does not answer"))
        connection.close()
    return found


def _guarded(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except (OSError, keys.KeyFileError, ValueError) as error:
        return Check(False, kind_and_place(error))


def _disk() -> Check:
    folders = [Path(settings.SHEQUTONG_DATA), Path(settings.AUDIT_FOLDER)]
    free = min(shutil.disk_usage(folder).free // MB for folder in folders if folder.exists())
    return Check(free >= settings.READY_FREE_MB, f"{free} MB free, {settings.READY_FREE_MB} needed")


def _keys() -> Check:
    keys.ring()
    keys.audit_key()
    return Check(True, f"{len(keys.ring().keys)} sealing keys")


@functools.cache
def _in_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _migrations() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = {(app, name) for app, name in cursor.fetchall()}
    missing = sorted(f"{app}.{name}" for app, name in _in_code() - applied)
    return Check(not missing, f"not applied: {', '.join(missing[:5])}" if missing else f"{len(_in_code())} applied")


def _worker(seen: dict[str, Sign], now: datetime) -> Check:
    if "work" not in seen:
        return Check(False, "never seen: start `manage.py work`")
    ago = round((now - seen["work"].at).total_seconds())
    return Check(ago <= settings.READY_WORKER_SECONDS, f"last seen {ago} s ago, {settings.READY_WORKER_SECONDS} allowed")
