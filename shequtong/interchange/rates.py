"""How fast somebody may ask (访问频次): calls of this minute, counted in this process alone, so that reading writes nothing.

With several workers each counts for itself, and the bound is as many times as high. What is sent is counted by `core.tally` as well.
"""

import threading
import time

_MINUTE = 60
_lock = threading.Lock()
_minute = -1
_calls: dict[str, int] = {}


def wait_for(who: str, most: int, *, at: float | None = None) -> int:
    """Count a call of `who`; 0 when it may go on, else the seconds until the next minute begins."""
    global _minute
    moment = time.time() if at is None else at
    with _lock:
        if int(moment // _MINUTE) != _minute:  # a new minute forgets everybody: what is held stays small
            _minute = int(moment // _MINUTE)
            _calls.clear()
        _calls[who] = _calls.get(who, 0) + 1
        if _calls[who] <= most:
            return 0
    return int(_MINUTE - moment % _MINUTE) + 1


def forget() -> None:
    """Between tests."""
    with _lock:
        _calls.clear()
