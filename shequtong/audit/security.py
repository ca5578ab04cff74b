"""The security log's writer (安全日志): what must be kept even when the request it happened in is rolled back.

Outside a transaction the row is committed when `note` returns. Inside one, it is first put into a file of its own (on disk before `note`
returns) and moved to the table by `flush`: after the commit, after the request (`SecurityLogMiddleware`), at the next `note` outside a
transaction, or by the worker. A rollback, a crash and SQLite's single writer therefore never lose or delay it; it may only be seen later.
"""

import hashlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict, Unpack

from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from shequtong.audit.folder import PRIVATE_FILE, folder
from shequtong.audit.marks import canonical, mark_of
from shequtong.audit.models import SecurityEvent
from shequtong.core.actors import Actor
from shequtong.core.keys import audit_key
from shequtong.core.locality import INSTALLATION
from shequtong.core.locality.ids import new_id

logger = logging.getLogger(__name__)
_waiting_here = False


class Told(TypedDict, total=False):
    """What a row may tell beside its kind and what it is about; `address` is a network address, `facts` JSON values without personal data."""

    by: Actor | None
    subdistrict_id: int
    object_kind: str
    object_id: int | None
    reason: str
    address: str
    facts: Mapping[str, Any] | None
    now: datetime


def note(kind: str, *, what: str, **told: Unpack[Told]) -> None:
    """Keep that `kind` (refused, revealed, locked_out …) happened with `what`, whatever becomes of the open transaction.

    One INSERT outside a transaction, none inside one.
    """
    row = row_of(kind, what=what, **told)
    if in_transaction():
        _put_aside(row)
        transaction.on_commit(flush, robust=True)
    else:
        flush()
        _write(row)


def row_of(kind: str, *, what: str, **told: Unpack[Told]) -> dict[str, Any]:
    """What `note` keeps, for `note_within`; of a network address only a keyed hash."""
    by = told.get("by")
    return {
        "subdistrict_id": told.get("subdistrict_id", INSTALLATION),
        "kind": kind[:30],
        "what": what[:80],
        "object_kind": told.get("object_kind", "")[:60],
        "object_id": told.get("object_id"),
        "reason": told.get("reason", "")[:200],
        "at": told.get("now") or timezone.now(),
        "account_id": by.account_id if by else None,
        "actor": by.name[:80] if by else "",
        "address_hash": address_hash(told.get("address", "")),
        "facts": canonical(dict(told.get("facts") or {})),
        "token": secrets.token_hex(16),
    }


def note_within(*rows: Mapping[str, Any]) -> None:
    """Keep these rows with the open transaction, which undoes them when it is undone. One INSERT. Raises RuntimeError outside of one."""
    if not in_transaction():
        raise RuntimeError("note_within() outside a transaction: `note` keeps a row at once")
    SecurityEvent.objects.bulk_create([_event(row) for row in rows])


def in_transaction() -> bool:
    """Whether a rollback could still undo a row written now. The transaction a test case runs in does not count."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def address_hash(address: str) -> str:
    """How a network address is kept: the same address gives the same 64 hex digits, which nobody can turn back without the key."""
    return hmac.new(audit_key(), f"address\n{address}".encode(), hashlib.sha256).hexdigest() if address else ""


def flush(*, everyone: bool = False) -> int:
    """Move rows that waited in files into the table; how many. Does nothing inside a transaction.

    Looks at the disk only when this process put something there, or for `everyone` (the worker: also what a dead process left).
    """
    global _waiting_here
    if in_transaction() or not (everyone or _waiting_here):
        return 0
    _waiting_here = False
    moved = 0
    for path in sorted(_waiting_folder().glob("*.json")):
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            row["at"] = datetime.fromisoformat(row["at"])
            _write(row)
        except FileNotFoundError:
            continue  # another process was faster
        except (ValueError, KeyError, Error):
            # It stays for the worker's next round; neither the request nor the other rows suffer for it.
            logger.exception("a waiting security row could not be written: %s", path.name)
            continue
        path.unlink(missing_ok=True)
        moved += 1
    return moved


def _waiting_folder() -> Path:
    found = folder() / "waiting"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def _put_aside(row: Mapping[str, Any]) -> None:
    global _waiting_here
    where, token = _waiting_folder(), row["token"]
    draft = where / f".{token}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({**row, "at": row["at"].isoformat()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(where / f"{row['at']:%Y%m%d%H%M%S%f}-{token}.json")
    _waiting_here = True


def _write(row: Mapping[str, Any]) -> None:
    try:
        with transaction.atomic():
            _event(row).save(force_insert=True)
    except IntegrityError:
        # Written before by a process that died between its commit and the removal of the file.
        if not SecurityEvent.objects.filter(subdistrict=row["subdistrict_id"], token=row["token"]).exists():
            raise


def _event(row: Mapping[str, Any]) -> SecurityEvent:
    event = SecurityEvent(id=new_id(row["subdistrict_id"]), **row)
    event.mark = mark_of(event)
    return event
