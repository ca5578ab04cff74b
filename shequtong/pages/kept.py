"""What is kept for a few seconds (短时缓存): computed once however many ask at the same time, and by key, so that nobody gets another's.

It lies in the memory of a process: each process computes its own, and a statement less is sent than a table of it would cost.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from shequtong.core.held import Held

SECONDS = 5.0
MOST = 200  # keys kept; those asked for last


@dataclass
class _Slot:
    """One value; its lock is held while it is computed, so that others wait for it in place of computing it, too."""

    value: bytes = b""
    at: float = float("-inf")
    lock: Lock = field(default_factory=Lock)


@dataclass
class _Slots:
    """All of a process."""

    by_key: OrderedDict[Hashable, _Slot] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def slot(self, key: Hashable) -> _Slot:
        with self.lock:
            found = self.by_key.setdefault(key, _Slot())
            self.by_key.move_to_end(key)
            while len(self.by_key) > MOST:
                self.by_key.popitem(last=False)
            return found


# Held under a name that never changes: it lasts as long as the process, and goes when everything held is dropped.
_SLOTS: Held[_Slots] = Held("pages.kept", _Slots)


def kept(key: Hashable, make: Callable[[], bytes]) -> bytes:
    """What `make` gave at most SECONDS ago for this key. `key` says all that the value depends on, whose reach it shows above all."""
    slot = _SLOTS().slot(key)
    with slot.lock:
        if time.monotonic() - slot.at >= SECONDS:
            slot.value = make()
            slot.at = time.monotonic()
        return slot.value


def forget() -> None:
    """Compute anew at the next asking (tests)."""
    _SLOTS().by_key.clear()
