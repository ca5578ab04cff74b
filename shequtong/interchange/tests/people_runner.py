"""A worker of its own for the tests: `python -m shequtong.interchange.tests.people_runner <database> <folder> <manner>`. Batches are of four rows.

Manners: `inside` dies (kill -9) when the rows of the third batch are written and not committed; `between` when they are committed and the task
does not know it yet; `waits` stops for a long while after each batch, to be killed from outside; `later` takes over what the dead had claimed.
"""

import os
import signal
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

BATCH, DIES_AT = 4, 3


def main(database: str, folder: str, manner: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    options = {"location": str(Path(folder) / "files")}
    storages: Any = settings.STORAGES
    settings.STORAGES = {**storages, "default": {**storages["default"], "OPTIONS": options}}
    settings.AUDIT_FOLDER = str(Path(folder) / "audit")
    django.setup()
    from django.utils import timezone

    from shequtong.interchange.people_in.batches import batches
    from shequtong.tasks.usecases import run_tasks
    from shequtong.tasks.usecases.running import LEASE

    batches.__defaults__ = (0, (), BATCH)
    wound(manner)
    ahead = LEASE * 2 if manner == "later" else timedelta()

    def clock() -> datetime:
        return timezone.now() + ahead

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while run_tasks(worker=f"w{os.getpid()}", clock=clock, slice_seconds=0.05):
        pass


def wound(manner: str) -> None:
    """Prepare its end."""
    from shequtong.interchange import task_kinds
    from shequtong.interchange.models import PeopleTable
    from shequtong.interchange.usecases import load_table_rows

    save, saved = PeopleTable.save, list[int]()

    def dies(table: Any, **told: Any) -> None:
        saved.append(1)
        if manner == "inside" and len(saved) == DIES_AT:  # the rows are written, the position is not
            os.kill(os.getpid(), signal.SIGKILL)
        save(table, **told)

    def watched(**told: Any) -> Any:
        found = load_table_rows(**told)
        if manner == "between" and len(saved) == DIES_AT:
            os.kill(os.getpid(), signal.SIGKILL)
        if manner == "waits":
            time.sleep(30)
        return found

    setattr(PeopleTable, "save", dies)  # noqa: B010  # mypy knows it as a method
    setattr(task_kinds, "load_table_rows", watched)  # noqa: B010  # it is imported there


if __name__ == "__main__":
    main(*sys.argv[1:])
