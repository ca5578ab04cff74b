"""Wicked files and a whole street's table sent in while others work (文件与页面): how much slower the queue answers meanwhile, and what is said to them.

Two server processes and two workers, as an installation has; one client asks for the queue without pause, another sends files. The quiet figure
is taken before each file anew.
"""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.client import Browser
from bench.inside import ROOT, inside
from bench.server import serving
from shequtong.testing.raw_workbook import raw_workbook

CASES, ROOMS, PEOPLE, TIMES_QUIET = 10_000, 24_000, 64_060, 2.0
QUIET, LEAST = 100, 60  # requests
IMPORT = "/desk/registry/import/"
_OPEN = 'http-equiv="refresh" content="2"'  # a task's page while it goes on
Result = dict[str, Any]


def of_files(folder: Path, environment: dict[str, str]) -> Iterator[Result]:
    """Each file, then the table of 64,060 people, tried and imported. The unit is the queue's p95 over its quiet one."""
    facts = inside(environment, "make")
    inside(environment, "grow", str(CASES))
    table = Path(inside(environment, "doors", str(ROOMS), str(PEOPLE), str(facts["building"]), str(folder))["path"])
    engine = "postgresql" if "DATABASE_URL" in environment else "sqlite"
    with serving(environment, ROOT, folder / "server.log", workers=2) as server, _workers(environment, folder / "worker.log"):
        clerk, reader = _Clerk(server.port, facts["sessions"]["hu"]), Browser(server.port, facts["sessions"]["chen"])
        for name, made in (*_wicked(), ("64,060 people", table.read_bytes)):
            quiet, content = _p95(reader, lambda asked: asked < QUIET), made()
            sent = threading.Thread(target=clerk.send, args=(content,))
            busy = _beside(reader, sent)
            yield _result(f"files: {name}: {clerk.said}", busy / quiet, engine)
        for step in (clerk.try_it, clerk.import_it):
            quiet = _p95(reader, lambda asked: asked < QUIET)
            busy = _beside(reader, threading.Thread(target=step))
            yield _result(f"files: 64,060 people: {clerk.said}", busy / quiet, engine)


def _result(name: str, times: float, engine: str) -> Result:
    known = {"name": name, "value": round(times, 2), "unit": "×", "bar": TIMES_QUIET, "better": "less"}
    return {**known, "engine": engine, "size": CASES, "load_average": round(os.getloadavg()[0], 2)}


def _beside(reader: Browser, sent: threading.Thread) -> float:
    sent.start()
    found = _p95(reader, lambda asked: sent.is_alive() or asked < LEAST)
    sent.join()
    return found


def _p95(reader: Browser, more: Callable[[int], bool]) -> float:
    """Seconds of the queue's first page."""
    each = list[float]()
    while more(len(each)):
        began = time.perf_counter()
        reader.get("/desk/cases/")
        each.append(time.perf_counter() - began)
    return quantiles(each, n=20)[-1]


class _Clerk:
    """Sends files; what the site said to the last one stands in `said`."""

    def __init__(self, port: int, session: str) -> None:
        self._browser, self._port, self.said, self._table = Browser(port, session), port, "", ""

    def send(self, content: bytes) -> None:
        """Multipart, as a browser does it."""
        page = self._browser.get(IMPORT)
        fields = self._browser.form(page)
        parts = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
        )
        head = f'{parts}--x\r\nContent-Disposition: form-data; name="file"; filename="people.xlsx"\r\n\r\n'
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        cookies = self._browser.cookies | {"sessionid": self._browser.session}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "multipart/form-data; boundary=x",
        }
        line.request("POST", IMPORT, head.encode() + content + b"\r\n--x--\r\n", headers)
        answer = line.getresponse()
        text = answer.read().decode()
        refused = re.search(r'class="alert__title">.*?</p>\s*<p>(.*?)</p>', text, re.DOTALL)
        self.said = f"{answer.status} {refused[1] if refused else ''}"[:40].strip()
        self._table = answer.headers.get("Location", "")

    def try_it(self) -> None:
        """The columns as they were guessed; until the trial is over."""
        address = self._table
        page = self._browser.get(address)
        fields = self._browser.form(page)
        for select in re.finditer(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)"[^>]* selected', select[2])
            fields[select[1]] = chosen[1] if chosen else ""
        self._browser.post(address, fields)
        self._over("tried", self._browser.location)
        self._table = address.removesuffix("columns/")

    def import_it(self) -> None:
        """Until all are in."""
        page = self._browser.get(self._table)
        self._browser.post(self._table, self._browser.form(page))
        self._over("imported", self._browser.location)

    def _over(self, what: str, task: str) -> None:
        """Wait for a task as its page tells it, asked once a second."""
        began = time.monotonic()
        while _OPEN in (page := self._browser.get(task)) and time.monotonic() - began < 900:
            time.sleep(1)
        self.said = f"{what} in {time.monotonic() - began:.0f} s"
        if _OPEN in page:
            raise RuntimeError(f"the task at {task} does not end")


@contextmanager
def _workers(environment: dict[str, str], log: Path) -> Iterator[None]:
    """The two of an installation, for as long as the server is there."""
    with log.open("ab") as out:
        commands = [[sys.executable, "manage.py", "work", *more] for more in ((), ("--long",))]
        processes = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out) for command in commands]
        try:
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(30)


def _wicked() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name and maker of files that no office sends by mistake alone."""
    yield "damaged", lambda: b"PK\x03\x04" + b"x" * (20 << 20)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "with a password", lambda: ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * (20 << 20)
    yield "a picture", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\xff" * (10 << 20)
    bomb = b"<row>" + b"<c><v>1234567</v></c>" * 500 + b"</row>"
    yield "zip bomb of 400 MB", lambda: raw_workbook(bomb * 100 for _each in range(400))
    rows = (
        b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (at, at) for at in range(first, first + 10_000))
        for first in range(1, 2_000_001, 10_000)
    )
    yield "2,000,000 rows", lambda: raw_workbook(rows)
    wide = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    yield "16,000 columns", lambda: raw_workbook(wide for _each in range(50))
