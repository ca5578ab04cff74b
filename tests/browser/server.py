"""The real server with the demo place, for browsers (真实服务): Granian and its worker on a free port of this machine, ended by their own pid."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

OURS = ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")  # of the tests' own process
START = 60  # seconds until it must answer
ZONE = ZoneInfo("Asia/Shanghai")


class StoryClock:
    """The time of a server and its workers, moved on by the story; it ticks between (see clock/sitecustomize.py)."""

    def __init__(self, folder: Path, begin: str) -> None:
        self._file = folder / "clock"
        self.to(begin)

    def to(self, moment: str) -> datetime:
        """It is now `moment` (2026-09-21 09:00) by the wall clock of the place."""
        at = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        written = self._file.with_suffix(".new")
        written.write_text(str(at.timestamp() - time.time()))
        written.replace(self._file)
        time.sleep(0.3)  # every process looks twenty times a second
        return at

    def environment(self) -> dict[str, str]:
        """What the processes of the server are started with."""
        return {"PYTHONPATH": str(Path(__file__).parent / "clock"), "STORY_CLOCK": str(self._file)}


@contextmanager
def demo_server(folder: Path, cases: int = 0, clock: StoryClock | None = None, *, bare: bool = False) -> Iterator[str]:
    """Build the demo in `folder` with so many cases, `bare` without orders beside, serve it, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if name not in OURS},
        "SHEQUTONG_DATA": str(folder / "data"),
        "SHEQUTONG_DEMO": "1",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "shequtong.config.settings",
        **(clock.environment() if clock else {}),
    }
    log = (folder / "server.log").open("wb")
    for command in (["migrate", "-v", "0"], ["demo", "--small", "--cases", str(cases), *(["--bare"] if bare else [])]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
            check=True,
            timeout=400,
        )
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
        log.close()


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)  # our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"no answer in {START} s")
