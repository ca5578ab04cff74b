"""The clock of a server that a story plays on (故事时钟): every Python process of it reads from a file how far its time is moved.

Python imports this by its name at the start of each process whose PYTHONPATH names this folder (`server.StoryClock`). The program under
test knows nothing of it and runs unchanged: web server, worker and commands all see the one moved time, and it goes on ticking.
"""

import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import time_machine

_FILE = Path(os.environ["STORY_CLOCK"])
_sleep = threading.Event().wait
_said = _FILE.read_text()


def _moved(real: float) -> datetime:
    return datetime.fromtimestamp(real + float(_said), UTC)


_time = time_machine.travel(_moved(time.time()), tick=True).start()


def _follow() -> None:
    global _said
    while True:
        _sleep(0.05)
        said = _FILE.read_text()
        if said != _said:
            _said = said
            _time.move_to(_moved(time_machine.escape_hatch.time.time()))


def _start() -> None:
    threading.Thread(target=_follow, daemon=True).start()


_start()
os.register_at_fork(after_in_child=_start)
