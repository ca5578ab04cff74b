"""A process of its own that takes numbers: `python -m shequtong.core.tests.locality.taker <database> <series> <how many> <manner>`.

Manners: `plain`; `rollback` (each third transaction is undone, its numbers are not printed); `hold`, `hold inside` (prints, then waits
to be killed; the latter in an open transaction).
"""

import sys
import time
from contextlib import nullcontext

import django
from django.conf import settings
from django.db import transaction


class UndoneError(Exception):
    """The transaction is given up on purpose."""


def main(database: str, series: str, wanted: int, manner: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
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
            print(*taken, sep="\n")  # noqa: T201  # the parent reads it
        return
    with transaction.atomic() if manner == "hold inside" else nullcontext():
        print(*(next_number(series) for _ in range(wanted)), sep="\n", flush=True)  # noqa: T201
        if manner.startswith("hold"):
            time.sleep(60)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
