"""The supervisor (进程看护): keeps the server and the workers running, and ends them when it is ended.

For one machine. A production set-up may let systemd or a container platform keep `granian` and `manage.py work` instead (docs/operations/running.md).
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from shequtong.config.stopping import Stopping

logger = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1
PATIENCE = 20.0  # seconds a process has to end by itself
SOON = 5.0  # seconds; a process that lived shorter is restarted after a growing pause
LONGEST_PAUSE = 30.0


@dataclass
class Child:
    """A process to be kept running."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    quick_ends: int = 0
    start_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        self.started = time.monotonic()
        # A session of its own: Ctrl-C reaches the supervisor alone, which ends the children in order.
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR, start_new_session=True, preexec_fn=_prepare_child)  # noqa: S603  # our own commands

    def note_end(self) -> None:
        """Plan the restart of a process that has ended without being asked to."""
        assert self.process is not None
        lived = time.monotonic() - self.started
        self.quick_ends = self.quick_ends + 1 if lived < SOON else 0
        pause = min(LONGEST_PAUSE, 2.0 ** (self.quick_ends - 1)) if self.quick_ends else 0.0
        logger.warning("%s ended (%s) after %.0f s; it starts again in %.0f s", self.name, self.process.returncode, lived, pause)
        self.process, self.start_at = None, time.monotonic() + pause

    def end(self) -> None:
        """Ask it to end, and kill it when it does not."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            logger.warning("%s did not end within %.0f s and is killed", self.name, PATIENCE)
            self.process.kill()
            self.process.wait()


def server_command(host: str, port: int, workers: int = 0) -> list[str]:
    """Granian, so many processes or one per SERVER_WORKERS, two threads each (decision 0010); no access log, so no addresses of residents' pages."""
    options = {"--interface": "wsgi", "--host": host, "--port": str(port), "--workers": str(workers or settings.SERVER_WORKERS)}
    fixed = ["--blocking-threads", "2", "--no-ws", "--no-access-log", "--log-level", "warning", "--respawn-failed-workers"]
    flat = [part for pair in options.items() for part in pair]
    return [sys.executable, "-m", "granian", *flat, *fixed, "shequtong.config.wsgi:application"]


def worker_command(*options: str) -> list[str]:
    """A worker as a process of its own."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", *options]


def supervise(children: Sequence[Child], look: Callable[[], None]) -> None:
    """Keep `children` running until SIGTERM or SIGINT, then end them in order. `look` is called several times a second."""
    with Stopping(signal.SIGCHLD) as stopping:
        try:
            while not stopping.stopped:
                for child in children:
                    if child.process is not None and child.process.poll() is not None:
                        child.note_end()
                    if child.process is None and child.start_at <= time.monotonic():
                        child.start()
                look()
                stopping.wait(0.3)
        finally:
            for child in children:
                child.end()


def _prepare_child() -> None:
    """In the child before it becomes the program: it ends when the supervisor is killed outright (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1:
            os._exit(1)
