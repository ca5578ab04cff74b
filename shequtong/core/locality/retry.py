"""In-doubt commits (存疑提交): a connection that dies in the middle leaves open whether the write stands; so it is tried again, with the same ids.

Measured on Patroni (scale-out/README.md): after a failover some writes stand though the client saw an error, and none may be done twice.
"""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

T = TypeVar("T")
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds; a dead host was replaced within 20
_SQLITE_BUSY, _SQLITE_LOCKED = 5, 6
# Connection lost, deadlock or serialization failure, too many connections, server going down or starting.
_PASSING = ("08", "40", "53300", "57P")


def passes(error: Exception) -> bool:
    """Whether the same write may succeed when it is tried again: the connection died, or others were in the way."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    sqlite_code = getattr(cause, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite_code & 0xFF in (_SQLITE_BUSY, _SQLITE_LOCKED)
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_PASSING)


def retrying(
    perform: Callable[[], T],
    *,
    found: Callable[[], T | None] | None = None,
    pauses: Sequence[float] = PAUSES,
    using: str = "default",
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Run `perform`, a whole atomic block, until it answers; after a passing error on a new connection, once per pause (seconds).

    The ids `perform` writes are made before it is first called (`new_id`), so that a second try cannot add a second row.
    `found` is asked before each further try: its answer, unless None, says that the first one stood after all.
    Inside a transaction there is one try: only the outermost block can be repeated. The last error is raised as it came.
    """
    if connections[using].in_atomic_block:
        return perform()
    for turn, pause in enumerate((*pauses, None)):
        try:
            stood = found() if turn and found else None
            return perform() if stood is None else stood
        except (OperationalError, InterfaceError) as error:
            if pause is None or not passes(error):
                raise
            connections[using].close()
            sleep(pause)
    raise AssertionError("unreachable: the last try returns or raises")
