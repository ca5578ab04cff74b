"""The folder outside the database (审计目录) where the log's witnesses live: journal, chain heads, waiting security rows.

`<AUDIT_FOLDER>/<name of the database>/`, mode 700; AUDIT_FOLDER is `<SHEQUTONG_DATA>/audit` unless the environment names another, such as
a disk that those who administer the database cannot write.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

PRIVATE_FILE = 0o600


def folder() -> Path:
    """The folder of this database's witnesses, made when absent."""
    name = Path(str(connection.settings_dict["NAME"])).stem or "memory"
    found = Path(settings.AUDIT_FOLDER) / name
    if not found.is_dir():
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def append(path: Path, line: str, *, durable: bool) -> None:
    """Add one line to `path` in one write, so that lines of processes never mix; on disk before this returns when `durable`."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        os.write(handle, f"{line}\n".encode())
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)
