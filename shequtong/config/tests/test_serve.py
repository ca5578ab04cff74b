"""`manage.py serve`: the server answers, the worker works, the dead are started again, and all end together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from shequtong.testing import migrated
from shequtong.testing.patience import PATIENCE

pytestmark = [pytest.mark.crash, pytest.mark.slow]
Process = subprocess.Popen[str]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own, as on a fresh machine."""
    folder = tmp_path_factory.mktemp("home") / "data"
    migrated.lay_data(folder)
    database = f"sqlite:///{folder}/{migrated.DATABASE}"
    return {**os.environ, "SHEQUTONG_DATA": str(folder), "DATABASE_URL": database, "SHEQUTONG_DEMO": "1"}


@pytest.fixture
def serving(home: dict[str, str], port: int) -> Iterator[Process]:
    environment = {**home, "PORT": str(port)}
    process = subprocess.Popen([sys.executable, manage(), "serve"], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
        process.wait(30)


def manage() -> str:
    return str(settings.BASE_DIR / "manage.py")


def answer(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/dev/outbox/", timeout=10) as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def children(parent: int) -> dict[int, str]:
    """Living processes below `parent`, with their command lines."""
    found: dict[int, str] = {}
    for folder in Path("/proc").iterdir():
        try:
            state, above = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z" and int(above) == parent:
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
                found |= children(int(folder.name))
        except (OSError, ValueError):
            continue
    return found


def worker_of(serve: Process) -> int:
    return next((pid for pid, command in children(serve.pid).items() if command.endswith("manage.py work ")), 0)


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def gone(pids: set[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_and_ends_with_all_it_started(serving: Process, port: int, number: int) -> None:
    assert answer(port) == 200
    until(lambda: worker_of(serving))
    mine = set(children(serving.pid))
    serving.send_signal(number)
    assert serving.wait(30) == 0
    assert answer(port) == 0
    until(lambda: gone(mine))


def test_starts_a_dead_worker_and_a_dead_server_again(serving: Process, port: int) -> None:
    until(lambda: worker_of(serving))
    first = worker_of(serving)
    os.kill(first, signal.SIGKILL)
    until(lambda: worker_of(serving) not in (0, first))
    servers = {pid for pid, command in children(serving.pid).items() if "granian" in command}
    for pid in servers:
        os.kill(pid, signal.SIGKILL)
    until(lambda: answer(port) == 200)
    assert not servers & set(children(serving.pid))


def test_leaves_nobody_behind_when_it_is_killed_outright(serving: Process, port: int) -> None:
    until(lambda: worker_of(serving))
    mine = set(children(serving.pid))
    serving.kill()
    serving.wait(10)
    until(lambda: gone(mine))
    assert answer(port) == 0


def test_says_so_when_the_port_is_taken(home: dict[str, str], port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        command = [sys.executable, manage(), "serve", "--port", str(port)]
        ended = subprocess.run(command, env=home, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode != 0
    assert f"PORT={port + 1}" in ended.stderr
