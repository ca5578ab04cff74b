"""Number blocks in one thread: rollback, savepoint, locks; a number is never handed out twice."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequtong.core.locality import blocks
from shequtong.core.locality.blocks import IDS
from shequtong.core.models import Counter
from shequtong.core.tests.locality.crowd import UndoneError, in_threads, take

pytestmark = pytest.mark.usefixtures("nothing_held")


def numbers_are_spent(name: str) -> int:
    return Counter.objects.get(name=name).next


@pytest.mark.django_db(transaction=True)
def test_a_series_counts_from_one_and_asks_the_database_once_a_block(series: str) -> None:
    assert take(45, series) == list(range(1, 46))
    assert numbers_are_spent(series) == 61
    assert take(1, series + "/another") == [1]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_gives_no_number_back(name: str) -> None:
    before = take(3, name)
    undone: list[int] = []
    for _ in range(3):
        try:
            with transaction.atomic():
                undone += take(2500, name) if name == IDS else take(50, name)
                raise UndoneError
        except UndoneError:
            pass
    after = take(30, name)
    everything = before + undone + after
    assert len(set(everything)) == len(everything)
    assert max(before) < min(undone) <= max(undone) < max(after)


@pytest.mark.django_db(transaction=True)
def test_a_block_of_a_rolled_back_savepoint_is_thrown_away_and_one_of_the_outer_transaction_is_not(series: str) -> None:
    with transaction.atomic():
        outer = take(5, series)
        try:
            with transaction.atomic():
                inner = take(40, series)  # what is left of the outer block, then a block of the savepoint
                raise UndoneError
        except UndoneError:
            pass
        after = take(3, series)
        assert numbers_are_spent(series) > max(after)
    later = take(40, series)
    everything = outer + inner + after + later
    assert len(set(everything)) == len(everything)
    assert numbers_are_spent(series) > max(after + later)


@pytest.mark.django_db(transaction=True)
def test_what_is_left_of_a_committed_block_serves_the_whole_process(series: str) -> None:
    with transaction.atomic():
        [first] = take(1, series)
    seen: list[int] = []
    in_threads(lambda: seen.extend(take(1, series)))
    assert (first, seen) == (1, [2])


@pytest.mark.django_db(transaction=True)
def test_after_a_rollback_the_next_number_comes_from_a_new_block(series: str) -> None:
    for _ in range(2):
        try:
            with transaction.atomic():
                take(1, series)
                raise UndoneError
        except UndoneError:
            pass
    [number] = take(1, series)
    assert numbers_are_spent(series) > number


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_keeps_its_block_to_itself(series: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite takes a block inside the transaction")
    with transaction.atomic():
        take(1, series)
        assert not blocks._pool
    assert blocks._pool


@pytest.mark.django_db
def test_commit_hooks_run_by_a_test_inside_its_transaction_do_not_free_the_block(series: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        take(1, series)
    assert connection.vendor == "postgresql" or [block.connection is None for block in pending(series)] == [False]
    assert take(1, series) == [2]


@pytest.mark.django_db(transaction=True)
def test_what_a_fork_makes_void_is_not_used_inside_an_open_transaction_either(series: str) -> None:
    with transaction.atomic():
        take(1, series)
        blocks.forget()
        assert take(1, series) == [21]


def pending(series: str) -> list[Any]:
    return [block for (_, name), block in blocks._pending(connections["default"]).items() if name == series]


@pytest.mark.django_db(transaction=True)
def test_a_half_read_result_does_not_stand_in_the_way(series: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite ties a write to what was read before it")
    take(1, series)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM django_content_type")
        cursor.fetchone()
        in_threads(lambda: Counter.objects.create(name="somebody writes", next=1))
        assert take(45, series) == list(range(2, 47))


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_locked_is_said_and_costs_no_number(series: str, monkeypatch: pytest.MonkeyPatch) -> None:
    take(20, series)

    def locked(*told: object) -> int:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(blocks, "_advance", locked)
        with pytest.raises(OperationalError):
            take(1, series)
    assert take(1, series) == [21]


# One step: take some numbers, open a savepoint, close it by keeping or by undoing.
STEPS = st.lists(st.sampled_from(["take 1", "take 13", "open", "keep", "undo"]), max_size=40)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_nested_kept_and_undone_no_number_comes_twice(steps: list[str]) -> None:
    taken: list[int] = []
    walk(iter(steps), taken, f"tests/{uuid4().hex}")
    assert len(taken) == len(set(taken))


def walk(steps: Iterator[str], taken: list[int], series: str) -> None:
    for step in steps:
        if step.startswith("take"):
            taken.extend(take(int(step.split()[1]), series))
        elif step == "open":
            try:
                with transaction.atomic():
                    walk(steps, taken, series)
            except UndoneError:
                pass
        elif step == "undo" and connection.in_atomic_block:
            raise UndoneError
        elif step == "keep" and connection.in_atomic_block:
            return
