"""Store a document (保存文档) that the platform itself made: row first, bytes second; its maker attaches it, or it is swept as an orphan."""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.files import storage
from shequtong.files.keys import new_key
from shequtong.files.models import Blob

BYTES = "application/octet-stream"  # what it is, its owner knows
_CHUNK = 1 << 20


def store_document(*, content: bytes | Path, subdistrict_id: int, by: Actor, now: datetime) -> Blob:
    """Store bytes, or a file of ours, in a place under a claim made here (`blob.claim`, for `attach_files`). Two statements.

    Not inside a transaction: the row must stand before the bytes do (RuntimeError). Nothing is re-encoded: never for what people upload.
    """
    size, sha256 = _measured(content)
    blob = Blob(
        subdistrict_id=subdistrict_id,
        key=new_key(subdistrict_id, now),
        mime=BYTES,
        size=size,
        sha256=sha256,
        original_mime=BYTES,
        original_size=size,
        received_at=now,
        account_id=by.account_id,
        claim=secrets.token_urlsafe(24),
    )
    with transaction.atomic(durable=True):
        blob.save(force_insert=True)
    storage.write(blob.key, storage.DOCUMENT, content)
    blob.state = Blob.State.STORED
    with transaction.atomic(durable=True):
        Blob.objects.filter(pk=blob.pk, state=Blob.State.PENDING).update(state=blob.state)
    return blob


def _measured(content: bytes | Path) -> tuple[int, str]:
    if isinstance(content, bytes):
        return len(content), hashlib.sha256(content).hexdigest()
    digest = hashlib.sha256()
    with content.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return content.stat().st_size, digest.hexdigest()
