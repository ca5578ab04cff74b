"""A migrated database (备好的库): made once a run, and laid down as a copy for every worker, server and process that begins with one.

Migrating takes the better part of a minute of a processor, a copy a part of a second, and a run begins a dozen times. It is made by
`manage.py migrate` in an empty place by whoever asks first, while others wait. Nothing outlives the run: what it is made from may have changed.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection

PLACE = "TESTS_MIGRATED"  # in the environment of a run and of all it starts: the folder of what is made once
DATABASE = "shequtong.sqlite3"  # in a data folder, as config/settings/database.py calls it
OURS = ("DATABASE_URL", "SHEQUTONG_DEMO", "DJANGO_ALLOW_ASYNC_UNSAFE")  # settings of the tests' own process
_URL = "url"  # in the folder of PostgreSQL's: the database that is copied


@contextmanager
def prepared(*, ahead: bool = False) -> Iterator[None]:
    """Around a whole run, in the process that started it; inside another run it is that one's. `ahead`: begun before anybody asks."""
    if PLACE in os.environ:
        yield
        return
    data = os.environ.get("SHEQUTONG_DATA", "")  # thrown away with the rest, should this process be killed
    folder = Path(tempfile.mkdtemp(prefix="migrated-", dir=data if data and Path(data).is_dir() else None))
    os.environ[PLACE] = str(folder)
    begun = Thread(target=_make_all)
    if ahead:
        begun.start()
    try:
        yield
    finally:
        if ahead:
            begun.join()
        del os.environ[PLACE]
        for file in folder.glob(f"*/{_URL}"):
            _drop(file.read_text(encoding="utf-8"))
        shutil.rmtree(folder)


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled, for whoever asks first in this run; one that failed is begun anew."""
    folder = Path(os.environ[PLACE]) / name
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = folder.with_name(f"{name}.making")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder


def lay_data(folder: Path, database_url: str = "") -> None:
    """A data folder that does not exist yet: with its keys, and its database unless `database_url` names an empty one to be filled."""
    if not database_url:
        shutil.copytree(once("sqlite", _migrated), folder)
        return
    made = _on_server(url_of() or database_url)
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns(_URL))
    _drop(database_url)
    _copy((made / _URL).read_text(encoding="utf-8"), database_url)


@contextmanager
def test_database() -> Iterator[None]:
    """Django's test database, under the name that Django would give it, as the default connection."""
    told, usual = connection.settings_dict, connection.settings_dict["NAME"]
    name = (told.get("TEST") or {}).get("NAME") or f"test_{usual}"
    server = url_of(usual)
    connection.close()
    if server:
        made, url = _on_server(server), url_of(name)
        _drop(url)
        _copy((made / _URL).read_text(encoding="utf-8"), url)
    else:
        _remove_file(name)
        shutil.copyfile(once("sqlite", _migrated) / DATABASE, name)
    told["NAME"] = settings.DATABASES["default"]["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        told["NAME"] = settings.DATABASES["default"]["NAME"] = usual
        if server:
            _drop(url)
        else:
            _remove_file(name)


def url_of(database: str | None = None) -> str:
    """The address of a database on the server that the default connection speaks to, its own without a name; "" on SQLite."""
    if connection.vendor != "postgresql":
        return ""
    of = connection.get_connection_params()
    login = quote(of["user"]) + (f":{quote(of['password'])}" if of.get("password") else "")
    return f"postgres://{login}@{of['host']}:{of.get('port', 5432)}/{database or of['dbname']}"


def _make_all() -> None:
    """What a whole run needs. Who asks later for what failed makes it anew, and then its test says why."""
    with suppress(RuntimeError):
        if server := url_of():
            _on_server(server)
        once("sqlite", _migrated)


def _on_server(url: str) -> Path:
    return once("postgresql", lambda draft: _migrated(draft, url))


def _migrated(folder: Path, beside: str = "") -> None:
    """A fresh installation in `folder`, without any setting but where it lies; on the server that `beside` names, in a database of its own, whose address is kept there."""
    url = ""
    if beside:
        url = urlunsplit(urlsplit(beside)._replace(path=f"/migrated_{Path(os.environ[PLACE]).name[-8:].lower()}"))
        _drop(url)
        with _server(url) as line:
            line.execute(f'CREATE DATABASE "{urlsplit(url).path[1:]}"')
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {"SHEQUTONG_DATA": str(folder)} | ({"DATABASE_URL": url} if url else {})
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"migrate: {done.stdout[-2000:]}{done.stderr[-4000:]}")
    if url:
        (folder / _URL).write_text(url, encoding="utf-8")


def _server(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True)


def _copy(made: str, url: str) -> None:
    elsewhere = urlsplit(made).netloc != urlsplit(url).netloc
    template = "" if elsewhere else f' TEMPLATE "{urlsplit(made).path[1:]}"'
    with _server(url) as line:
        line.execute(f'CREATE DATABASE "{urlsplit(url).path[1:]}"{template}')
    if elsewhere:  # a server of a test's own, which it stops or fills: three seconds instead of the minute of migrating
        dumped = subprocess.run(["pg_dump", "--no-owner", made], capture_output=True, check=True).stdout
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", url], input=dumped, capture_output=True, check=True)


def _drop(url: str) -> None:
    with _server(url) as line:
        line.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


def _remove_file(name: str) -> None:
    for one in (name, f"{name}-wal", f"{name}-shm"):
        Path(one).unlink(missing_ok=True)
