"""The database, out and in (数据库导出导入): SQLite by its online copy, PostgreSQL by its own tools; each at one moment while people go on working."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import psycopg
from django.db import connection
from psycopg import sql

from shequtong.config.backup.manifest import BackupError

Say = Callable[[str], None]
SQLITE_FILE, POSTGRESQL_FILE = "database.sqlite3", "database.dump"
_PAGES = 2000
Rows = dict[str, int]
# What a login is made of, and how PostgreSQL's tools are told it.
_PARTS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def dump(folder: Path, say: Say) -> tuple[Rows, str]:
    """Put the database into `folder`; the rows of each table as they are in it, and the version of the engine."""
    return _dump_postgresql(folder, say) if connection.vendor == "postgresql" else _dump_sqlite(folder, say)


def _dump_sqlite(folder: Path, say: Say) -> tuple[Rows, str]:
    source = f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro"
    copy = folder / SQLITE_FILE
    with closing(sqlite3.connect(source, uri=True, isolation_level=None)) as live, closing(sqlite3.connect(copy)) as target:
        # A read that stays open pins one moment: writers go on, and the copy need not begin anew with each of their commits.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(target, pages=_PAGES, progress=lambda _s, left, of: say(f"database {100 - 100 * left // max(of, 1)} %"))
        target.execute("PRAGMA journal_mode=DELETE")
    check_sqlite(copy)
    return sqlite_rows(copy), sqlite3.sqlite_version


def check_sqlite(path: Path) -> None:
    """BackupError when the file is damaged."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        try:
            said = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
        except sqlite3.DatabaseError as error:
            said = [str(error)]
    if said != ["ok"]:
        raise BackupError(f"{path.name} is damaged: {'; '.join(said)}")


def sqlite_rows(path: Path) -> Rows:
    """Rows of each table of a file."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables.fetchall()}  # noqa: S608  # names of our tables


def _dump_postgresql(folder: Path, say: Say) -> tuple[Rows, str]:
    params = {name: str(value) for name, value in connection.get_connection_params().items() if isinstance(value, str | int)}
    login = {name: params[name] for name in _PARTS if params.get(name)}
    # It stands idle in its transaction while pg_dump runs, however long: a server that ends idle ones would end the moment it holds.
    with psycopg.connect(**login, options="-c idle_in_transaction_session_timeout=0") as line:  # type: ignore[arg-type]  # strings all
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        line.read_only = True
        found = line.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
        assert found is not None
        moment, version = found
        say("database: pg_dump")
        where = folder / POSTGRESQL_FILE
        _run("pg_dump", ["-Fc", "--no-owner", "--no-privileges", f"--snapshot={moment}", "-f", str(where)], login, version)
        return postgresql_rows(line), version


def postgresql_rows(line: "psycopg.Connection[Any]") -> Rows:
    """Rows of each table of the schema in use."""
    names = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1").fetchall()
    counts = {}
    for (name,) in names:
        counted = line.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counts[name] = counted[0] if counted else 0
    return counts


def load_postgresql(dump_file: Path, url: str) -> Rows:
    """Restore into the empty database that `url` names, in one transaction: all of it or nothing. The rows of each table then."""
    login = login_of(url)
    with psycopg.connect(**login) as line:  # type: ignore[arg-type]  # strings all
        if postgresql_rows(line):
            raise BackupError(f"Database {login['dbname']} is not empty. Make a new one: createdb {login['dbname']}_restored")
        version = line.info.parameter_status("server_version") or "0"
    _run(
        "pg_restore",
        ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "-d", login["dbname"], str(dump_file)],
        login,
        version,
    )
    with psycopg.connect(**login) as line:  # type: ignore[arg-type]  # strings all
        return postgresql_rows(line)


def check_dump(path: Path) -> None:
    """BackupError when pg_restore cannot read the contents of a dump."""
    _run("pg_restore", ["--list", str(path)], {}, "0")


def login_of(url: str) -> dict[str, str]:
    """The parts of postgres://user@host:port/name?sslmode=…; its password comes by PGPASSWORD or ~/.pgpass, since every list of processes shows the address."""
    parts = urlsplit(url)
    if parts.password:
        raise BackupError("Leave the password out of the address, where others see it: PGPASSWORD=… or ~/.pgpass.")
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BackupError("Name the database as postgres://user@host:port/name")
    found = {"host": parts.hostname or "", "port": str(parts.port or ""), "user": unquote(parts.username or "")}
    found |= {"dbname": parts.path.strip("/"), **{name: value for name, value in parse_qsl(parts.query) if name in _PARTS}}
    return {name: value for name, value in found.items() if value}


def _run(tool: str, arguments: list[str], login: Mapping[str, str], server: str) -> None:
    """One of PostgreSQL's tools; the password goes by the environment, where no list of processes shows it."""
    environment = {**os.environ, **{_PARTS[name]: value for name, value in login.items()}}
    done = subprocess.run([tool_path(tool, server), *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # the server's own tool
    if done.returncode:
        raise BackupError(f"{tool} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")


def tool_path(tool: str, server: str) -> str:
    """The oldest of the installed tools that is not older than the server (a newer one may write what it cannot read), else the one on PATH."""
    wanted = int(re.match(r"\d+", server).group() if re.match(r"\d+", server) else 0)  # type: ignore[union-attr]  # it matched
    found = sorted(_installed(tool))
    for version, path in found:
        if version >= wanted:
            return str(path)
    if on_path := which(tool):
        return on_path
    raise BackupError(f"{tool} is missing: install the client tools of PostgreSQL {wanted or 15}.")


def _installed(tool: str) -> Iterator[tuple[int, Path]]:
    for path in Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"):
        if path.parts[-3].isdigit():
            yield int(path.parts[-3]), path


@contextmanager
def reported(what: str) -> Iterator[None]:
    """A database that refuses, as words."""
    try:
        yield
    except (psycopg.Error, sqlite3.Error) as error:
        raise BackupError(f"{what}: {error}") from error
