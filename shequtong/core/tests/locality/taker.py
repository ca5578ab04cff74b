"""Processes of their own that take numbers: `python -m shequtong.core.tests.locality.taker <database> <series> <how many> <manner> <processes>`.

They part from one that has loaded the platform and no connection yet; it waits for them and ends badly when one does. Manners: `plain`; `rollback` (each third transaction is undone, its numbers are not printed); `hold`, `hold inside` (prints, then waits
to be killed; the latter in an open transaction).
"""

import os
import sys
import time
from contextlib import nullcontext

import django
from django.conf import settings
from django.db import transaction


class UndoneError(Exception):
    """The transaction is given up on purpose."""


def main(database: str, series: str, wanted: int, manner: str, processes: int) -> None:
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    children: list[int] = []  # processes
    while len(children) < processes - 1:
        child = os.fork()
        if child == 0:
            take(series, wanted, manner)
            return
        children.append(child)
    take(series, wanted, manner)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    sys.exit(max(map(abs, ended), default=0))


def take(series: str, wanted: int, manner: str) -> None:
    from shequtong.core.locality.blocks import next_number

    if manner == "rollback":
        for turn in range(wanted // 5):
            try:
                with transaction.atomic():
                    taken = [next_number(series) for _ in range(5)]
                    if turn % 3 == 2:
                        raise UndoneError
            except UndoneError:
                continue
            say(*taken)
        return
    with transaction.atomic() if manner == "hold inside" else nullcontext():
        say(*(next_number(series) for _ in range(wanted)))
        if manner.startswith("hold"):
            time.sleep(60)


def say(*numbers: int) -> None:
    """Each in a write of its own: several write into one pipe, and what is short is never torn."""
    for number in numbers:
        os.write(sys.stdout.fileno(), b"%d\n" % number)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
