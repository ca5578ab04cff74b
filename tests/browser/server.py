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
from pathlib import Path

from django.conf import settings

START = 60  # seconds until it must answer


@contextmanager
def demo_server(folder: Path, cases: int = 0) -> Iterator[str]:
    """Build the demo in `folder` with so many cases, serve it, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "SHEQUTONG_DATA": str(folder / "data"),
        "SHEQUTONG_DEMO": "1",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "shequtong.config.settings",
    }
    log = (folder / "server.log").open("wb")
    for command in (["migrate", "-v", "0"], ["demo", "--small", "--cases", str(cases)]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
            check=True,
            timeout=180,
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
