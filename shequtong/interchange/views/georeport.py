"""Open311 GeoReport v2 (开放接口): discovery, services, requests, tokens, in XML and JSON.

The contract is `domain/open311.md` of the shared material; what is ours to choose, the docstrings say.
"""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.cases.places import find_spot
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.core.places import place
from shequtong.core.tally import Per, count
from shequtong.files.photos import prepare_photo
from shequtong.files.usecases.store_photo import store_photos
from shequtong.interchange import shown, wire
from shequtong.interchange.forms import read_request
from shequtong.interchange.lookups import held_back, rows_asked
from shequtong.interchange.requests_asked import Asked, Wrong, asked, class_of, jurisdiction
from shequtong.interchange.systems import SystemRef
from shequtong.interchange.usecases import NewRequest, take_request
from shequtong.interchange.views.door import Later, georeport, said

_MOST_PHOTOS = 3


@georeport("GET")
def discovery(request: HttpRequest, fmt: str, system: SystemRef | None) -> bytes:
    """Where the endpoint is and what it speaks."""
    url = request.build_absolute_uri(reverse("interchange:discovery", args=[fmt])).rpartition("/")[0]
    return wire.item_as(fmt, "discovery", shown.discovery(url, test=settings.SHEQUTONG_DEMO))


@georeport("GET")
def services(request: HttpRequest, fmt: str, system: SystemRef | None) -> bytes:
    """What may be told of. No statement when warm."""
    jurisdiction(said(request, "jurisdiction_id"))
    return wire.items_as(fmt, "services", "service", shown.services(system))


@georeport("GET")
def service(request: HttpRequest, fmt: str, system: SystemRef | None, *, code: str) -> bytes:
    """What else may be said of a service. No statement when warm."""
    jurisdiction(said(request, "jurisdiction_id"))
    return wire.item_as(fmt, "service_definition", shown.definition(class_of(code)))


@georeport("GET", "POST")
def requests(request: HttpRequest, fmt: str, system: SystemRef | None) -> bytes:
    """GET: requests of a span or by number, at most 1,000. POST: a new one."""
    if request.method == "POST":
        return wire.items_as(fmt, "service_requests", "request", [_taken(request, system)])
    said_of = {name: request.GET.get(name, "") for name in request.GET}
    rows = rows_asked(asked(said_of, timezone.now(), system.streets if system else ()), system)
    return _requests(fmt, rows, system)


@georeport("GET")
def one_request(request: HttpRequest, fmt: str, system: SystemRef | None, *, number: str) -> bytes:
    """One request; what may not be read is not there. One statement."""
    jurisdiction(said(request, "jurisdiction_id"))
    now = timezone.now()
    rows = rows_asked(Asked(places=(), since=now, until=now, numbers=(number,)), system)
    if not rows:
        raise Wrong(404, _("No such service_request_id."))
    return _requests(fmt, rows, system)


@georeport("GET")
def token(request: HttpRequest, fmt: str, system: SystemRef | None, *, token: str) -> bytes:
    """The number that came of a token; empty while somebody must still look at it. One statement."""
    number, now = shown.number_in(token), timezone.now()
    rows = rows_asked(Asked(places=(), since=now, until=now, numbers=(number,)), system)
    passed = bool(rows) and not held_back(rows[0])
    return wire.items_as(fmt, "service_requests", "request", [{"service_request_id": number if passed else None, "token": token}])


@georeport("GET")
def nothing(request: HttpRequest, fmt: str, system: SystemRef | None, *, rest: str = "") -> bytes:
    """Any other address below the endpoint."""
    raise Wrong(404, _("There is nothing at this address."))


def _requests(fmt: str, rows: list[dict[str, Any]], system: SystemRef | None) -> bytes:
    return wire.items_as(fmt, "service_requests", "request", [shown.request_shown(row, system) for row in rows])


def _taken(request: HttpRequest, system: SystemRef | None) -> dict[str, object]:
    """Open a case of what was posted; its number, or a token while it is held."""
    if system is None:
        raise Wrong(403, _("Missing api_key -- can't proceed with create_request."))
    if not system.may_report:
        raise Wrong(403, _("This api_key may read, not send."))
    now = timezone.now()
    if count("o311", system.source, per=Per.MINUTE, now=now) > system.per_minute:
        raise Later(60 - now.second)
    new = read_request(request.POST, request.headers.get("Idempotency-Key", "") or said(request, "idempotency_key"), system)
    if request.FILES.getlist("media"):
        new = _with_photos(request, new, system, now)
    case = take_request(new=new, system=system, by=SystemActor(system.name), now=now)
    answer: dict[str, object] = {
        "service_notice": shown.service_notice(case.case_class_id, case.standard_id, registered=False),
        "account_id": None,
    }
    if case.stage == Stage.HELD:
        return {"token": shown.token_of(case.number), **answer}
    return {"service_request_id": case.number, **answer}


def _with_photos(request: HttpRequest, new: NewRequest, system: SystemRef, now: datetime) -> NewRequest:
    """The same with photos that came as files named `media`, the first few of them. Raises BadPhoto."""
    spot = find_spot(new.building_id, new.point, "", "")
    if spot is None or not spot.path.startswith(system.path):
        return new  # it is refused for its place
    zone = place(spot.subdistrict_id).zone
    claim = f"o311.{secrets.token_urlsafe(24)}"
    photos = [prepare_photo(one.read(), one.name or "", zone) for one in request.FILES.getlist("media")[:_MOST_PHOTOS]]
    blobs = store_photos(photos=photos, subdistrict_id=spot.subdistrict_id, claim=claim, by=SystemActor(system.name), now=now)
    return replace(new, photos=tuple(blob.pk for blob in blobs), claim=claim)
