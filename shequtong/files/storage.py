"""The folder that keeps its word (文件存储): a file that was saved is on disk, name and bytes, before anybody is told so.

Production may name an S3-compatible storage in STORAGES instead: a PUT that was answered is durable there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
SHOWN, THUMB, ORIGINAL = "shown.jpg", "thumb.jpg", "original"
DOCUMENT = "document"  # made by the platform itself: an export, a printed sheet
VARIANTS = (SHOWN, THUMB, ORIGINAL, DOCUMENT)


class DurableFolder(FileSystemStorage):
    """A local folder. Files are private to the account of the server, and synced with the folders that name them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"file_permissions_mode": PRIVATE_FILE, "directory_permissions_mode": PRIVATE_FOLDER, **options})

    def _save(self, name: str, content: Any) -> str:
        folder = Path(self.path(name)).parent
        made = [folder, *(parent for parent in folder.parents if not parent.is_dir())] if not folder.is_dir() else []
        saved: str = super()._save(name, content)  # type: ignore[misc]  # Django's stubs leave out what a storage overrides
        written = (Path(self.path(saved)), folder, *(new.parent for new in made))
        later = _later.get()
        if later is None:
            for path in written:
                _sync(path)
        else:
            later.update(dict.fromkeys(written))
        return saved


_later: ContextVar[dict[Path, None] | None] = ContextVar("written files to be synced together", default=None)


@contextmanager
def synced_together() -> Iterator[None]:
    """Files saved within are on disk when this ends, not before: of nine photos each folder is synced once, and the disk is waited for at the end alone."""
    token = _later.set({})
    try:
        yield
        for path in _later.get() or ():
            _sync(path)
    finally:
        _later.reset(token)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def name_of(key: str, variant: str) -> str:
    """The name in the storage of one variant of a file."""
    return f"{key}.{variant}"


def write(key: str, variant: str, data: bytes | Path) -> None:
    """Store one variant, bytes or a file of ours, under a key that is new."""
    name = name_of(key, variant)
    if isinstance(data, bytes):
        saved = _storage().save(name, ContentFile(data))
    else:
        with data.open("rb") as file:
            saved = _storage().save(name, File(file))
    if saved != name:
        # Keys are never used twice: the storage has put the bytes where no row will look for them.
        _storage().delete(saved)
        raise FileExistsError(name)


def read(key: str, variant: str) -> bytes:
    """All bytes of one variant. FileNotFoundError when it is gone."""
    with opened(key, variant) as file:
        return file.read()


def opened(key: str, variant: str) -> IO[bytes]:
    """One variant to be read piece by piece; who asked closes it. FileNotFoundError when it is gone."""
    return cast(IO[bytes], _storage().open(name_of(key, variant)))


def delete(key: str, *variants: str) -> None:
    """Delete variants; those that are gone already are no error."""
    for variant in variants:
        _storage().delete(name_of(key, variant))


def _storage() -> Storage:
    return storages["default"]
