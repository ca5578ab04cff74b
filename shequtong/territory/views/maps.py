"""Layers for maps (地图数据): GeoJSON with an ETag, for anyone; grids only for staff who may see them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from shequtong.core.actors import Actor
from shequtong.core.geo import Box
from shequtong.territory import permissions
from shequtong.territory.maps import Layer, box_from, buildings_layer, compounds_layer, units_layer

_MINUTE = 60


@require_safe
@gzip_page
def units(request: HttpRequest) -> HttpResponse:
    """Boundaries at and under `under` (a unit's path); `grids=no` leaves them out for staff, too."""
    actor: Actor | None = getattr(request, "actor", None)
    grids = request.GET.get("grids") != "no" and actor is not None and actor.may(permissions.VIEW_GRIDS)
    answer = _answer(request, units_layer(request.GET.get("under", "")[:120], grids=grids))
    answer["Cache-Control"] = "private, no-cache"  # what is shown depends on who asks; 304 is cheap
    return answer


@require_safe
@gzip_page
def buildings(request: HttpRequest) -> HttpResponse:
    """Buildings in `bbox` (west,south,east,north)."""
    return _within_box(request, buildings_layer)


@require_safe
@gzip_page
def compounds(request: HttpRequest) -> HttpResponse:
    """Names of compounds in `bbox`."""
    return _within_box(request, compounds_layer)


def _within_box(request: HttpRequest, layer_of: Callable[[Box], Layer]) -> HttpResponse:
    box = box_from(request.GET.get("bbox", ""))
    if box is None:
        return HttpResponseBadRequest("bbox=west,south,east,north", content_type="text/plain")
    answer = _answer(request, layer_of(box))
    answer["Cache-Control"] = f"public, max-age={_MINUTE}"
    return answer


def _answer(request: HttpRequest, layer: Layer) -> HttpResponse:
    body, etag = layer
    found = HttpResponse(body, content_type="application/geo+json", headers={"ETag": etag})
    patch_vary_headers(found, ["Cookie"])
    answer = get_conditional_response(request, etag=etag, response=found)
    return found if answer is None else answer
