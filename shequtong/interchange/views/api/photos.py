"""Photos by the typed API (照片接口): sent first, then named by the case or the move they belong to; listed and fetched by who reads the words."""

import hashlib
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import File, Form, Header, Router, Schema, Status, UploadedFile
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from shequtong.cases import permissions
from shequtong.cases.models import Case, Step
from shequtong.cases.places import find_spot
from shequtong.core.places import place
from shequtong.core.submissions import BadSubmitKey, first_by_key, once_by_key
from shequtong.files.models import Blob
from shequtong.files.photos import prepare_photo
from shequtong.files.served import SHOWN, THUMB, etag_of, picture
from shequtong.files.usecases import store_photos
from shequtong.interchange.rights import MOVE
from shequtong.interchange.views.api.cases import Number, reads_words, within_reach
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem, field
from shequtong.interchange.views.api.once import Key, claim_of, digest, known_as, reused
from shequtong.interchange.views.api.schemas import Id, PhotosShown, PhotoStored

router = Router()
_KEPT = "private, max-age=3600, immutable"  # rights end; the bytes themselves never change


class PhotoFor(Schema):
    """Where the photo will belong: the number of a case, or the place of the case to be opened or settled on the spot, as `create_case` takes it.

    A form leaves a field out; it has no null.
    """

    case: Number | SkipJsonSchema[None] = None
    lon: float | SkipJsonSchema[None] = Field(None, ge=-180, le=180)
    lat: float | SkipJsonSchema[None] = Field(None, ge=-90, le=90)
    building: Id | SkipJsonSchema[None] = None


@router.post("photos", response={201: PhotoStored}, tags=["photos"], operation_id="send_photo")
def send(
    request: KeyRequest,
    photo: File[UploadedFile],
    told: Form[PhotoFor],
    idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")],
) -> Status[Any]:
    """Send one JPEG, PNG, WebP or HEIC of at most 12 MB. Name its id with a case or move of the same subdistrict within a day, else it is deleted.

    The shown copy is drawn anew, without what the camera wrote; the original is sealed. Five statements; one for a repeat.
    """
    by, where = request.actor, _where(request, told)
    data = photo.read()
    known, path = known_as(request, idempotency_key), f"{request.path} {_content(data, told)}"
    try:
        answer = first_by_key(known, path=path, place=by.home)
    except BadSubmitKey:
        raise reused() from None
    if answer is None:
        now = timezone.now()
        prepared = prepare_photo(data, photo.name or "", place(where).zone)  # outside the transaction: it takes its time
        blob = store_photos(photos=[prepared], subdistrict_id=where, claim=claim_of(by), by=by, now=now)[0]
        stored = PhotoStored(id=str(blob.pk), width=blob.width, height=blob.height).model_dump_json()
        # Of two at once the second gets the first's photo; its own is swept as an orphan.
        answer = once_by_key(known, path=path, perform=lambda: stored, place=by.home)
    if answer is None:
        raise reused()
    return Status(201, PhotoStored.model_validate_json(answer))


def _content(data: bytes, told: PhotoFor) -> str:
    return digest(f"{hashlib.sha256(data).hexdigest()} {told.model_dump_json()}")


def _where(request: KeyRequest, told: PhotoFor) -> int:
    """Storage number of the subdistrict it belongs to. One statement for a case."""
    by = request.actor
    if told.case is not None:
        if MOVE not in by.system.rights:
            raise Problem(404)
        return within_reach(request, told.case).subdistrict_id
    if not (by.may(permissions.INTAKE) or by.may(permissions.SELF_HANDLE)):
        raise Problem(404)
    point = None if told.lon is None or told.lat is None or told.building else (told.lon, told.lat)
    spot = find_spot(int(told.building) if told.building else None, point, "", "")
    if spot is None or not spot.path.startswith(by.system.path):
        words = _("Send the number of a case, or a place that this key serves.")
        raise Problem(409, "no_such_place", words, [field("case", "place", words)])
    return spot.subdistrict_id


@router.get("cases/{number}/photos", response=PhotosShown, tags=["photos"], operation_id="list_photos")
def listed(request: KeyRequest, number: Number) -> dict[str, Any]:
    """The photos of a case, in the order they came; with the right `words`, never of a confidential case. Three statements."""
    case = _case(request, number)
    steps = dict(Step.objects.filter(case=case).values_list("pk", "number"))
    return {"items": [_shown(blob, case, steps) for blob in Blob.objects.of(case).filter(state=Blob.State.STORED)]}


def _shown(blob: Blob, case: Case, steps: dict[int, int]) -> dict[str, Any]:
    zone = place(case.subdistrict_id).zone
    return {
        "id": str(blob.pk),
        "kind": blob.label,
        "step": steps.get(blob.detail_id) if blob.detail_id is not None else None,
        "width": blob.width,
        "height": blob.height,
        "bytes": blob.size,
        "received_at": blob.received_at.astimezone(zone),
        "taken_at": blob.taken_at.astimezone(zone) if blob.taken_at else None,
    }


@router.get("cases/{number}/photos/{photo_id}", tags=["photos"], operation_id="get_photo")
def fetched(request: KeyRequest, number: Number, photo_id: Id, size: Literal["shown", "thumb"] = "shown") -> HttpResponse:
    """One photo as JPEG: at most 1600 pixels a side, or its thumbnail (400). Two statements."""
    blob = Blob.objects.of(_case(request, number)).filter(pk=int(photo_id), state=Blob.State.STORED).first()
    if blob is None:
        raise Problem(404)
    variant = {"shown": SHOWN, "thumb": THUMB}[size]
    etag = etag_of(blob, size)
    known = etag in parse_etags(_asked(request))
    answer = HttpResponse(status=304) if known else picture(blob, variant)
    answer["ETag"], answer["Cache-Control"] = etag, _KEPT
    return answer


def _asked(request: HttpRequest) -> str:
    return request.headers.get("If-None-Match", "")


def _case(request: KeyRequest, number: str) -> Case:
    """A photo says as much as words do."""
    case = within_reach(request, number)
    if not reads_words(request, case) or case.confidential:
        raise Problem(404)
    return case
