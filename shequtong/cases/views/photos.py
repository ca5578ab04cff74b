"""Photos that came with a form (随附照片): stored before the move, taken up by it, kept when the form comes back with errors."""

from dataclasses import dataclass, field

from django import forms
from django.utils import timezone

from shequtong.access.request import ActorRequest
from shequtong.core.submissions import carried_key, submitted_key
from shequtong.files.models import Blob
from shequtong.files.uploads import DROP_FIELD, take_uploads, thumbs, uploads_of
from shequtong.files.usecases import settle_photos


@dataclass(frozen=True)
class Taken:
    """Ids of stored photos, and the key of the form they were uploaded for."""

    ids: tuple[int, ...] = ()
    claim: str = ""
    blobs: list[Blob] = field(default_factory=list)


_TAKEN = "taken_photos"  # on a request: what it stored and has not yet settled


def take_photos(request: ActorRequest, form: forms.Form, place: int) -> Taken:
    """Store what was uploaded; a bad photo becomes an error of the form. No statement for a form without photos, one for a first form.

    What no move takes up is settled by `shown_again` or `kept_photos`, before the form is shown with it.
    """
    if "photos" not in form.fields or not (request.FILES.getlist("photos") or request.POST.get("photos_kept")):
        return Taken()
    claim = submitted_key(request)
    came_back = bool(request.POST.get("photos_kept"))
    blobs, errors = take_uploads(
        request, "photos", claim, subdistrict_id=place, now=timezone.now(), came_back=came_back, settle=False
    )
    for error in errors:
        form.add_error("photos", error)
    setattr(request, _TAKEN, blobs)
    return Taken(tuple(blob.pk for blob in blobs), claim, blobs)


def take_more(request: ActorRequest, form: forms.Form, name: str, place: int) -> Taken:
    """Store what came in a second field of photos, under a claim of its own; a form that comes back asks for them again."""
    if not request.FILES.getlist(name):
        return Taken()
    claim = f"{submitted_key(request)}.{name}"[:_LONGEST_CLAIM]
    blobs, errors = take_uploads(request, name, claim, subdistrict_id=place, now=timezone.now(), came_back=False, settle=False)
    for error in errors:
        form.add_error(name, error)
    return Taken(tuple(blob.pk for blob in blobs), claim, blobs)


_LONGEST_CLAIM = 64


def shown_again(taken: Taken) -> dict[str, object]:
    """What `_kept_photos.html` wants, for a form that came back. One statement where it brought new ones."""
    settle_photos(taken.blobs)
    return {"photos": thumbs(taken.blobs, taken.claim), "drop_field": DROP_FIELD}


def kept_photos(request: ActorRequest, place: int) -> list[Blob]:
    """The photos a form that came back already has, to be shown as thumbnails. One statement, two where it brought new ones."""
    keep_taken(request)
    return uploads_of(submitted_key(request), place) if carried_key(request) else []


def keep_taken(request: ActorRequest) -> None:
    """Let the next step of the form find what this one brought. One statement, none when it brought nothing."""
    settle_photos(getattr(request, _TAKEN, []))
