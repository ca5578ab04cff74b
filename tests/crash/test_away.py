"""What everything stands on goes away for a while (故障演练): a database that restarts under traffic, a disk that is full.

Who asks meanwhile reads in plain words when to come back; what was answered stands, once; all goes on by itself.
"""

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shequtong.config.supervisor import server_command, worker_command
from shequtong.testing import migrated
from shequtong.testing.patience import PATIENCE
from tests.crash.processes import Victim, wait_for
from tests.crash.test_kill import check_reports, free_port, inside, own_database
from tests.crash.visitors import Reports, start

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("crash")]
LONGEST = 3 * PATIENCE
IN_WORDS = "请过一分钟返回上一页再提交一次，同一份只算一次"


@contextmanager
def at_work(environment: dict[str, str], folder: Path, wanted: int) -> Iterator[Reports]:
    """Server and worker, and residents who report."""
    reports = Reports(wanted, 1, inside("make", environment)["building"], free_port(), time.monotonic() + LONGEST)
    server = Victim("server", server_command("127.0.0.1", reports.port), environment, folder / "server.log")
    worker = Victim("worker", worker_command(), environment, folder / "worker.log")
    try:
        server.start()
        worker.start()
        yield reports
    finally:
        reports.until = 0.0
        server.kill()
        worker.kill()


def ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=15) as answer:
            return bool(json.load(answer)["ready"])
    except OSError:
        return False


def check(reports: Reports, environment: dict[str, str], folder: Path) -> None:
    """Everybody was answered in the end, and what stands is what they were told."""
    assert not reports.wrong, reports.wrong
    check_reports(reports, inside("look", environment))
    assert set(reports.away) <= {503}, reports.away
    assert all(IN_WORDS in said for said in reports.said)
    assert "Traceback" not in (folder / "server.log").read_text()


@contextmanager
def own_cluster() -> Iterator[dict[str, str]]:
    """A PostgreSQL of this test's own, for it is going to be stopped."""
    script = '. tools/postgresql; start_postgresql; env | grep ^DATABASE_URL=; declare -p PG_FOLDER PG_BIN PG_AS | sed "s/^declare -[-a] //"'
    said = subprocess.run(
        ["bash", "-ec", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    url, *shell = said.stdout.splitlines()
    try:
        yield {"url": url.partition("=")[2], "shell": "\n".join(shell)}
    finally:
        subprocess.run(
            ["bash", "-c", "\n".join([*shell, ". tools/postgresql", "stop_postgresql"])], cwd=settings.BASE_DIR, check=False
        )


def restart(cluster: dict[str, str], mode: str) -> None:
    """Stop it, wait, start it again."""
    control = '(cd "$PG_FOLDER" && "${PG_AS[@]}" "$PG_BIN/pg_ctl" -s -w -D "$PG_FOLDER/data" -l "$PG_FOLDER/log" %s)'
    stop, again = control % f"-m {mode} stop", control % "start"
    # Its options came by the command line of the first start: pg_ctl keeps them for a restart, not for a start.
    options = 'opts=$(sed "s/^[^ ]* //" "$PG_FOLDER/data/postmaster.opts"); '
    script = "\n".join([cluster["shell"], options, stop, "sleep 1.5", again.replace(" start)", ' -o "$opts" start)')])
    subprocess.run(["bash", "-ec", script], check=True, timeout=PATIENCE)


def test_a_database_that_restarts_under_traffic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server: asked of PostgreSQL in its own run")
    with own_cluster() as cluster:
        environment = {
            **os.environ,
            "SHEQUTONG_DATA": str(tmp_path / "data"),
            "SHEQUTONG_DEMO": "1",
            "LOG_FORMAT": "json",
            "DATABASE_URL": cluster["url"],
            "MESSAGING_GATEWAY": "shequtong.messaging.gateways.FileGateway",
        }
        migrated.lay_data(tmp_path / "data", cluster["url"])
        with at_work(environment, tmp_path, 60) as reports:
            finished = start(reports, 4)
            for told, mode in ((8, "fast"), (25, "immediate"), (42, "fast")):
                wait_for(lambda told=told: reports.count >= told or bool(reports.wrong), reports.until)  # type: ignore[misc]  # a plain number
                restart(cluster, mode)
            finished()
            assert wait_for(lambda: ready(reports.port), time.monotonic() + 40), "not ready again"
        check(reports, environment, tmp_path)
        assert '"error": "AdminShutdown' not in (tmp_path / "worker.log").read_text()


def test_a_full_disk(tmp_path: Path) -> None:
    """A small disk of its own that holds database, files and log; PostgreSQL's own disk is asked in test_full.py."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("A SMALL DISK CANNOT BE MOUNTED HERE (it needs root): a full disk was tried by test_full.py alone")
    try:
        with own_database(disk) as made:
            environment = {**made, "LOG_FORMAT": "json"}
            with at_work(environment, tmp_path, 40) as reports:
                finished = start(reports, 3)
                wait_for(lambda: reports.count >= 10 or bool(reports.wrong), reports.until)
                fill(disk)
                seen = lambda: reports.away[503] >= 10 or reports.count >= reports.wanted or bool(reports.wrong)  # noqa: E731
                wait_for(seen, min(reports.until, time.monotonic() + 30))
                full = reports.count
                (disk / "ballast").unlink()
                finished()
            check(reports, environment, tmp_path)
            # On PostgreSQL the database has its room elsewhere: what needs no file goes on.
            assert connection.vendor == "postgresql" or full < reports.wanted
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def fill(disk: Path) -> None:
    """To the last byte."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536)
        except OSError:
            return
