"""Store photos (保存照片) for a form that is being filled in: row first, bytes second, answered when both are on disk.

A process that dies between leaves a PENDING row, which is swept with whatever bytes it has; nothing had been answered. Called before the
deed's own transaction, which settles the rows by attaching them; a form that comes back settles them without. Leaves no audit row: the deed that attaches the photos is what is traced.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.files import envelope, exif, storage
from shequtong.files.keys import new_key
from shequtong.files.models import Blob
from shequtong.files.photos import PreparedPhoto, prepare_photo

JPEG = "image/jpeg"


def store_photo(*, data: bytes, subdistrict_id: int, claim: str, by: Actor, now: datetime, name: str = "") -> Blob:
    """Prepare and store one photo. Raises BadPhoto as `prepare_photo` does. Two statements."""
    photo = prepare_photo(data, name, place(subdistrict_id).zone)
    return store_photos(photos=[photo], subdistrict_id=subdistrict_id, claim=claim, by=by, now=now)[0]


def store_photos(
    *, photos: Sequence[PreparedPhoto], subdistrict_id: int, claim: str, by: Actor, now: datetime, settle: bool = True
) -> list[Blob]:
    """Store prepared photos in a place, under the claim of their form (at most 40 characters); the rows, in order.

    Two statements for any number, one where the caller attaches them at once or calls `settle_photos` itself. Not inside a
    transaction: the rows must stand before the bytes do (RuntimeError).
    """
    if not photos:
        return []
    blobs = [_row(photo, subdistrict_id, claim, by, now) for photo in photos]
    with transaction.atomic(durable=True):
        Blob.objects.bulk_create(blobs)
    with storage.synced_together():
        for blob, photo in zip(blobs, photos, strict=True):
            _write(blob, photo)
    if settle:
        settle_photos(blobs)
    return blobs


def settle_photos(blobs: Sequence[Blob]) -> None:
    """From here on their form finds them again: their bytes are on disk. One statement, none when nothing is pending."""
    pending = [blob for blob in blobs if blob.state == Blob.State.PENDING]
    if not pending:
        return
    with transaction.atomic():
        Blob.objects.filter(pk__in=[blob.pk for blob in pending], state=Blob.State.PENDING).update(state=Blob.State.STORED)
    for blob in pending:
        blob.state = Blob.State.STORED


def _row(photo: PreparedPhoto, subdistrict_id: int, claim: str, by: Actor, now: datetime) -> Blob:
    today = now.astimezone(place(subdistrict_id).zone).date()
    return Blob(
        subdistrict_id=subdistrict_id,
        key=new_key(subdistrict_id, now),
        mime=JPEG,
        size=len(photo.shown),
        width=photo.width,
        height=photo.height,
        sha256=photo.sha256,
        original_mime=photo.original_mime,
        original_size=len(photo.original),
        original_key=envelope.new_key(),
        original_keep_until=today + timedelta(days=settings.FILES_KEEP_ORIGINALS_DAYS),
        exif=exif.as_text(photo.exif),
        taken_at=photo.taken_at,
        received_at=now,
        account_id=by.account_id,
        claim=claim,
    )


def _write(blob: Blob, photo: PreparedPhoto) -> None:
    sealed = envelope.close(photo.original, blob.original_key.reveal(), blob.key)
    for variant, data in ((storage.ORIGINAL, sealed), (storage.SHOWN, photo.shown), (storage.THUMB, photo.thumb)):
        storage.write(blob.key, variant, data)
