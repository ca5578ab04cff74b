"""What a backup says of itself (备份清单): every file with its hash, the rows of every table, the state of the database, whose keys open it."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Self

NAME: Final = "manifest.json"
FORMAT: Final = 1
FOLDER: Final = re.compile(r"shequtong-\d{8}T\d{6}Z")
_PIECE: Final = 1024 * 1024


class BackupError(Exception):
    """In words for whoever typed the command."""


@dataclass(frozen=True)
class Kept:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """Written last: a folder without it is no backup."""

    made_at: str
    engine: str  # "sqlite" or "postgresql"
    engine_version: str
    code: str
    migrations: list[str]
    rows: dict[str, int]
    key_ids: list[str]  # names of the sealing keys that open it; never the keys
    with_keys: bool
    with_files: bool
    files: dict[str, Kept] = field(default_factory=dict)  # by path in the folder
    audit: str = ""  # what the folder of the log's witnesses is called, after the database
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """As the last file, synced."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        path = folder / NAME
        path.write_text(text, encoding="utf-8")
        sync(path)
        sync(folder)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Of a backup; BackupError when it is none, or of a later format."""
        try:
            found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise BackupError(f"{folder} is no whole backup: it has no readable {NAME}.") from None
        if found.get("format") != FORMAT:
            raise BackupError(f"{folder} has format {found.get('format')}, this code reads {FORMAT}.")
        found["files"] = {path: Kept(**kept) for path, kept in found["files"].items()}
        return cls(**found)

    def damaged(self, folder: Path) -> Iterator[str]:
        """Names of the files that are gone or changed. Reads all bytes."""
        there = {path.relative_to(folder).as_posix() for path in files_below(folder)}
        return (name for name, kept in sorted(self.files.items()) if name not in there or fingerprint(folder / name) != kept)

    def faults(self, folder: Path) -> Iterator[str]:
        """Every file that is gone, changed or too much. Reads all bytes."""
        there = {path.relative_to(folder).as_posix() for path in files_below(folder)} - {NAME}
        for path, kept in sorted(self.files.items()):
            if path not in there:
                yield f"{path} is gone"
            elif fingerprint(folder / path) != kept:
                yield f"{path} has changed"
        yield from (f"{path} does not belong to it" for path in sorted(there - self.files.keys()))


def files_below(folder: Path) -> Iterator[Path]:
    """All files of a folder."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def fingerprint(path: Path) -> Kept:
    """Size and hash of a file, read piece by piece."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return Kept(size, digest.hexdigest())


def backups_in(folder: Path) -> list[Path]:
    """Whole backups, oldest first."""
    found = [path for path in folder.iterdir() if FOLDER.fullmatch(path.name) and (path / NAME).is_file()]
    return sorted(found, key=lambda path: path.name)


def sync(path: Path) -> None:
    """On disk, not only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
