"""A database and data folder apart (独立数据库): for processes that are measured or killed, on the engine of `DATABASE_URL` (SQLite without)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def apart(folder: Path, database_url: str = "", name: str = "apart") -> Iterator[dict[str, str]]:
    """The environment of processes with a fresh data folder and a fresh database; on a server that `database_url` names, made and dropped.

    `name` tells several of one process apart.
    """
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"SHEQUTONG_DATA": str(folder / "data"), "SHEQUTONG_DEMO": "1"}
    if not database_url.startswith("postgres"):
        yield environment
        return
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(database_url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
        try:
            yield {**environment, "DATABASE_URL": urlunsplit(urlsplit(database_url)._replace(path=f"/{name}"))}
        finally:
            line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
