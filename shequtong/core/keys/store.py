"""Where the keys come from (密钥的存取): the environment, else the files; read once, read again when the ring has changed."""

import json
import os
import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shequtong.core.keys import files
from shequtong.core.keys import keyring as rings
from shequtong.core.keys.files import KeyFileError
from shequtong.core.keys.keyring import Ring

RING_FILE, AUDIT_FILE, SECRET_FILE, RETIRED_FILE = "sealing.json", "audit.key", "secret_key", "retired.json"
AUDIT_BYTES = 32
# How long a process may go on using a ring that another process has changed.
RELOAD_SECONDS = 1.0


@dataclass
class _Read:
    """The ring as this process read it, the file's state then, and when the file was last looked at."""

    ring: Ring
    path: Path
    stamp: tuple[int, int]
    looked: float


_folder: Path | None = None
_read: _Read | None = None
_audit: bytes | None = None


def prepare(where: Path, algorithm: str) -> str:
    """Make the keys that are missing in the folder `where`, check the modes of all, and return Django's SECRET_KEY.

    From then on this process takes its keys from there. Needs no Django. Raises KeyFileError when others may read a key, or when
    one is gone from among the others.
    """
    global _folder, _read, _audit
    _folder, _read, _audit = where, None, None
    makers: dict[str, Callable[[], str]] = {}
    if not os.environ.get("SEALING_KEYS"):
        makers[RING_FILE] = lambda: rings.dump(rings.new_ring(algorithm))
    if not os.environ.get("AUDIT_KEY"):
        makers[AUDIT_FILE] = lambda: b64encode(secrets.token_bytes(AUDIT_BYTES)).decode() + "\n"
    if not os.environ.get("SECRET_KEY"):
        makers[SECRET_FILE] = lambda: secrets.token_urlsafe(48) + "\n"
    made = files.read_or_make(files.private_folder(where), makers) if makers else {}
    return os.environ.get("SECRET_KEY") or made[SECRET_FILE].strip()


def folder() -> Path:
    """The folder of the keys: the one the settings prepared."""
    if _folder is None:
        raise KeyFileError("no keys were prepared: import the settings first")
    return _folder


def ring_from_environment() -> bool:
    """Whether the ring comes from SEALING_KEYS, so that only the operator can change it."""
    return bool(os.environ.get("SEALING_KEYS"))


def ring(fresh: bool = False) -> Ring:
    """The key ring. A change made by another process is seen within RELOAD_SECONDS, at once with `fresh`."""
    global _read
    now = time.monotonic()
    if _read is not None and not fresh and now - _read.looked < RELOAD_SECONDS:
        return _read.ring
    if text := os.environ.get("SEALING_KEYS"):
        _read = _Read(rings.load(text, "SEALING_KEYS"), Path(), (0, 0), now)
        return _read.ring
    path = folder() / RING_FILE
    try:
        stamp = _stamp(path)
        if _read is None or (_read.path, _read.stamp) != (path, stamp):
            _read = _Read(rings.load(files.read_private(path), str(path)), path, stamp, now)
    except FileNotFoundError:
        raise KeyFileError(f"{path} is gone: put it back from the backup of the keys") from None
    _read.looked = now
    return _read.ring


def change_ring(change: Callable[[Ring], Ring]) -> Ring:
    """Replace the ring by `change(ring)`, whole, one process at a time. Keys that fall out are kept in `retired.json`."""
    if ring_from_environment():
        raise KeyFileError("the key ring comes from SEALING_KEYS: change it there")
    where = folder()
    with files.locked(where):
        before = rings.load(files.read_private(where / RING_FILE), RING_FILE)
        after = change(before)
        gone = [before.keys[key_id] for key_id in before.keys if key_id not in after.keys]
        if gone:
            _keep_retired(where / RETIRED_FILE, {key.id: rings.dump_key(key) for key in gone})
        files.write_private(where / RING_FILE, rings.dump(after))
    return ring(fresh=True)


def bring_back(key_id: str) -> Ring:
    """Put a retired key back into the ring, to open an old backup or a value that was overlooked. KeyFileError when it is not kept."""
    path = folder() / RETIRED_FILE
    kept = json.loads(files.read_private(path)) if path.exists() else {}
    if key_id not in kept:
        raise KeyFileError(f"{path} does not hold key {key_id}")
    return change_ring(lambda before: before.with_key(rings.load_key(key_id, kept[key_id])))


def audit_key() -> bytes:
    """The 32 bytes that the audit chain is keyed with; rotation of the sealing keys never touches them."""
    global _audit
    if _audit is None:
        text = os.environ.get("AUDIT_KEY") or files.read_private(folder() / AUDIT_FILE)
        key = b64decode(text.strip())
        if len(key) != AUDIT_BYTES:
            raise KeyFileError(f"the audit key must be {AUDIT_BYTES} bytes in base64")
        _audit = key
    return _audit


def _keep_retired(path: Path, entries: dict[str, dict[str, str]]) -> None:
    # An old backup of the database opens with the keys of its day, and only with them.
    kept = json.loads(files.read_private(path)) if path.exists() else {}
    files.write_private(path, json.dumps({**kept, **entries}, indent=1) + "\n")


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino
