"""A backup is put back (恢复): into a folder and a database that hold nothing yet; proved before and after, whole or not at all."""

import shutil
from pathlib import Path

from django.core.files.storage import storages
from django.db.migrations.loader import MigrationLoader

from shequtong.config.backup import engines
from shequtong.config.backup.making import verify
from shequtong.config.backup.manifest import BackupError, Manifest, files_below, sync
from shequtong.core.keys import keyring

PARTS = ("files", "audit", "keys")
DRAFT = ".restoring"
DATABASE = "shequtong.sqlite3"


def restore(
    backup: Path, into: Path, *, database: str = "", keys: Path | None = None, left_out: list[str] | None = None
) -> Manifest:
    """Make the data folder `into` (and fill `database`, PostgreSQL) of a backup; BackupError, and nothing done, when something is wrong.

    With a list for it, damaged photos and documents are left out and named there; everything else must be whole.
    """
    manifest = _proved(backup, left_out)
    unknown = sorted(set(manifest.migrations) - {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations})
    if unknown:
        raise BackupError(f"The backup is of a later version (it has {unknown[0]}). Install that version, then restore.")
    if into.exists() and any(into.iterdir()):
        raise BackupError(f"{into} is not empty; nothing is ever written over. Name a new folder.")
    if (manifest.engine == "postgresql") != bool(database):
        raise BackupError("A backup of PostgreSQL needs --database postgres://…, one of SQLite must not have it.")
    if keys is not None:
        _right_keys(keys, manifest)
    draft = into.with_name(into.name + DRAFT)
    shutil.rmtree(draft, ignore_errors=True)  # what a killed one left
    draft.mkdir(mode=0o700, parents=True)
    _copy(backup, draft, manifest, keys)
    _called(draft / "audit", manifest.audit, engines.login_of(database)["dbname"] if database else Path(DATABASE).stem)
    if database:
        with engines.reported("The database could not be restored"):
            rows = engines.load_postgresql(backup / engines.POSTGRESQL_FILE, database)
    else:
        rows = engines.sqlite_rows(draft / DATABASE)
    if rows != manifest.rows:
        raise BackupError("What was restored does not hold the rows the backup names.")
    if into.exists():
        into.rmdir()
    draft.rename(into)
    sync(into.parent)
    return manifest


def _proved(backup: Path, left_out: list[str] | None) -> Manifest:
    manifest = Manifest.read(backup)
    if left_out is not None:
        left_out += [name for name in manifest.damaged(backup) if name.startswith("files/")]
        for name in left_out:
            del manifest.files[name]
    return verify(backup, manifest, but=frozenset(left_out or ()))


def _called(audit: Path, before: str, now: str) -> None:
    """The log looks for its witnesses under the name of the database."""
    if before not in ("", now) and (audit / before).is_dir():
        (audit / before).rename(audit / now)


def _right_keys(folder: Path, manifest: Manifest) -> None:
    try:
        ring = keyring.load((folder / "sealing.json").read_text(encoding="utf-8"), "sealing.json")
    except OSError:
        raise BackupError(f"{folder} holds no sealing.json.") from None
    if missing := sorted(set(manifest.key_ids) - set(ring.keys)):
        raise BackupError(f"The keys in {folder} are not those of the backup: {', '.join(missing)} missing.")


def _copy(backup: Path, draft: Path, manifest: Manifest, keys: Path | None) -> None:
    pairs = [(backup / name, draft / name) for name in manifest.files if name.split("/")[0] in PARTS]
    if keys is not None:
        pairs += [(path, draft / "keys" / path.relative_to(keys)) for path in files_below(keys)]
    if manifest.engine == "sqlite":
        pairs.append((backup / engines.SQLITE_FILE, draft / DATABASE))
    for source, target in pairs:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o600)
        sync(target)
    _as_stored(draft / "files")


def _as_stored(folder: Path) -> None:
    """Photos get the modes the storage gives them: nginx may have to read them."""
    storage = storages["default"]
    file_mode, folder_mode = getattr(storage, "file_permissions_mode", None), getattr(storage, "directory_permissions_mode", None)
    for path in (folder, *folder.rglob("*")) if folder.is_dir() else ():
        if mode := folder_mode if path.is_dir() else file_mode:
            path.chmod(mode)
