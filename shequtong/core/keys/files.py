"""Key files (密钥文件): made once, readable by their owner alone, never half written. No Django in here: settings import it."""

import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE, OTHERS = 0o700, 0o600, 0o077


class KeyFileError(Exception):
    """A key file is missing, open to others or unreadable. The text says what to do and never holds a key."""


def private_folder(folder: Path) -> Path:
    """`folder`, made with mode 700 when absent. Raises KeyFileError when group or others may enter it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=PRIVATE_FOLDER)
    except FileExistsError:
        _refuse_open(folder, "700")
    return folder


def read_private(path: Path) -> str:
    """Text of a key file. Raises KeyFileError when group or others may read it, FileNotFoundError when absent."""
    _refuse_open(path, "600")
    return path.read_text(encoding="ascii")


def read_or_make(folder: Path, makers: Mapping[str, Callable[[], str]]) -> dict[str, str]:
    """Texts of the key files of `folder` by name, those that are absent made in the given order.

    Of processes that start at once, all get the same texts. Raises KeyFileError when a file is absent though one that is made
    after it is there: then a backup was put back without it, and a new key would only hide that.
    """
    with locked(folder):
        there = [(folder / name).exists() for name in makers]
        for name, present, later in zip(makers, there, (there[at + 1 :] for at in range(len(there))), strict=True):
            if not present and any(later):
                raise KeyFileError(f"{folder / name} is gone while other keys are here: put it back from the backup of the keys")
        for (name, make), present in zip(makers.items(), there, strict=True):
            if not present:
                write_private(folder / name, make())
        return {name: read_private(folder / name) for name in makers}


def write_private(path: Path, text: str) -> None:
    """Put `text` at `path` whole or not at all, mode 600, on disk before this returns. The caller holds `locked(folder)`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)  # left by a process that died while holding the lock; our lock makes it ours to clear
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time changes the keys of `folder`. Ends by itself when the process dies."""
    handle = os.open(private_folder(folder) / ".lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_open(path: Path, wanted: str) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        raise KeyFileError(
            f"{path} has mode {mode:03o}: others than its owner may reach the keys. If nobody else has read it: chmod {wanted} {path}"
        )
