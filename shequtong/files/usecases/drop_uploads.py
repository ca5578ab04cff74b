"""Drop uploads (放弃上传): photos that a form no longer wants lose its claim, so that nothing takes them up and the sweeper finds them."""

from collections.abc import Sequence

from django.db import transaction

from shequtong.files.models import Blob


@transaction.atomic
def drop_uploads(*, blobs: Sequence[Blob], claim: str) -> int:
    """Take the claim off those of `blobs` that are still unattached; how many. One statement, none for none."""
    if not blobs:
        return 0
    return Blob.objects.filter(pk__in=[blob.pk for blob in blobs]).uploaded_for(claim).update(claim="")
