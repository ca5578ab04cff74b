"""Number blocks among threads and processes: forks, rollbacks and kill -9 included, a number is never handed out twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from shequtong.core.tests.locality.crowd import UndoneError, in_threads, take
from shequtong.testing.patience import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_held")]


def test_threads_with_and_without_rollback(name: str) -> None:
    taken: list[int] = []

    def work() -> None:
        for turn in range(12):
            taken.extend(undo_some(turn, name))
            taken.extend(take(3, name))

    in_threads(*[work] * 6)
    assert len(taken) == len(set(taken)) == 6 * 12 * 3 + 6 * 12 * 7 + 6 * 8 * 30


def undo_some(turn: int, name: str) -> list[int]:
    """Numbers taken in a transaction; each third one is undone, and each second savepoint in the others."""
    mine: list[int] = []
    try:
        with transaction.atomic():
            mine += take(7, name)
            if turn % 3 == 1:
                raise UndoneError
            with transaction.atomic():
                mine += take(30, name)
                if turn % 2:
                    raise UndoneError
    except UndoneError:
        pass
    return mine


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL takes blocks apart from the transaction: nobody waits for it"
)
def test_who_waits_for_a_transaction_that_is_undone_begins_above_what_it_handed_out(name: str) -> None:
    """The counter goes back with it, while the other one has long looked how far this process had come."""
    began, asks, undone, other = threading.Event(), threading.Event(), list[int](), list[int]()

    def tell(execute: Callable[..., Any], *told: Any) -> Any:
        asks.set()
        return execute(*told)

    def waits() -> None:
        assert began.wait(PATIENCE)
        with connection.execute_wrapper(tell):
            other.extend(take(3, name))

    def gives_up() -> None:
        try:
            with transaction.atomic():
                undone.extend(take(3, name))
                began.set()
                assert asks.wait(PATIENCE)
                time.sleep(0.2)  # it stands at the door of the one writer
                undone.extend(take(60, name))
                raise UndoneError
        except UndoneError:
            pass

    in_threads(gives_up, waits)
    assert len(other) == 3
    assert not set(other) & set(undone)


def test_a_forked_child_shares_no_block_with_its_parent(name: str) -> None:
    before = take(2, name)
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        os.write(writing, b" ".join(str(number).encode() for number in take(25, name)))
        os._exit(0)
    os.waitpid(child, 0)
    childs = [int(number) for number in os.read(reading, 4096).split()]
    assert len(childs) == 25
    assert not set(childs) & set(before + take(25, name))


def start(name: str, wanted: int, manner: str, processes: int = 1) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "shequtong.core.tests.locality.taker", database(), name, str(wanted), manner, str(processes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def database() -> str:
    return str(connection.settings_dict["NAME"])


@pytest.mark.parametrize("manner", ["plain", "rollback"])
def test_processes(name: str, manner: str) -> None:
    mine = take(5, name)
    three = start(name, 400, manner, processes=3)
    mine += take(200, name)
    printed = three.communicate(timeout=PATIENCE)[0]
    assert three.returncode == 0
    taken = mine + [int(line) for line in printed.split()]
    kept = 400 if manner == "plain" else 270
    assert len(taken) == len(set(taken)) == 205 + 3 * kept


@pytest.mark.crash
def test_a_killed_process_takes_its_block_with_it(name: str) -> None:
    lost: list[int] = []
    for _ in range(2):
        process = start(name, 25, "hold")
        assert process.stdout is not None
        lost += [int(process.stdout.readline()) for _ in range(25)]
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
        process.stdout.close()
    taken = lost + take(60, name)
    assert len(taken) == len(set(taken)) == 110


@pytest.mark.crash
def test_a_process_killed_inside_a_transaction_leaves_no_lock(series: str) -> None:
    process = start(series, 25, "hold inside")
    assert process.stdout is not None
    for _ in range(25):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    # What it took was never committed, on SQLite, so the numbers are free again; on PostgreSQL they are gone.
    assert take(1, series) == [1 if connection.vendor == "sqlite" else 41]
