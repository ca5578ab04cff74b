"""A photo to the browser (附件下载): asked of its owner first; absent and forbidden look the same."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from shequtong.core.actors import Actor
from shequtong.files import owners
from shequtong.files.models import Blob
from shequtong.files.served import SHOWN, THUMB, etag_of, picture

_VARIANTS = {"shown": SHOWN, "thumb": THUMB}
# An hour: rights end, and the PC of a service window is shared. The bytes themselves never change.
_CACHE = "private, max-age=3600, immutable"


@require_safe
def serve(request: HttpRequest, blob_id: int, variant: str) -> HttpResponse:
    """The copy for showing, or its thumbnail. One statement, and those of the owner's answer."""
    blob = get_object_or_404(Blob, pk=blob_id, state=Blob.State.STORED)
    if not _may_see(request, blob):
        raise Http404
    etag = etag_of(blob, variant)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = picture(blob, _VARIANTS[variant])
        response["Content-Disposition"] = f'inline; filename="{blob.pk}-{variant}.jpg"'
    response["ETag"], response["Cache-Control"] = etag, _CACHE
    return response


def _may_see(request: HttpRequest, blob: Blob) -> bool:
    if not blob.owner_kind:
        # Not yet sent: only the form it was chosen in, which alone knows its key.
        return bool(blob.claim) and constant_time_compare(request.GET.get("claim", ""), blob.claim)
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware of access
    return blob.owner_id is not None and owners.may_see(actor, blob.owner_kind, blob.owner_id, blob.label)
