"""A stored file (附件): the row first, the bytes second; the shown copy is re-encoded, the original stays sealed."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local
from shequtong.core.sealed import SealedTextField


class Blob(Local):
    """Key `<subdistrict_no>/<yyyy>/<mm>/<uuid7>`. Unattached blobs are orphans and are swept after a day."""

    class State(models.TextChoices):
        PENDING = "pending"  # the row stands, the bytes may not
        STORED = "stored"
        SWEPT = "swept"

    key = CodeField(max_length=80)
    state = CodeField(max_length=10, choices=State, default=State.PENDING)
    mime = CodeField(max_length=40)  # of the shown copy
    size = models.BigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = CodeField(max_length=64)  # of the original
    original_mime = CodeField(max_length=40)
    original_size = models.BigIntegerField()
    original_keep_until = models.DateField(null=True)
    exif = SealedTextField(mask="text", blank=True, default="")  # kept apart from the shown copy
    taken_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    # What it is attached to; "" while the form is not yet sent. The owner answers who may see it.
    owner_kind = CodeField(max_length=40, blank=True)
    owner_id = models.BigIntegerField(null=True)
    label = CodeField(max_length=20, blank=True)  # what the owner calls it: before, after …
    detail_id = models.BigIntegerField(null=True)  # the part of the owner it came with (a step)
    claim = CodeField(max_length=40, blank=True)  # the submit_key of the form it was uploaded for

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "key"], name="files_blob_key")]
        indexes = [
            models.Index(fields=["subdistrict", "owner_kind", "owner_id", "id"], name="files_blob_owner"),
            models.Index(fields=["subdistrict", "claim"], name="files_blob_claim"),
        ]
