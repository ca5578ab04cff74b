"""What the page of grids shows (网格调整展示): the verdict in words, the map's layers, each grid's size, and everything that would move."""

import json
from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shequtong.access.lookups import posted_to
from shequtong.access.request import ActorRequest
from shequtong.cases.measures import open_by_path
from shequtong.organizations.stations import stations_of_subdistrict
from shequtong.territory.boundaries import as_geojson
from shequtong.territory.division import Division, Standing, as_sent
from shequtong.territory.division_judged import Judged, Told
from shequtong.territory.history import today_in
from shequtong.territory.households import FEWEST, MOST
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, unit

_ADDRESSES = 100  # of buildings that move; the rest are counted


def shown(
    request: ActorRequest, one: UnitRef, stands: Standing, division: Division, judged: Judged, *, picked: str = ""
) -> dict[str, Any]:
    """The context of the page. One statement for open cases; one more for people posted to grids that end."""
    waiting = open_by_path((one.subdistrict,))
    rows = [_row(told, stands, waiting) for told in judged.grids]
    return {
        "one": one,
        "name": unit_name(one),
        "judged": judged,
        "rows": rows,
        "drawing_text": json.dumps(as_sent(division), separators=(",", ":")),
        "map": _layers(stands, judged),
        "households": judged.by_households,
        "fewest": FEWEST,
        "most": MOST,
        "moving": _moving(judged, one),
        "addresses": [move.home.address for move in judged.moves[:_ADDRESSES]],
        "moved": {
            "buildings": len(judged.moves),
            "rooms": sum(move.home.rooms for move in judged.moves),
            "households": sum(move.households for move in judged.moves),
        },
        "ended": _ended(stands, judged, waiting),
        "undrawn": stands.undrawn,
        "today": today_in(one.subdistrict, timezone.now()),
        "picked": _picked(judged, stands, picked),
    }


def _row(told: Told, stands: Standing, waiting: dict[str, int]) -> dict[str, Any]:
    """A grid with what is said of it."""
    key = told.piece.key
    path = stands.grids[key][0].path if key in stands.grids else ""
    remarks = []
    if told.piece.is_new:
        remarks.append(pgettext("grid", "new"))
    if told.renamed:
        remarks.append(_("until now “%(name)s”") % {"name": told.before})
    if told.redrawn:
        remarks.append(pgettext("grid", "redrawn"))
    if told.pieces > 1:
        remarks.append(_("in %(n)s separate pieces") % {"n": told.pieces})
    return {
        "told": told,
        "key": key,
        "remarks": remarks,
        "size": _size(told),
        "open": sum(n for at, n in waiting.items() if path and at.startswith(path)),
    }


def _moving(judged: Judged, one: UnitRef) -> list[dict[str, Any]]:
    """Buildings, rooms and households by where they are and where they would be."""
    names = {told.piece.key: told.piece.name for told in judged.grids} | {"": unit_name(one)}
    sums: dict[tuple[str, str], Counter[str]] = {}
    for move in judged.moves:
        found = sums.setdefault((unit(move.home.grid_id).name, names[move.to]), Counter())
        found.update(buildings=1, rooms=move.home.rooms, households=move.households)
    return [{"before": before, "to": to, **found} for (before, to), found in sums.items()]


def _ended(stands: Standing, judged: Judged, waiting: dict[str, int]) -> list[dict[str, Any]]:
    """Grids that would be no more, with what hangs on them: open cases, people, stations."""
    if not judged.ended:
        return []
    home = stands.community.subdistrict_id
    people = posted_to([one.id for one in judged.ended], today_in(home, timezone.now()))
    stations = [station for station in stations_of_subdistrict(home) if not station.ended]
    return [
        {
            "name": one.name,
            "code": one.code,
            "open": sum(n for path, n in waiting.items() if path.startswith(one.path)),
            "people": [
                {"name": row.account_name, "url": reverse("pages:person", args=[row.pk])}
                for row in people
                if row.unit_id == one.id
            ],
            "stations": [station.name for station in stations if station.unit_id == one.id],
        }
        for one in judged.ended
    ]


def _picked(judged: Judged, stands: Standing, key: str) -> dict[str, Any] | None:
    """A grid whose buildings are to be chosen from."""
    told = next((one for one in judged.grids if one.piece.key == key), None)
    if told is None:
        return None
    going = {move.home.id: move.to for move in judged.moves}
    homes = [home for home in stands.homes if going.get(home.id, str(home.grid_id)) == key]
    return {"key": key, "name": told.piece.name, "homes": homes}


def _layers(stands: Standing, judged: Judged) -> dict[str, Any]:
    """GeoJSON of the map: the division, the misfits with a mark on each, the borders that stand, the community, the buildings."""
    tone = {one.piece.key: "new" if one.piece.is_new else "redrawn" if one.redrawn else "" for one in judged.grids}
    areas = [
        _feature(one.piece.shape, key=one.piece.key, name=_label(one, judged), tone=tone[one.piece.key]) for one in judged.grids
    ]
    bad = [(one, "bad") for one in (*judged.overlaps, *judged.outside)]
    misfits = [_feature(one.misfit.piece, tone=tone) for one, tone in (*bad, *((one, "warn") for one in judged.gaps))]
    ground = [_feature(stands.ground)] if stands.ground is not None else []
    dots = {"type": "MultiPoint", "coordinates": [[round(home.lon, 6), round(home.lat, 6)] for home in stands.homes]}
    homes = [{"type": "Feature", "geometry": dots, "properties": {}}]
    stood = [_feature(shape) for _unit, shape in stands.grids.values()]
    layers = {"areas": areas, "misfits": misfits, "stood": stood, "ground": ground, "homes": homes}
    return {name: {"type": "FeatureCollection", "features": features} for name, features in layers.items()}


def _label(told: Told, judged: Judged) -> str:
    """A grid's name on the map, and how large it is."""
    n, words = told.households, {"n": told.households}
    size = (
        ngettext("%(n)s household", "%(n)s households", n) if judged.by_households else ngettext("%(n)s room", "%(n)s rooms", n)
    )
    return f"{told.piece.name}\n{size % words}{'' if told.fits else chr(10) + _size(told)[0]}"


def _size(told: Told) -> tuple[str, str, str]:
    """A grid's size against the standard: word, shape, tone."""
    if told.fits:
        return pgettext("grid", "fits"), "check", "good"
    few, many = _("under %(fewest)s") % {"fewest": FEWEST}, _("over %(most)s") % {"most": MOST}
    return (few if told.few else many), "triangle", "warn"


def _feature(shape: Any, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": as_geojson(shape) if shape is not None else None, "properties": properties}
