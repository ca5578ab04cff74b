"""Server and worker as processes that are killed and started again (反复强杀): each in a group of its own, ended by its own pid."""

import http.client
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.conf import settings

from shequtong.testing.patience import PATIENCE


@dataclass
class Victim:
    """A process that is killed without warning, with all it started, and started again at once."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    kills: int = 0
    starts: list[float] = field(default_factory=list)  # seconds until each showed life

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL to the whole group: nothing is put in order, nothing answered."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait(10)
            self.process = None


def kill_again_and_again(
    victim: Victim, times: int, *, seed: int, life: Callable[[], int], wait: Callable[[random.Random, int], bool], until: float
) -> threading.Thread:
    """In a thread: start, wait for a sign of life and then `wait` for the moment, kill; `times` times, and start it once more.

    `life` is a number that grows while the process works; `wait(chance, kills left)` says False when there is nothing left to disturb.
    """

    def run() -> None:
        chance = random.Random(f"{seed}-{victim.name}")
        while time.monotonic() < until:
            started, before = time.monotonic(), life()
            victim.start()
            # One in ten dies while it starts.
            if victim.kills < times and chance.random() < 0.1:
                time.sleep(chance.uniform(0.0, 1.0))
            else:
                if wait_for(partial(_grew, life, before), min(until, started + PATIENCE)):
                    victim.starts.append(time.monotonic() - started)
                if victim.kills >= times or not wait(chance, times - victim.kills):
                    return
            victim.kill()
            victim.kills += 1

    thread = threading.Thread(target=run, name=f"killer of {victim.name}", daemon=True)
    thread.start()
    return thread


def _grew(life: Callable[[], int], before: int) -> bool:
    return life() > before


def wait_for(happened: Callable[[], bool], until: float) -> bool:
    """Whether it happened before `until` (monotonic)."""
    while not happened():
        if time.monotonic() >= until:
            return False
        time.sleep(0.005)
    return True


def answers(port: int) -> bool:
    """Whether the server answers a page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("GET", "/privacy/")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
