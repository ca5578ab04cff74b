"""What this machine is, so that figures of two machines are not taken for each other (测量环境).

The same code took three times as long on one machine of two cores as on another where a bare loop took as long on both: what differed was
the time of a read that no cache holds, and pages are such reads. It comes in phases, so it is said before and after a run.
"""

import os
import random
import time
from typing import Any

READS = 1_000_000  # objects of 32 bytes, in disorder: 40 MB
STEPS = 3_000_000


def machine(when: str) -> list[dict[str, Any]]:
    """Nanoseconds of a read of memory in disorder and of a turn of a bare loop, each with the interpreter's own share; `when` names them."""
    objects = list(range(1 << 40, (1 << 40) + READS))
    random.Random(1).shuffle(objects)  # noqa: S311  # no secret
    began = time.perf_counter()
    sum(objects)
    read = (time.perf_counter() - began) / READS
    began = time.perf_counter()
    for _turn in range(STEPS):
        pass
    turn = (time.perf_counter() - began) / STEPS
    same = {"unit": "ns", "bar": None, "engine": "", "size": 0, "load_average": round(os.getloadavg()[0], 2)}
    return [
        {"name": f"machine: {name}, {when}", "value": round(seconds * 1e9, 1), **same}
        for name, seconds in (("a read in disorder", read), ("a turn of a loop", turn))
    ]
