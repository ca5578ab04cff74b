"""A backup is made (备份): the log's witnesses, the database, then the files its rows name, into a hidden folder that gets its name when all of it is on disk.

Files never change once stored, so what the backup before holds already is linked, not copied (same disk): a daily backup costs what is new.
"""

import fcntl
import os
import shutil
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from shequtong.audit.folder import folder as audit_folder
from shequtong.config.backup import engines
from shequtong.config.backup.manifest import FOLDER, BackupError, Kept, Manifest, backups_in, files_below, fingerprint, sync
from shequtong.core import keys

Say = engines.Say
DRAFT = ".making-"
SAY_EVERY = 2.0  # seconds


class Progress:
    """Says how far it is, every two seconds at most."""

    def __init__(self, say: Say) -> None:
        self._say, self._said = say, time.monotonic()

    def __call__(self, text: str) -> None:
        if time.monotonic() - self._said >= SAY_EVERY:
            self._said = time.monotonic()
            self._say(text)


@contextmanager
def alone(where: Path) -> Iterator[None]:
    """One backup at a time in a folder; what a killed one left is removed. The lock goes with the process."""
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(where / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in where.glob(f"{DRAFT}*"):
            shutil.rmtree(left)
        yield
    except BlockingIOError:
        raise BackupError(f"Another backup into {where} is running.") from None
    finally:
        os.close(handle)


def make_backup(where: Path, now: datetime, say: Say, *, with_keys: bool = False) -> Path:
    """A new folder in `where`; BackupError when it cannot be whole."""
    name = f"shequtong-{now:%Y%m%dT%H%M%SZ}"
    assert FOLDER.fullmatch(name)
    with alone(where):
        if (where / name).exists():
            raise BackupError(f"{where / name} is there already; nothing is ever written over.")
        draft = where / f"{DRAFT}{name}"
        draft.mkdir(mode=0o700)
        # The log's witnesses first: what they know the database must hold, what it holds they may not know yet.
        witnesses: dict[str, Kept] = {}
        _copies(draft, witnesses, {"audit": Path(settings.AUDIT_FOLDER)}, None, say)
        manifest = _database(draft, now, say, with_keys=with_keys)
        manifest.files |= witnesses
        before = next(reversed(backups_in(where)), None)
        sources = {"files": files_folder(), "keys": keys.folder() if with_keys else None}
        _copies(draft, manifest.files, sources, before, say)
        manifest.write(draft)
        draft.rename(where / name)
        sync(where)
    return where / name


def _database(draft: Path, now: datetime, say: Say, *, with_keys: bool) -> Manifest:
    with engines.reported("The database could not be copied"):
        rows, version = engines.dump(draft, Progress(say))
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    (file,) = (path for path in draft.iterdir() if path.is_file())
    file.chmod(0o600)
    sync(file)
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        engine=connection.vendor,
        engine_version=version,
        code=code_version(),
        migrations=applied,
        rows=rows,
        key_ids=sorted(keys.ring().keys),
        with_keys=with_keys,
        with_files=files_folder() is not None,
        files={file.name: fingerprint(file)},
        audit=audit_folder().name,
    )


def code_version() -> str:
    """As the project names it."""
    project: dict[str, str] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["version"]


def files_folder() -> Path | None:
    """Where photos and documents lie; None when they are another storage's, which keeps copies of its own."""
    storage = storages["default"]
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


def _copies(draft: Path, taken: dict[str, Kept], sources: Mapping[str, Path | None], before: Path | None, say: Say) -> None:
    known = Manifest.read(before).files if before else {}
    told = Progress(say)
    for part, folder in sources.items():
        found = list(files_below(folder)) if folder is not None and folder.is_dir() else []
        for number, path in enumerate(found, 1):
            told(f"{part} {number} of {len(found)}")
            name = f"{part}/{path.relative_to(folder).as_posix()}"  # type: ignore[arg-type]  # found in it
            # Only what never changes is taken from the backup before; the witnesses of the log grow.
            kept = _take(
                path, draft / name, before / name if before and part == "files" and name in known else None, known.get(name)
            )
            if kept is not None:
                taken[name] = kept


def _take(path: Path, copy: Path, older: Path | None, known: Kept | None) -> Kept | None:
    """Copy a file, or link it to the copy of last time; None when it was deleted meanwhile."""
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if older is not None and known is not None and path.stat().st_size == known.size:
            try:
                if fingerprint(older) == known:  # what has rotted is copied anew and not handed on
                    copy.hardlink_to(older)
                    return known
            except OSError:
                pass  # another disk, or gone: copied like any other
        shutil.copyfile(path, copy)
    except FileNotFoundError:
        return None
    copy.chmod(0o600)
    sync(copy)
    return fingerprint(copy)


def drop_old(where: Path, keep: int) -> list[Path]:
    """Remove whole backups beyond the newest `keep`; which."""
    gone = backups_in(where)[:-keep] if keep > 0 else []
    for folder in gone:
        # Under the name of a draft first: killed in the middle, it is no backup that lacks files.
        draft = where / f"{DRAFT}{folder.name}"
        folder.rename(draft)
        shutil.rmtree(draft)
    return gone


def verify(folder: Path, manifest: Manifest | None = None, but: frozenset[str] = frozenset()) -> Manifest:
    """Read every byte of a backup and prove it; BackupError with what is wrong. `but`: files that the manifest no longer names."""
    manifest = manifest or Manifest.read(folder)
    if faults := [one for one in manifest.faults(folder) if one.removesuffix(" does not belong to it") not in but]:
        raise BackupError(
            f"{folder.name} is damaged: {'; '.join(faults[:5])}" + (f" … {len(faults)} in all" if len(faults) > 5 else "")
        )
    if manifest.engine == "sqlite":
        engines.check_sqlite(folder / engines.SQLITE_FILE)
        if engines.sqlite_rows(folder / engines.SQLITE_FILE) != manifest.rows:
            raise BackupError(f"{folder.name} does not hold the rows it names.")
    else:
        engines.check_dump(folder / engines.POSTGRESQL_FILE)
    return manifest
