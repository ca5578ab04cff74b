"""The drill (备份演练): data in, backup, everything destroyed, restored, everything equal; on the engine of this run, by the commands an operator types."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

from shequtong.config.backup.manifest import backups_in
from shequtong.testing.patience import PATIENCE
from tests.crash.test_kill import inside, own_database

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("crash")]
PLACE = "tests.crash.drilled"
Environment = Mapping[str, str]


def manage(environment: Environment, *arguments: str, fails: bool = False) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr[-3000:]
    return done.stderr if fails else done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[dict[str, str]]:
    """An installation with cases and photos; the last test destroys it."""
    with own_database(tmp_path_factory.mktemp("place")) as environment:
        assert inside("fill", environment, PLACE)["jobs_failed"] == 0
        yield environment


@contextmanager
def empty_database(environment: Environment) -> Iterator[str]:
    """The address of a new database beside the old one; "" for SQLite."""
    url = environment.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"restored_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as line:
            line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def destroy(environment: Environment) -> None:
    """The machine burns: folder and tables are gone."""
    shutil.rmtree(environment["SHEQUTONG_DATA"])
    if url := environment.get("DATABASE_URL", ""):
        with psycopg.connect(url, autocommit=True) as line:
            line.execute("DROP SCHEMA public CASCADE")


def restored(environment: Environment, folder: Path, backup: Path, *more: str) -> tuple[dict[str, Any], str]:
    """What stands in the place made of a backup, and what the command said."""
    scratch = {**environment, "SHEQUTONG_DATA": str(folder / "scratch"), "DATABASE_URL": ""}
    with empty_database(environment) as url:
        said = manage(
            scratch, "restore", str(backup), "--into", str(folder / "new"), *(["--database", url] if url else []), *more
        )
        return inside("look", {**environment, "SHEQUTONG_DATA": str(folder / "new"), "DATABASE_URL": url}, PLACE), said


def test_a_second_one_links_what_it_holds_old_ones_go_and_damage_is_named(place: dict[str, str], tmp_path: Path) -> None:
    where = tmp_path / "backups"
    for _ in range(3):
        manage(place, "backup", str(where), "--keep", "2")
        time.sleep(1.1)  # a name is a second
    old, new = backups_in(where)
    photo = next(path.relative_to(new) for path in (new / "files").rglob("*.shown.jpg"))
    assert (new / photo).stat().st_ino == (old / photo).stat().st_ino
    assert "is whole" in manage(place, "backup", str(where), "--verify")
    (new / photo).write_bytes(b"rot")
    assert f"{photo.as_posix()} has changed" in manage(place, "backup", str(where), "--verify", fails=True)
    refused = manage(place, "restore", str(new), "--into", str(tmp_path / "new"), fails=True)
    assert "is damaged" in refused
    assert not (tmp_path / "new").exists()
    # The next one copies it anew instead of handing the rot on; and a backup with one bad photo is not lost for it.
    time.sleep(1.1)
    manage(place, "backup", str(where), "--keep", "9")
    healed = backups_in(where)[-1]
    assert (healed / photo).read_bytes() != b"rot"
    with empty_database(place) as url:
        more = ["--database", url] if url else []
        said = manage(place, "restore", str(new), "--into", str(tmp_path / "new"), "--leave-out-damaged", *more)
    assert f"Damaged, left out: {photo.as_posix()}" in said
    assert not (tmp_path / "new" / photo).exists()


def test_nothing_is_written_over_and_wrong_keys_are_refused(place: dict[str, str], tmp_path: Path) -> None:
    manage(place, "backup", str(tmp_path / "backups"))
    (backup,) = backups_in(tmp_path / "backups")
    url = place.get("DATABASE_URL", "")
    there = manage(place, "restore", str(backup), "--into", place["SHEQUTONG_DATA"], fails=True)
    assert "is not empty" in there
    if url:
        secret = urlsplit(url)._replace(netloc=f"somebody:secret@{urlsplit(url).hostname}:{urlsplit(url).port}").geturl()
        shown = manage(place, "restore", str(backup), "--into", str(tmp_path / "new"), "--database", secret, fails=True)
        assert "Leave the password out" in shown
        taken = manage(place, "restore", str(backup), "--into", str(tmp_path / "new"), "--database", url, fails=True)
        assert "is not empty" in taken
    other = tmp_path / "other"
    manage({**place, "SHEQUTONG_DATA": str(other), "DATABASE_URL": ""}, "check")
    more = ["--database", url] if url else []
    wrong = manage(
        place, "restore", str(backup), "--into", str(tmp_path / "new"), "--keys", str(other / "keys"), *more, fails=True
    )
    assert "are not those of the backup" in wrong
    assert not (tmp_path / "new").exists()


def test_killed_in_the_middle_it_leaves_no_half_backup(place: dict[str, str], tmp_path: Path) -> None:
    where = tmp_path / "backups"
    for moment in (0.05, 0.2):
        draft = ".making-*"
        process = subprocess.Popen(
            [sys.executable, "manage.py", "backup", str(where)], cwd=settings.BASE_DIR, env=place, stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE
        while not list(where.glob(draft)) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(moment * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        for found in backups_in(where):  # it was quicker than the signal
            assert json.loads((found / "manifest.json").read_text())["files"]
    time.sleep(1.1)
    manage(place, "backup", str(where))
    assert list(where.glob(draft)) == []
    assert "is whole" in manage(place, "backup", str(where), "--verify")


def test_everything_is_as_it_was(place: dict[str, str], tmp_path: Path) -> None:
    before = inside("look", place, PLACE)
    assert before["audit"] == before["figures"] == ""
    assert before["phones"] == ["13812345678"]
    assert "The keys are not in it" in manage(place, "backup", str(tmp_path / "without"))
    assert "It holds the keys" in manage(place, "backup", str(tmp_path / "with"), "--with-keys")
    keys = shutil.copytree(Path(place["SHEQUTONG_DATA"]) / "keys", tmp_path / "envelope")
    (without,), (whole,) = backups_in(tmp_path / "without"), backups_in(tmp_path / "with")
    assert not (without / "keys").exists()
    destroy(place)
    for name, backup, more in (("one", without, ("--keys", str(keys))), ("two", whole, ())):
        (tmp_path / name).mkdir()
        after, said = restored(place, tmp_path / name, backup, *more)
        assert after == before
        # The log found its witnesses, though the database is called otherwise: it is not clean for want of them.
        (witnesses,) = (path for path in (tmp_path / name / "new" / "audit").iterdir() if path.is_dir())
        assert sum(1 for path in witnesses.rglob("*") if path.is_file()) > 1
        assert all(after["originals"])
        assert "Before you start" not in said
