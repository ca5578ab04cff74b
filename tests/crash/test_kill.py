"""kill -9 at 50 random points of server and worker under 500 repeated reports (强杀): everything answered stands, once.

The real server (`supervisor.server_command`) and the real worker, on the engine of this run, in a database and data folder of their own.
The moments are drawn from the seed, which is printed; what a killed process was doing then is chance.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shequtong.config.supervisor import server_command, worker_command
from shequtong.testing import migrated
from shequtong.testing.apart import apart
from shequtong.testing.patience import PATIENCE
from tests.crash.processes import Victim, kill_again_and_again, wait_for
from tests.crash.visitors import Reports, start

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("crash")]

REPORTS, SERVER_KILLS, WORKER_KILLS, VISITORS = 500, 28, 22, 4
LONGEST = 5 * PATIENCE  # for all of it; two minutes on an idle machine


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of processes with a migrated database of their own, and text messages going to a file."""
    with apart(folder, migrated.url_of()) as environment:
        migrated.lay_data(folder / "data", environment.get("DATABASE_URL", ""))
        yield environment | {
            "DJANGO_SETTINGS_MODULE": "shequtong.config.settings",
            "MESSAGING_GATEWAY": "shequtong.messaging.gateways.FileGateway",
            "MESSAGING_GATEWAY_FILE": str(folder / "sent.jsonl"),
        }


def inside(what: str, environment: dict[str, str], module: str = "tests.crash.place") -> dict[str, Any]:
    """Run `tests.crash.place` (or another) on that database."""
    done = subprocess.run(
        [sys.executable, "-m", module, what],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def test_everything_answered_stands_once(tmp_path: Path) -> None:
    seed = int(os.environ.get("CRASH_SEED") or random.randrange(1_000_000))
    sys.stdout.write(f"seed {seed} (repeat with CRASH_SEED={seed})\n")
    began = time.monotonic()
    with own_database(tmp_path) as environment:
        reports = Reports(REPORTS, seed, inside("make", environment)["building"], free_port(), began + LONGEST)
        server, worker = disturbed(reports, environment, tmp_path, seed)
        stands = inside("look", environment)
    sys.stdout.write(
        f"{time.monotonic() - began:.0f} s, {reports.tries} requests for {reports.count} reports; "
        f"{server.kills} kills of the server, {worker.kills} of the worker; "
        f"start to first answer: median {sorted(server.starts)[len(server.starts) // 2]:.1f} s\n"
    )
    assert server.kills + worker.kills == SERVER_KILLS + WORKER_KILLS
    check_reports(reports, stands)
    check_messages(reports, stands, tmp_path / "sent.jsonl", worker.kills)


def disturbed(reports: Reports, environment: dict[str, str], folder: Path, seed: int) -> tuple[Victim, Victim]:
    """Everybody reports while server and worker are killed; both are down at the end."""
    server = Victim("server", server_command("127.0.0.1", reports.port), environment, folder / "server.log")
    worker = Victim("worker", worker_command(), environment, folder / "worker.log")

    def answered() -> int:
        at_work = reports.count < reports.wanted and not reports.wrong
        return reports.count if at_work else int(time.monotonic())

    def amid_reports(chance: random.Random, left: int) -> bool:
        apart = max(2, (reports.wanted - reports.count) // (left + 1) * 2)
        target = min(reports.wanted, reports.count + chance.randrange(1, apart))
        wait_for(lambda: reports.count >= target or bool(reports.wrong), min(reports.until, time.monotonic() + PATIENCE))
        time.sleep(chance.uniform(0.0, 0.04))
        return not reports.wrong

    def amid_work(chance: random.Random, left: int) -> bool:
        time.sleep(chance.uniform(0.0, 1.0))
        return not reports.wrong

    def logged() -> int:
        return worker.log.stat().st_size if worker.log.exists() else 0

    killers = [
        kill_again_and_again(server, SERVER_KILLS, seed=seed, life=answered, wait=amid_reports, until=reports.until),
        kill_again_and_again(worker, WORKER_KILLS, seed=seed, life=logged, wait=amid_work, until=reports.until),
    ]
    try:
        start(reports, VISITORS)()
        for killer in killers:
            killer.join(max(0.0, reports.until - time.monotonic()))
            assert not killer.is_alive(), f"the {killer.name} is not done"
    finally:
        reports.until = 0.0
        for killer in killers:
            killer.join(5)
        server.kill()
        worker.kill()
    assert not reports.wrong, "\n".join([*reports.wrong, server.log.read_text()[-2000:]])
    return server, worker


def check_reports(reports: Reports, stands: dict[str, Any]) -> None:
    """One case for each key that was answered, its number the one that was told, with its step and its traces."""
    assert len(reports.answered) == reports.wanted
    assert stands["submissions"] == {key: f"/report/done/{number}/" for key, number in reports.answered.items()}
    assert stands["numbers"] == sorted(reports.answered.values())
    assert stands["cases"] == stands["reporters"] == reports.wanted
    assert stands["steps"], "a case without its step, or a step too many"
    assert stands["traces"], "a case without its audit entry, or an entry too many"
    assert (stands["figures"], stands["audit"], stands["jobs_failed"]) == ("", "", 0)


def check_messages(reports: Reports, stands: dict[str, Any], file: Path, kills: int) -> None:
    """One message for each report with a telephone, sent; handed over twice only by a worker that died before it could note it."""
    messages = stands["messages"]
    assert len(messages) == stands["about"] == reports.with_phone
    assert Counter(messages.values()) == {"sent": reports.with_phone}
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert {line["ref"] for line in lines} == set(messages)
    assert len({(line["ref"], line["phone"], line["text"]) for line in lines}) == len(messages)
    assert len(lines) - len(messages) <= kills
