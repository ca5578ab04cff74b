"""Bring photos over (迁移照片): what was uploaded before the place was known is stored again where the matter lies.

A local row never changes its place: new rows are written there, the first ones are left to be swept as orphans.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from shequtong.core.actors import Actor
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.files.originals import read_original
from shequtong.files.photos import PreparedPhoto
from shequtong.files.usecases.drop_uploads import drop_uploads
from shequtong.files.usecases.store_photo import store_photos


def bring_photos(*, blobs: Sequence[Blob], claim: str, to: int, by: Actor, now: datetime) -> list[Blob]:
    """Store the unattached photos `blobs` of `claim` again in place `to` (storage number); the new rows, in order.

    Three statements for any number, none for none. Outside a transaction, as `store_photos`.
    """
    brought = store_photos(photos=[_again(blob) for blob in blobs], subdistrict_id=to, claim=claim, by=by, now=now)
    drop_uploads(blobs=blobs, claim=claim)
    return brought


def _again(blob: Blob) -> PreparedPhoto:
    return PreparedPhoto(
        original=read_original(blob),
        original_mime=blob.original_mime,
        sha256=blob.sha256,
        shown=storage.read(blob.key, storage.SHOWN),
        thumb=storage.read(blob.key, storage.THUMB),
        width=blob.width,
        height=blob.height,
        exif=json.loads(blob.exif.reveal() or "{}"),
        taken_at=blob.taken_at,
    )
