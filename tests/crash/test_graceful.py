"""SIGTERM to the server (平稳停止): requests in hand are answered, no new one is taken, and it ends soon. The worker's own: config/tests/test_worker.py."""

import os
import subprocess
import threading
import time
import urllib.request

import pytest
from django.conf import settings

from shequtong.config.supervisor import server_command
from shequtong.testing.patience import PATIENCE
from tests.crash.processes import wait_for
from tests.crash.slow_app import SECONDS
from tests.crash.test_kill import free_port

pytestmark = [pytest.mark.crash, pytest.mark.slow]


def ask(port: int, found: list[bytes | str]) -> None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            found.append(answer.read())
    except OSError as error:
        found.append(type(error).__name__)


def test_requests_in_hand_are_answered() -> None:
    port, found, first = free_port(), list[bytes | str](), list[bytes | str]()
    command = [*server_command("127.0.0.1", port)[:-1], "tests.crash.slow_app:application"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=dict(os.environ))
    try:

        def answers() -> bool:
            ask(port, first)
            return first[-1] == b"done"

        assert wait_for(answers, time.monotonic() + PATIENCE)
        threads = [threading.Thread(target=ask, args=(port, found)) for _ in range(2)]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS / 3)
        server.terminate()
        server.wait(20)
        for thread in threads:
            thread.join(20)
        assert found == [b"done", b"done"]
        ask(port, found)
        assert found[2:] == ["URLError"]
    finally:
        if server.poll() is None:
            server.kill()
            server.wait(10)
