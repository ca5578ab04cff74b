"""A worker of its own for the tests: `python -m shequtong.tasks.tests.runner <database> <manner>`.

It takes turns until nothing is due. Manners: `plain`; `later` (its clock is ahead by more than a lease, so that it takes over what the
dead had claimed).
"""

import os
import sys
from datetime import datetime, timedelta

import django
from django.conf import settings


def main(database: str, manner: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.TASK_KINDS = "shequtong.tasks.testing.KINDS"
    django.setup()
    from django.utils import timezone

    from shequtong.tasks.usecases import run_tasks
    from shequtong.tasks.usecases.running import LEASE

    ahead = LEASE * 2 if manner == "later" else timedelta()

    def clock() -> datetime:
        return timezone.now() + ahead

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while run_tasks(worker=f"w{os.getpid()}", clock=clock, slice_seconds=0.05):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
