"""Photos of a form (表单照片): what was chosen is stored at once, so that a form which comes back with errors still has them.

claim = submitted_key(request)
photos, errors = take_uploads(request, "photos", claim, subdistrict_id=place, now=now)
... on success the use-case calls attach_files(ids=[photo.pk for photo in photos], claim=claim, ...)
... on errors the form is shown again with `thumbs(photos, claim)` and the same submit_key.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest  # noqa: TID251  # a helper of views in every area above
from django.urls import reverse
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.locality import INSTALLATION
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.files.models import Blob
from shequtong.files.photos import PreparedPhoto, prepare_photo
from shequtong.files.usecases import bring_photos, drop_uploads, store_photos

MAX_PHOTOS = 6
DROP_FIELD = "drop_photo"  # a checkbox beside each thumbnail, its value the blob's id


@dataclass(frozen=True)
class Thumb:
    """A stored photo as a form shows it again: `id` is the value of its DROP_FIELD."""

    id: str
    url: str


def thumbs(blobs: list[Blob], claim: str) -> list[Thumb]:
    """Thumbnails of unattached photos; who knows the form's key may see them."""
    return [
        Thumb(str(blob.pk), f"{reverse('files:serve', args=[blob.pk, 'thumb'])}?{urlencode({'claim': claim})}") for blob in blobs
    ]


def uploads_of(claim: str, subdistrict_id: int = INSTALLATION) -> list[Blob]:
    """The photos a form has stored so far, in order. One statement."""
    return list(Blob.objects.within(subdistrict_id).uploaded_for(claim).order_by("id"))


def take_uploads(
    request: HttpRequest,
    field: str,
    claim: str,
    *,
    subdistrict_id: int = INSTALLATION,
    now: datetime,
    came_back: bool = True,
    settle: bool = True,
) -> tuple[list[Blob], list[str]]:
    """Store what came in the file field `field`; all photos of the form so far, and a sentence for each that was refused.

    Those ticked in DROP_FIELD are dropped. Those stored while the place was unknown (place 0) are brought to the place once it is named.
    A file whose bytes are there already is not stored twice, so that a resent form adds nothing. It decodes: call it outside transactions.
    One statement; two more when something is stored, three when something is brought, one when something is dropped. A form that did not
    come back (`came_back` False) has stored nothing yet, which saves the first; were it sent twice, the second set is swept as orphans.
    `settle` False saves another: the caller attaches them at once, or calls `settle_photos` before it shows the form again.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware of access
    there = _Found.by(claim, subdistrict_id, set(request.POST.getlist(DROP_FIELD))) if came_back else _Found([], [], [], set())
    drop_uploads(blobs=there.dropped, claim=claim)
    kept = there.kept + bring_photos(blobs=there.elsewhere, claim=claim, to=subdistrict_id, by=actor, now=now)
    fresh, errors = _prepare(request, field, subdistrict_id, there.known)
    room = max(0, MAX_PHOTOS - len(kept))
    if len(fresh) > room:
        errors.append(
            _("A form may have %(most)s photos; %(left)s were left out.") % {"most": MAX_PHOTOS, "left": len(fresh) - room}
        )
    stored = store_photos(photos=fresh[:room], subdistrict_id=subdistrict_id, claim=claim, by=actor, now=now, settle=settle)
    return kept + stored, errors


@dataclass(frozen=True)
class _Found:
    """The photos of a form by what is to happen to them; `known` are the hashes of all that need not be stored again."""

    kept: list[Blob]
    elsewhere: list[Blob]
    dropped: list[Blob]
    known: set[str]

    @classmethod
    def by(cls, claim: str, place_no: int, to_drop: set[str]) -> "_Found":
        found = Blob.objects.within(*{INSTALLATION, place_no}).filter(claim=claim, state=Blob.State.STORED).order_by("id")
        blobs = list(found) if claim else []
        free = [blob for blob in blobs if not blob.owner_kind]
        dropped = [blob for blob in free if str(blob.pk) in to_drop]
        wanted = [blob for blob in free if blob not in dropped]
        return cls(
            kept=[blob for blob in wanted if blob.subdistrict_id == place_no],
            elsewhere=[blob for blob in wanted if blob.subdistrict_id != place_no],
            dropped=dropped,
            known={blob.sha256 for blob in blobs if blob not in dropped},
        )


def _prepare(request: HttpRequest, field: str, place_no: int, known: set[str]) -> tuple[list[PreparedPhoto], list[str]]:
    """Decode what came, the same file once; refusals as sentences."""
    fresh: list[PreparedPhoto] = []
    errors: list[str] = []
    for upload in request.FILES.getlist(field)[: 2 * MAX_PHOTOS]:
        try:
            photo = prepare_photo(upload, zone=place(place_no).zone)
        except Refusal as refusal:
            errors.append(str(refusal))
            continue
        if photo.sha256 not in known:
            known.add(photo.sha256)
            fresh.append(photo)
    return fresh, errors
