"""A stored document as a download (文档下载): for the view of an area above, which has asked who may have it."""

from django.conf import settings
from django.http import FileResponse, HttpResponse  # noqa: TID251  # what a view of another area answers with
from django.http.response import HttpResponseBase  # noqa: TID251  # the same
from django.utils.http import content_disposition_header

from shequtong.files import storage
from shequtong.files.models import Blob


def as_attachment(blob: Blob, name: str, content_type: str) -> HttpResponseBase:
    """The bytes to be saved under `name`, never shown in the page and never kept by a cache; or their name for nginx to send."""
    if settings.FILES_X_ACCEL:
        response: HttpResponseBase = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.FILES_X_ACCEL}{storage.name_of(blob.key, storage.DOCUMENT)}"
    else:
        response = FileResponse(storage.opened(blob.key, storage.DOCUMENT), content_type=content_type)
        response["Content-Length"] = str(blob.size)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
