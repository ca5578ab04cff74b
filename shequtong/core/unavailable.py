"""Away for now (暂时不可用): errors that pass by themselves, told from mistakes of ours: a database that is away, busy or full, a full disk."""

import errno
from typing import Final

from django.db import Error

# What SQLite calls them; "SQLITE_ERROR" is a statement of ours that is wrong.
_SQLITE: Final = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_PROTOCOL",
)
# Classes of PostgreSQL's states: connection, deadlock, resources, shutting down, lock not available, system.
_STATES: Final = ("08", "25006", "40", "53", "57", "55P03", "58")
_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG})


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the same request may succeed in a minute though nobody mends the program."""
    if isinstance(error, OSError):
        return error.errno in _DISK
    if not isinstance(error, Error):
        return False
    cause = error.__cause__ or error
    if name := getattr(cause, "sqlite_errorname", ""):
        return str(name).startswith(_SQLITE)
    if state := getattr(cause, "sqlstate", None):
        return str(state).startswith(_STATES)
    # psycopg gives no state to a connection that broke or never came about.
    return type(cause).__module__.startswith("psycopg") and type(cause).__name__ in (
        "OperationalError",
        "InterfaceError",
        "ConnectionTimeout",
    )
