"""Threads that take numbers, for the tests of number blocks."""

import threading
from collections.abc import Callable

from django.db import connections

from shequtong.core.locality.blocks import next_number


class UndoneError(Exception):
    """The transaction is given up on purpose."""


def take(wanted: int, name: str) -> list[int]:
    return [next_number(name) for _ in range(wanted)]


def in_threads(*works: Callable[[], object]) -> None:
    """Run all at the same time, wait for them, and pass on what went wrong."""
    errors: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors
