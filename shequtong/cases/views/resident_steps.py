"""The three pages of a report (上报三步): what each is shown with. A step that cannot go on shows the one that must be mended."""

from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access.request import ActorRequest
from shequtong.cases.catalogue import Class, open_classes
from shequtong.cases.chosen_place import ChosenPlace, served
from shequtong.cases.flow import flow_of
from shequtong.cases.map_layers import report_layers
from shequtong.cases.nearby import near_spot
from shequtong.cases.places import Spot
from shequtong.cases.resident_forms import UNSURE, SendForm, WhatForm
from shequtong.cases.shown import class_name
from shequtong.cases.suggested import suggest
from shequtong.cases.views.photos import kept_photos
from shequtong.cases.views.resident_classes import choice
from shequtong.cases.views.resident_draft import address, draft_name, go_on, typed, with_draft
from shequtong.cases.views.resident_shown import community_name, is_reporter, place_words, public_stage
from shequtong.cases.views.suggesting import suggestion
from shequtong.core.submissions import BadSubmitKey
from shequtong.files.uploads import DROP_FIELD, thumbs
from shequtong.territory.address import compounds_called, nearest_building, search_buildings

_TAKEN_ALONG = ("name", "phone", "photos_kept")  # of step 3, through step 2
_FOUND = 20  # buildings shown
_NEAR = "report.near"


def where_page(request: ActorRequest, *, refused: bool = False) -> HttpResponse:
    """Step 1; `refused` says that the place named is none that is served. At most three statements, for a search."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    # What was written is not lost with the place.
    kept = go_on(request, "cases:report", typed(request)) if refused and request.method == "POST" else None
    looks = bool(q) and not refused
    matches = search_buildings(q, served(), limit=_FOUND + 1) if looks else []
    compounds = compounds_called(q, served()) if looks else []
    context = {
        "q": q,
        "asked": "q" in request.GET,
        "matches": matches[:_FOUND],
        "more": len(matches) > _FOUND,
        "compounds": compounds if len(compounds) > 1 or not matches else [],
        "draft": draft_name(request),
        "layers": report_layers(),
        "refused": refused,
    }
    return with_draft(render(request, "cases/resident/where.html", context, status=422 if refused else 200), kept)


def what_page(request: ActorRequest, chosen: ChosenPlace, form: WhatForm) -> HttpResponse:
    """Step 2, or step 1 when the building is gone. One statement for the place, two for a point; two at most for what is told most there."""
    spot = chosen.spot()
    if spot is None:
        return where_page(request, refused=True)
    said, cls = typed(request), str(form["cls"].value() or "")
    context = {
        "form": form,
        "action": address(request, "cases:report-what", chosen.query),
        "elsewhere": address(request, "cases:report"),
        "place": place_words(spot, near_words(near(chosen))),
        "choice": {**choice(spot, cls, said.get("find", "").replace("\x00", "").strip()[:40]), "unsure": cls == UNSURE},
        **suggestion(suggest(str(form["text"].value() or ""), for_residents=True)),
        "carried": {name: said[name] for name in _TAKEN_ALONG if name in said},
    }
    return render(request, "cases/resident/what.html", context, status=422 if form.is_bound else 200)


def near(chosen: ChosenPlace) -> str:
    """The address of the building nearest to a point, "" for a building. At most two statements."""
    found = nearest_building(*chosen.point, chosen.subdistrict) if chosen.point is not None else None
    return found[0].address if found else ""


def near_words(address: str) -> str:
    """How a point near an address is called."""
    return _("Near %(address)s") % {"address": address} if address else ""


def seal_near(chosen: ChosenPlace, address: str) -> str:
    """What step 3 carries of it, so that sending the report need not look again; signed, with the point it belongs to."""
    return signing.Signer(salt=_NEAR).sign_object([chosen.query, address])


def open_near(chosen: ChosenPlace, sealed: str) -> str:
    """The address out of `seal_near`; "" when it is not ours or belongs to another point."""
    try:
        query, address = signing.Signer(salt=_NEAR).unsign_object(sealed)
    except (signing.BadSignature, ValueError):
        return ""
    return str(address) if query == chosen.query else ""


def send_page(request: ActorRequest, chosen: ChosenPlace, form: SendForm, *, stale: bool = False) -> HttpResponse:
    """Step 3; `stale` says that the form's key is no longer good, so that it gets a new one. Statements as in step 2, one for what is near by, one for photos."""
    spot = chosen.spot()
    if spot is None:
        return where_page(request, refused=True)
    # A new key unless photos hang on the one this form came with: who goes back and reports another matter is not taken for a repeat.
    came_with = bool(typed(request).get("photos_kept"))
    keep = not stale and (form.is_bound or came_with)
    photos = _photos(request, chosen) if keep and (request.FILES or came_with) else []
    nearby = near(chosen)
    kind = next((one for one in open_classes(for_residents=True) if one.code == form["cls"].value()), None)
    context = {
        "form": form,
        "action": address(request, "cases:report-send", chosen.query),
        "back": address(request, "cases:report-what", chosen.query),
        "place": place_words(spot, near_words(nearby)),
        "near": seal_near(chosen, nearby) if nearby else "",
        "kind_name": class_name(kind) if kind else _("The office decides") if form["cls"].value() == UNSURE else "",
        "words": form["text"].value(),
        "keep_key": keep,
        "photos": photos,
        "drop_field": DROP_FIELD,
        "signed_in": form.account is not None,
        "anonymous": flow_of(chosen.subdistrict).anonymous,
        "near_by": near_by(request, spot, kind, str(form["text"].value() or "")),
    }
    return render(request, "cases/resident/send.html", context, status=422 if form.is_bound else 200)


def near_by(request: ActorRequest, spot: Spot, kind: Class | None, text: str) -> list[dict[str, Any]]:
    """What others have told of the same class there in the last days: class, community, day and stage, never words. One statement."""
    if kind is None:
        return []
    found = near_spot(spot, text, timezone.now(), class_id=kind.id)
    return [
        {
            "case": one.case,
            "kind_name": class_name(kind),
            "community": community_name(one.case.place_path),
            "metres": round(one.metres / 10) * 10,
            "stage": public_stage(one.case),
        }
        for one in found
        if not is_reporter(request.actor, one.case)
    ]


def _photos(request: ActorRequest, chosen: ChosenPlace) -> list[Any]:
    """Thumbnails of what this form has stored so far."""
    try:
        blobs = kept_photos(request, chosen.subdistrict)
    except BadSubmitKey:
        return []
    return list(thumbs(blobs, blobs[0].claim)) if blobs else []
