"""A worker killed at every step of its loop (逐步强杀): `python -m tests.crash.steps`, on a database that `tests.crash.place make` made.

A step is a statement (killed before it), a commit (killed before it) and a message that the provider has taken (killed after it). Each time there
is new work; the process forks, the child does all jobs once and dies at step 1, 2, 3 … until one comes to the end.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

MOST = 600


class Dying:
    """Counts steps and kills its own process at one of them."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.step()
        return execute(sql, params, many, context)


def live(at: int) -> None:
    """In the child: all jobs once, dying at step `at`."""
    from django.db import connection

    from shequtong.config.worker import work_once
    from shequtong.messaging.gateways import FileGateway

    dying, commit, send = Dying(at), connection._commit, FileGateway.send  # type: ignore[attr-defined]  # Django's own door to the driver

    def committed() -> None:
        dying.step()
        commit()

    def sent(self: FileGateway, phone: str, text: str, ref: str) -> str:
        told = send(self, phone, text, ref)
        dying.step()
        return told

    connection._commit = committed  # type: ignore[attr-defined]  # as above
    FileGateway.send = sent  # type: ignore[method-assign]  # the provider takes it, and then we die
    with connection.execute_wrapper(dying.statement):
        os._exit(1 if work_once() else 0)


def one_more(building: int) -> None:
    """A case with a telephone: a message, traces, deltas."""
    from django.db import connections
    from django.utils import timezone

    from shequtong.access.testing import make_anonymous
    from shequtong.cases.usecases import NewCase, NewReporter, open_case

    reporter = NewReporter(name="赵小燕", phone="13812345678", consent="page", notice_version="t")
    told = NewCase("L01", "楼道灯坏了三天，晚上老人上下楼不安全。", "resident", building_id=building, reporter=reporter)
    open_case(new=told, by=make_anonymous(), now=timezone.now())
    connections.close_all()  # a child makes its own


def main(building: int) -> dict[str, Any]:
    """How many deaths, and how the last one ended, who lived."""
    for at in range(1, MOST):
        one_more(building)
        child = os.fork()
        if not child:
            live(at)
        status = os.waitpid(child, 0)[1]
        if not os.WIFSIGNALED(status):
            return {"deaths": at - 1, "cases": at, "failed": os.WEXITSTATUS(status)}
    raise AssertionError(f"no end after {MOST} steps")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
