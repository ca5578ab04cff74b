"""A slot a process (计数槽位): where a process keeps its counts, so that one that is started again goes on counting where the last one died.

The lock of a slot is the process's: it goes with it, however it ends. So there are as many files as processes ever ran at once.
"""

import fcntl
import os
from pathlib import Path

MOST = 256
_locks: list[int] = []  # open for the life of the process: closing one would give the slot away


def take(folder: Path, role: str) -> str:
    """The name of the first free slot of a role ("web", "work", "long"): web-0, web-1 …"""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(MOST):
        handle = os.open(folder / f"{role}-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        _locks.append(handle)
        return f"{role}-{number}"
    raise OSError(f"{MOST} processes of {role} already keep counts in {folder}")
