"""run_tasks: a turn at a time, taken over from the dead, tried again, given up in words."""

from datetime import UTC, datetime, timedelta

import pytest

from shequtong.audit.models import Entry
from shequtong.files.models import Blob
from shequtong.tasks.models import Task
from shequtong.tasks.testing import PIECES, make_task, ran, turn
from shequtong.tasks.usecases import cancel_task, fetch_result
from shequtong.tasks.usecases.ending import RESULT_LASTS
from shequtong.tasks.usecases.running import LEASE
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)
State = Task.State


def now() -> datetime:
    return datetime.now(UTC)


def again(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def test_runs_for_who_asked_and_says_what_came_of_it(town: Town) -> None:
    task = make_task(town.chen, n=7)
    assert (turn(), turn()) == (1, 0)
    task = again(task)
    assert (task.state, task.summary, task.link, task.done, task.total) == (State.DONE, "3 rows", "/desk/", 3, 3)
    assert (task.subdistrict_id, task.account_id, task.due_at, ran) == (STREET, town.chen.account_id, None, [7])
    assert list(Entry.objects.filter(what__startswith="tasks.").order_by("id").values_list("what", flat=True)) == [
        "tasks.asked",
        "tasks.done",
    ]


def test_a_file_is_kept_for_who_asked(town: Town) -> None:
    task = make_task(town.chen, "filing")
    turn()
    found, blob = fetch_result(task_id=task.pk, by=town.chen, now=now())
    assert (found.file_name, found.file_type, found.file_size) == ("名单.txt", "text/plain", blob.size)
    assert found.file_expires_at is not None
    assert timedelta() < found.file_expires_at - found.asked_at - RESULT_LASTS < timedelta(minutes=1)
    assert (blob.state, blob.owner_kind, blob.subdistrict_id) == (Blob.State.STORED, "tasks.Task", STREET)


def test_the_oldest_has_its_turn_first_and_a_long_one_waits_behind_the_others(town: Town) -> None:
    long, short = make_task(town.chen, "piecewise"), make_task(town.gao, n="short")
    turn(slice_seconds=0)
    assert again(long).state == State.QUEUED
    turn(slice_seconds=0)
    assert again(short).state == State.DONE
    for _ in range(PIECES):
        turn(slice_seconds=0)
    assert (again(long).state, again(long).done, again(long).turn) == (State.DONE, PIECES, PIECES + 1)
    assert ran == [0, "short", 1, 2, 3, 4]


def test_pieces_are_not_done_twice_after_a_failure(town: Town) -> None:
    task = make_task(town.chen, "piecewise", breaks_at=3)
    turn()
    assert (again(task).state, again(task).attempts, again(task).cursor) == (State.QUEUED, 1, 3)
    turn(at=now() + timedelta(minutes=1))
    assert (again(task).state, ran) == (State.DONE, [0, 1, 2, 3, 3, 4])


def test_what_keeps_breaking_is_tried_twice_more_and_given_up_with_a_number_and_no_words_of_the_error(town: Town) -> None:
    task = make_task(town.chen, "breaking")
    for minutes in (0, 1, 3, 9, 20):
        turn(at=now() + timedelta(minutes=minutes))
    task = again(task)
    assert (task.state, ran) == (State.FAILED, ["broke"] * 3)
    assert task.number in task.error
    assert "1381234" not in task.error


def test_a_dead_worker_is_taken_over_when_its_lease_ends_and_not_before(town: Town) -> None:
    task = make_task(town.chen, n="late")
    Task.objects.filter(pk=task.pk).update(state=State.RUNNING, turn=1, claimed_by="dead", due_at=now() + LEASE)
    assert turn() == 0
    assert turn(at=now() + LEASE + timedelta(seconds=1)) == 1
    assert (again(task).state, again(task).attempts, ran) == (State.DONE, 1, ["late"])


def test_workers_that_die_of_it_are_not_sent_to_it_for_ever(town: Town) -> None:
    task = make_task(town.chen)
    Task.objects.filter(pk=task.pk).update(state=State.RUNNING, turn=3, attempts=2, due_at=now() - LEASE)
    turn()
    assert (again(task).state, ran) == (State.FAILED, [])


@pytest.mark.parametrize(("kind", "said"), [("refusing", "Too many rows."), ("forbidden", "")])
def test_a_refusal_is_final_and_says_why(town: Town, kind: str, said: str) -> None:
    task = make_task(town.chen, kind)
    turn()
    task = again(task)
    assert task.state == State.FAILED
    assert task.error == said or (not said and "cases.view" not in task.error)


def test_one_called_off_while_a_worker_was_at_it_ends_at_the_next_turn(town: Town) -> None:
    task = make_task(town.chen)
    Task.objects.filter(pk=task.pk).update(state=State.RUNNING, turn=1, due_at=now() - LEASE)
    cancel_task(task_id=task.pk, by=town.chen, now=now())
    assert again(task).state == State.RUNNING
    turn()
    assert (again(task).state, ran) == (State.CANCELLED, [])


def test_a_kind_that_is_gone_is_said_to_be(town: Town) -> None:
    task = make_task(town.chen)
    Task.objects.filter(pk=task.pk).update(kind="tasks.forgotten")
    turn()
    assert again(task).state == State.FAILED
