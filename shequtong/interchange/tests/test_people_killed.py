"""The worker that imports a table is killed half-way (kill -9), and another goes on: everybody arrives once, counts and position are right."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.files.usecases import store_document
from shequtong.interchange.models import PeopleRefusals, PeopleTable
from shequtong.interchange.people_in.kept import sealed
from shequtong.interchange.people_in.received import received
from shequtong.interchange.task_kinds import IMPORT_PEOPLE
from shequtong.interchange.tests.people_runner import BATCH, DIES_AT
from shequtong.interchange.usecases import keep_people_table, map_people_table, note_trial
from shequtong.people.models import Home, Membership, PartyMember, Person, PersonMark, Residence
from shequtong.people.testing import make_id, make_room
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import start_task
from shequtong.testing.patience import PATIENCE
from shequtong.testing.town import STREET, Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash]
PEOPLE, HEADINGS = 22, "姓名,身份证号,现住址,居住类型,入党时间,所属支部"
BAD = (3, 11, 12)  # rows of the file whose number is mistyped
GOOD = PEOPLE - len(BAD)


def table_of(town: Town) -> PeopleTable:
    """22 people behind two doors; the first owns the second door besides, in the last row."""
    for name in ("501", "502"):
        make_room(town.building, name=name)
    lines = [HEADINGS]
    for row in range(2, PEOPLE + 2):
        number = make_id(date(1970, 1, 1), 100 + row)
        number = number[:-1] + ("1" if number[-1] != "1" else "2") if row in BAD else number
        lines.append(
            f"某某{row},{number},枫桥路12号3幢1单元50{1 + row % 2}室,自有,{'2001-07-01' if row % 2 else ''},第一支部" + ""
        )
    lines.append(f"某某2,{make_id(date(1970, 1, 1), 102)},枫桥路12号3幢1单元502室,业主不住,,")
    content, by, now = "\n".join(lines).encode(), town.hu, timezone.now()
    blob = store_document(content=sealed(content), subdistrict_id=by.home, by=by, now=now)
    table = keep_people_table(read=received(content, "党员.csv"), by=by, now=now, blob_id=blob.pk)
    table = map_people_table(table_id=table.pk, targets=table.targets, source="import", by=by, now=now)
    note_trial(table_id=table.pk, tried={"created": GOOD}, total=PEOPLE + 1, by=by, now=now)
    params = {"table": str(table.pk)}
    start_task(kind=IMPORT_PEOPLE, params=params, by=by, now=now, submit_key="import", place=table.subdistrict_id)
    return table


def begin(folder: Path, manner: str) -> subprocess.Popen[str]:
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "shequtong.interchange.tests.people_runner", name, str(folder), manner]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=PATIENCE)
    return process.returncode


def stands(table: PeopleTable) -> int:
    """What is on record fits the position, whatever it is: whole batches and nothing of the next. How many persons."""
    table.refresh_from_db()
    here = Person.objects.within(STREET).count()
    assert here == table.created == sum(len(one) for one in created())
    assert table.position == 0 or (table.position - 1) % BATCH == 0
    assert here == len([row for row in range(2, table.position + 1) if row not in BAD])
    assert PartyMember.objects.count() == PersonMark.objects.count() == here
    assert Residence.objects.count() == Membership.objects.count() == here
    return here


def created() -> list[list[int]]:
    """Ids in the traces."""
    facts = Entry.objects.filter(what="people.loaded").values_list("facts", flat=True)
    return [(json.loads(one) if isinstance(one, str) else one)["created"] for one in facts]


def all_arrived(table: PeopleTable) -> None:
    """Each once, each counted once, each traced once."""
    table.refresh_from_db()
    assert (table.state, table.position) == (PeopleTable.State.DONE, PEOPLE + 2)
    assert (table.created, table.updated, table.unchanged, table.refused) == (GOOD, 1, 0, len(BAD))
    names = Counter(one.name.reveal() for one in Person.objects.within(STREET))
    assert names == Counter({f"某某{row}": 1 for row in range(2, PEOPLE + 2) if row not in BAD})
    assert Counter(pk for one in created() for pk in one) == Counter(Person.objects.values_list("pk", flat=True))
    assert PartyMember.objects.count() == PersonMark.objects.count() == GOOD
    assert (Residence.objects.count(), Membership.objects.count()) == (GOOD + 1, GOOD)
    assert sum(Home.objects.values_list("people", flat=True)) == GOOD
    refused = [number for one in PeopleRefusals.objects.all() for number, _why in json.loads(one.rows.reveal())]
    assert sorted(refused) == list(BAD)
    task = Task.objects.get()
    assert (task.state, task.left_out, task.done) == (Task.State.DONE, True, PEOPLE + 1)


@pytest.mark.parametrize(("manner", "last"), [("inside", 9), ("between", 13)])
def test_killed_in_the_midst_of_a_batch_and_behind_it(town: Town, tmp_path: Path, manner: str, last: int) -> None:
    table = table_of(town)
    assert finish(begin(tmp_path, manner)) == -signal.SIGKILL
    assert stands(table) == len([row for row in range(2, last + 1) if row not in BAD])
    assert table.position == last == 1 + BATCH * (DIES_AT - (manner == "inside"))
    assert Task.objects.get().state == Task.State.RUNNING
    assert finish(begin(tmp_path, "later")) == 0
    all_arrived(table)


def test_killed_from_outside_again_and_again(town: Town, tmp_path: Path) -> None:
    """Two workers, one after the other, each killed by its number as soon as a batch of its own stands."""
    table = table_of(town)
    for _nth in range(2):
        before, until = stands(table), time.monotonic() + PATIENCE
        worker = begin(tmp_path, "waits")
        while PeopleTable.objects.get().created == before:
            assert time.monotonic() < until
            time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
        assert finish(worker) == -signal.SIGKILL
        assert stands(table) > before
        Task.objects.update(due_at=timezone.now())  # its lease has run out
    assert finish(begin(tmp_path, "later")) == 0
    all_arrived(table)
