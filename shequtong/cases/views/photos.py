"""Photos that came with a form (随附照片): stored before the move, taken up by it, kept when the form comes back with errors."""

from dataclasses import dataclass, field

from django import forms
from django.utils import timezone

from shequtong.access.request import ActorRequest
from shequtong.core.submissions import submitted_key
from shequtong.files.models import Blob
from shequtong.files.uploads import DROP_FIELD, take_uploads, thumbs, uploads_of


@dataclass(frozen=True)
class Taken:
    """Ids of stored photos, and the key of the form they were uploaded for."""

    ids: tuple[int, ...] = ()
    claim: str = ""
    blobs: list[Blob] = field(default_factory=list)


def take_photos(request: ActorRequest, form: forms.Form, place: int) -> Taken:
    """Store what was uploaded; a bad photo becomes an error of the form. No statement for a form without photos."""
    if "photos" not in form.fields or not (request.FILES.getlist("photos") or request.POST.get("photos_kept")):
        return Taken()
    claim = submitted_key(request)
    blobs, errors = take_uploads(request, "photos", claim, subdistrict_id=place, now=timezone.now())
    for error in errors:
        form.add_error("photos", error)
    return Taken(tuple(blob.pk for blob in blobs), claim, blobs)


def shown_again(taken: Taken) -> dict[str, object]:
    """What `_kept_photos.html` wants, for a form that came back."""
    return {"photos": thumbs(taken.blobs, taken.claim), "drop_field": DROP_FIELD}


def kept_photos(request: ActorRequest, place: int) -> list[Blob]:
    """The photos a form that came back already has, to be shown as thumbnails."""
    return uploads_of(submitted_key(request), place) if request.method == "POST" else []
