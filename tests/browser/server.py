"""The real server with the demo place, for browsers (真实服务): Granian and its worker on a free port of this machine, ended by their own pid."""

import os
import re
import shutil
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

from shequtong.testing import migrated
from shequtong.testing.patience import PATIENCE

OURS = ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")  # of the tests' own process
ZONE = ZoneInfo("Asia/Shanghai")


class StoryClock:
    """The time of a server and its workers, moved on by the story; it ticks between (see clock/sitecustomize.py)."""

    def __init__(self, folder: Path, begin: str) -> None:
        self._file, self.begin = folder / "clock", begin
        self.to(begin)

    def to(self, moment: str) -> datetime:
        """It is now `moment` (2026-09-21 09:00) by the wall clock of the place."""
        at = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        self._tell(at.timestamp() - time.time())
        time.sleep(0.3)  # every process looks twenty times a second
        return at

    def later(self, seconds: float) -> None:
        """So much after the begin, before any process of the story reads it."""
        self.to(self.begin)
        self._tell(float(self._file.read_text()) + seconds)

    def _tell(self, ahead: float) -> None:
        written = self._file.with_suffix(".new")
        written.write_text(str(ahead))
        written.replace(self._file)

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
    _lay_demo(folder, environment, ["--cases", str(cases), *(["--bare"] if bare else [])], clock)
    log = (folder / "server.log").open("wb")
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


def _lay_demo(folder: Path, environment: dict[str, str], options: list[str], clock: StoryClock | None) -> None:
    """The data folder of a demo: filled once a run for stories that begin at one moment with one town, which goes on from when it was filled."""

    def fill(draft: Path) -> None:
        migrated.lay_data(draft / "data")
        if clock:
            clock.to(clock.begin)
        began, command = time.monotonic(), [sys.executable, "manage.py", "demo", "--small", *options]
        with (folder / "demo.log").open("wb") as log:
            there = {**environment, "SHEQUTONG_DATA": str(draft / "data")}
            subprocess.run(command, cwd=settings.BASE_DIR, env=there, stdout=log, stderr=log, check=True, timeout=2 * PATIENCE)
        (draft / "took").write_text(str(time.monotonic() - began))

    began = clock.begin if clock else "now"
    with migrated.prepared():
        made = migrated.once("-".join(["demo", re.sub(r"\W+", "-", began), *(one.strip("-") for one in options)]), fill)
        shutil.copytree(made / "data", folder / "data")
        if clock:
            clock.later(float((made / "took").read_text()))


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)  # our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"no answer in {PATIENCE} s")
