"""Boundaries from a GeoJSON file (边界导入): choose, look at every overlap and gap, take over. Nothing is written before that."""

import json
from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.pages.views.boundary_forms import BoundaryForm, TakeForm
from shequtong.territory import permissions
from shequtong.territory.boundaries import as_geojson
from shequtong.territory.boundary_file import LARGEST, BoundaryFile, read_boundaries
from shequtong.territory.models import Unit
from shequtong.territory.redraw_preview import Found, Preview, preview, units_named
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, tree, unit
from shequtong.territory.usecases.import_boundaries import import_boundaries

_SALT, _LASTS = "pages.boundary_import", 24 * 3600  # a preview left open for a day is read again
_MOST_MOVES = 100  # buildings named; the rest are counted


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_UNITS)
def boundary_import(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The file of the units under one; with `kept` what the preview showed is taken over."""
    one = tree().by_id.get(unit_id)
    if one is None or one.ended or not request.actor.reach(permissions.MANAGE_UNITS).covers(one.reach_facts()):
        raise Http404
    if "kept" in request.POST:
        return _taken(request, one)
    form = BoundaryForm(request.POST or None, request.FILES or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        file = form.cleaned_data["file"]
        read = read_boundaries(file.read(LARGEST + 1), form.cleaned_data["source_crs"])
        return _preview(request, one, form, read, file.name[:100])
    return _page(request, one, form)


def _page(request: ActorRequest, one: UnitRef, form: BoundaryForm, refusal: str = "") -> HttpResponse:
    context = {"name": unit_name(one), "form": form, "refusal": refusal, "back": reverse("pages:unit", args=[one.id])}
    return render(request, "pages/desk/boundary_import.html", context, status=422 if form.is_bound or refusal else 200)


def _preview(request: ActorRequest, one: UnitRef, form: BoundaryForm, read: BoundaryFile, source: str) -> HttpResponse:
    page, crs, day = Unit.objects.get(pk=one.id), form.cleaned_data["source_crs"], form.cleaned_data["day"]
    units = units_named(list(read.drawn), page, read.faults) if read.drawn else []
    found = preview(units, read.drawn, read.shapes, crs, day, timezone.now()) if units and not read.faults else Preview()
    faults = [*read.faults, *found.faults]
    fits = found.fits and not faults
    kept = {"drawn": read.drawn, "crs": crs, "day": day.isoformat(), "source": source}
    signed = signing.dumps(kept, salt=f"{_SALT}.{one.id}", compress=True) if fits else ""
    moving = Counter((unit(move.grid_id), move.to) for move in found.moves)
    context = {
        "name": unit_name(one),
        "source": source,
        "day": day,
        "faults": faults,
        "found": found,
        "units": units,
        "moving": [{"before": unit_name(before), "to": unit_name(to), "n": n} for (before, to), n in moving.most_common()],
        "moves": found.moves[:_MOST_MOVES],
        "form": TakeForm(initial={"kept": signed}, gaps=bool(found.gaps)) if fits else None,
        "again": BoundaryForm(initial={"source_crs": crs, "day": day}),
        "back": reverse("pages:unit-import", args=[one.id]),
        **_drawn(found, units, read),
    }
    return render(request, "pages/desk/boundary_preview.html", context, status=200 if fits else 422)


def _drawn(found: Preview, units: list[Unit], read: BoundaryFile) -> dict[str, Any]:
    """Layers of the map: the new boundaries, the pieces that do not fit, a mark on each of these."""
    if not units or any(unit.code not in read.shapes for unit in units):
        return {"layers": ""}
    areas = [_feature(as_geojson(read.shapes[one.code]), name=one.name) for one in units]
    misfits = [*((one, "bad") for one in (*found.overlaps, *found.outside)), *((one, "warn") for one in found.gaps)]
    pieces = [_feature(as_geojson(one.misfit.piece), name="") for one, _tone in misfits if one.misfit.piece is not None]
    marks = [_mark(one, tone) for one, tone in misfits]
    names = ("new-boundaries", "new-pieces", "new-marks")
    kinds = ("area", "area", "point")
    return {
        "areas": _collection(areas),
        "pieces": _collection(pieces),
        "marks": _collection(marks),
        "layers": json.dumps([{"url": f"#{name}", "kind": kind} for name, kind in zip(names, kinds, strict=True)]),
    }


def _feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _mark(one: Found, tone: str) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [one.misfit.lon, one.misfit.lat]}
    shape = "diamond" if tone == "bad" else "triangle"
    return _feature(point, title=one.words, note=f"{one.area} m²", shape=shape, tone=tone)


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _taken(request: ActorRequest, one: UnitRef) -> HttpResponse:
    """Just what the preview showed, judged again by the use-case."""
    form = BoundaryForm(initial={"day": timezone.localdate()})
    try:
        kept = signing.loads(request.POST["kept"], salt=f"{_SALT}.{one.id}", max_age=_LASTS)
    except signing.BadSignature:
        return _page(request, one, form, _("The preview is too old or has been altered. Please read the file again."))
    take, back = TakeForm(request.POST), reverse("pages:unit", args=[one.id])
    leave_gaps = take.is_valid() and take.cleaned_data["leave_gaps"]

    def perform() -> str:
        told = {"drawn": kept["drawn"], "source": kept["source"], "source_crs": kept["crs"], "leave_gaps": leave_gaps}
        day = date.fromisoformat(kept["day"])
        import_boundaries(unit_id=one.id, day=day, by=request.actor, now=timezone.now(), **told)
        return back

    try:
        answer = once(request, perform, answer=back)
    except Refusal as refusal:
        return _page(request, one, form, str(refusal))
    messages.success(request, _("The boundaries hold. Buildings belong where they now lie."))
    return answer
