"""The real server on a free port (`supervisor.server_command`), its processor time read from /proc, ended by its own pid."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shequtong.config.supervisor import server_command

START = 60.0  # seconds
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time of all its processes (they are one session)."""
        return sum(int(fields[11]) + int(fields[12]) for _pid, fields in self._processes()) / _TICK

    def weights(self) -> list[float]:
        """Megabytes of each process, pages that several share divided among them (PSS)."""
        found = []
        for pid, _fields in self._processes():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            found.append(sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024)
        return found

    def _processes(self) -> Iterator[tuple[int, list[str]]]:
        """Its session's; after the name /proc tells state, parent, group, session, … utime, stime."""
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            if int(fields[3]) == self.pid:
                yield int(folder.name), fields


@contextmanager
def serving(environment: Mapping[str, str], root: Path, log: Path, workers: int = 1) -> Iterator[Server]:
    """Start it with so many processes, wait until it answers, end it."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = int(line.getsockname()[1])
    with log.open("ab") as out:
        process = subprocess.Popen(
            server_command("127.0.0.1", port, workers), cwd=root, env=environment, stdout=out, stderr=out, start_new_session=True
        )
        try:
            until = time.monotonic() + START
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the server does not answer:\n{log.read_text()[-2000:]}")
                time.sleep(0.05)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
