"""A stored file (附件): the row first, the bytes second; the shown copy is re-encoded, the original stays sealed."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalQuerySet
from shequtong.core.sealed import SealedTextField


class BlobQuerySet(LocalQuerySet["Blob"]):
    """Files by the form they were uploaded for, by their owner, and by what the worker must clear away."""

    def unattached(self) -> Self:
        return self.filter(owner_kind="")

    def uploaded_for(self, claim: str) -> Self:
        """Those stored for a form and not yet attached by it; the caller says in which places with `within`."""
        return self.unattached().filter(claim=claim, state=Blob.State.STORED)

    def attachable(self, claim: str) -> Self:
        """The same, and those whose bytes were written just now by who names them: their ids are known to nobody else."""
        return self.unattached().filter(claim=claim, state__in=(Blob.State.PENDING, Blob.State.STORED))

    def of(self, owner: models.Model) -> Self:
        """Those attached to `owner` (a local row), in the order they were uploaded."""
        place = owner.subdistrict_id  # type: ignore[attr-defined]  # every local row has it; django's Model does not say so
        return self.filter(subdistrict=place, owner_kind=kind_of(owner), owner_id=owner.pk).order_by("id")

    def orphans(self, before: datetime) -> Self:
        """Uploads that no form has taken up since `before`, and those whose sweeping was broken off."""
        return self.unattached().filter(received_at__lt=before).exclude(state=Blob.State.SWEPT)

    def original_past_retention(self, today: date) -> Self:
        return self.filter(original_keep_until__lt=today)


class Blob(Local):
    """Key `<subdistrict_no>/<yyyy>/<mm>/<uuid7>`. Unattached blobs are orphans and are swept after a day."""

    class State(models.TextChoices):
        PENDING = "pending"  # the row stands, the bytes may not
        STORED = "stored"
        SWEEPING = "sweeping"  # nobody may attach it any more; its bytes are being deleted
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
    original_key = SealedTextField(mask="text", blank=True, default="")  # opens the original; empty once that is gone
    original_keep_until = models.DateField(null=True)  # NULL once the original is gone
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
    objects = BlobQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "key"], name="files_blob_key")]
        indexes = [
            models.Index(fields=["subdistrict", "owner_kind", "owner_id", "id"], name="files_blob_owner"),
            models.Index(fields=["subdistrict", "claim"], name="files_blob_claim"),
            models.Index(
                fields=["subdistrict", "received_at"],
                name="files_blob_orphan",
                condition=Q(owner_kind="") & ~Q(state="swept"),
            ),
            models.Index(
                fields=["subdistrict", "original_keep_until"],
                name="files_blob_original",
                condition=Q(original_keep_until__isnull=False),
            ),
        ]


def kind_of(owner: models.Model) -> str:
    """How the kind of an owner is written in a blob: "cases.Case", as in the audit log."""
    return owner._meta.label
