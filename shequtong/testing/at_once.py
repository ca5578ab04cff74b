"""Several at the same moment (同时), for tests of who wins: threads that begin together, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from shequtong.core.refusals import Refusal
from shequtong.testing.patience import PATIENCE


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What came of each: what it gave, or the refusal it was told. Anything else that is raised passes through."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(PATIENCE)
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))
