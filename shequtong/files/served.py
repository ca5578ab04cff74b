"""The bytes of a photo as an answer (照片回应), for every address that shows one; who may see it was asked before."""

from django.conf import settings
from django.http import HttpResponse  # noqa: TID251  # a helper of views here and above

from shequtong.files import storage
from shequtong.files.models import Blob

SHOWN, THUMB = storage.SHOWN, storage.THUMB


def etag_of(blob: Blob, variant: str) -> str:
    """The mark of one copy (shown, thumb): its bytes never change."""
    return f'"{blob.sha256[:32]}-{variant}"'


def picture(blob: Blob, variant: str) -> HttpResponse:
    """The bytes, or their name for nginx to send (X-Accel-Redirect); nothing in them may run."""
    if settings.FILES_X_ACCEL:
        response = HttpResponse(content_type=blob.mime)
        response["X-Accel-Redirect"] = f"{settings.FILES_X_ACCEL}{storage.name_of(blob.key, variant)}"
    else:
        response = HttpResponse(storage.read(blob.key, variant), content_type=blob.mime)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
