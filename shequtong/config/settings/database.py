"""SQLite by default, PostgreSQL by DATABASE_URL; a commit is on disk before it is answered on both."""

from typing import Any

from .env import DATA, env

SQLITE_OPTIONS: dict[str, Any] = {
    # DEFERRED (Django's default) gives "database is locked" as soon as two writers meet.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;PRAGMA temp_store=2;"
    ),
}


def _database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", default="")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "shequtong.sqlite3"),
            "CONN_MAX_AGE": 600,
            "OPTIONS": SQLITE_OPTIONS,
            # A file, not memory: threads and processes of the tests meet the same WAL as in use.
            "TEST": {"NAME": str(DATA / "test.sqlite3")},
        }
    found: dict[str, Any] = dict(env.db_url_config(url))
    if "sqlite" in found["ENGINE"]:
        found["OPTIONS"] = SQLITE_OPTIONS
        found["TEST"] = {"NAME": found["NAME"] + ".test"}
    else:
        found["ENGINE"] = "shequtong.core.postgresql"
        # A server that is away is given up soon: whoever waits is told so (503) instead of holding a thread.
        away = {"connect_timeout": 5, "tcp_user_timeout": 10_000, "keepalives_idle": 30}
        found["OPTIONS"] = {**away, **found.get("OPTIONS", {}), "options": "-c synchronous_commit=on"}
        found["CONN_HEALTH_CHECKS"] = True
    found["CONN_MAX_AGE"] = 600
    return found


DATABASES = {"default": _database()}
