"""wake_cases by several workers: two never make one moment twice, a dead one leaves nothing half done, no place waits for another's end."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection

from shequtong.cases import scheduled
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.figures.models import Delta
from shequtong.messaging.models import Message
from shequtong.testing.patience import PATIENCE
from shequtong.testing.town import NEXT_STREET, STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)
CLOCK = SystemActor("Clock")
CASES = 12
# A worker of its own process, on this test's database: it dies by SIGKILL while it makes the third move of its first batch.
DIES = """
import os, signal, sys
from datetime import datetime
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from shequtong.audit import log
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.core.actors import SystemActor
record, seen = log.record, []
def dies(*args, **kwargs):
    seen.append(args)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return record(*args, **kwargs)
log.record = dies
wake_cases(subdistrict_id=int(sys.argv[2]), by=SystemActor("Clock"), now=datetime.fromisoformat(sys.argv[3]), batch=10)
"""


def lying(town: Town) -> tuple[list[Case], datetime]:
    """Cases in hand that are due for their reminder, and the moment."""
    cases = [make_case(town, stage=Stage.HANDLING) for _n in range(CASES)]
    return cases, max(case.amber_at for case in cases)


def drained(now: datetime, batch: int = 2) -> int:
    return sum(iter(lambda: wake_cases(subdistrict_id=STREET, by=CLOCK, now=now, batch=batch), 0))


def reminded(cases: list[Case]) -> list[int]:
    """How often each was, by its steps, by the messages for them, and by the figures altogether."""
    steps = [Step.objects.filter(case=case, move="remind").count() for case in cases]
    assert Message.objects.filter(template="case.CaseReminded").count() == sum(steps)
    assert sum(Delta.objects.filter(subdistrict=STREET, measure="move.remind").values_list("n", flat=True)) == sum(steps)
    return steps


def test_two_workers_make_each_move_once(town: Town) -> None:
    cases, now = lying(town)
    start = Barrier(2)

    def worker(_number: int) -> int:
        try:
            start.wait(PATIENCE)
            return drained(now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        woken = list(pool.map(worker, (1, 2)))
    drained(now)  # what one passed over because the other had it in hand

    assert reminded(cases) == [1] * CASES
    assert sum(woken) <= CASES


def test_a_killed_worker_leaves_nothing_half_done(town: Town) -> None:
    cases, now = lying(town)
    name = str(settings.DATABASES["default"]["NAME"])  # that of the tests

    dead = subprocess.run([sys.executable, "-c", DIES, name, str(STREET), now.isoformat()], capture_output=True, check=False)

    assert dead.returncode == -9, dead.stderr.decode()
    assert reminded(cases) == [0] * CASES  # its batch stands or falls together
    assert drained(now) == CASES
    assert reminded(cases) == [1] * CASES


def test_no_place_waits_for_the_end_of_anothers_backlog() -> None:
    left, asked = {STREET: 3, NEXT_STREET: 1}, list[int]()

    def batch(place: int) -> int:
        asked.append(place)
        left[place] -= 1
        return left[place] + 1

    assert scheduled._in_turn([STREET, NEXT_STREET], batch) == 7

    assert asked == [STREET, NEXT_STREET, STREET, NEXT_STREET, STREET, STREET]
