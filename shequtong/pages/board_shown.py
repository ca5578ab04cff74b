"""The board in the reader's words (看板展示): tiles, the table of communities, the late list, the days, the points of the map.

It hangs in a hall: class, place down to the community, station, number and lateness; nobody's words, name or house number.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.board import CLOSED, FALLS_DUE, RECEIVED, Point, open_clusters, open_points
from shequtong.cases.lookups.lights import AMBER, GREEN, NONE, RED
from shequtong.cases.lookups.on_map import Cluster
from shequtong.cases.lookups.viewport import Viewport
from shequtong.cases.lookups.waits import RARE
from shequtong.cases.models import NEVER
from shequtong.cases.next_move import in_whose_hands
from shequtong.cases.numbers import format_number
from shequtong.cases.shown import LIGHT_LOOKS, Badge, Dresser, class_name, light_badge, stage_badge, unit_name
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.clock import Due, Light, light
from shequtong.core.clock.nearness import roughly
from shequtong.core.geo import Box
from shequtong.core.places import place
from shequtong.pages.board import LATE, ROWS, Board, Numbers, Row, totals, worst
from shequtong.territory import units
from shequtong.territory.locate import shape_of
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef

POINTS = 500  # signs on the map, each of one case; of more cases several are one sign
_MAP = (560, 280)  # pixels of the map on the wall, in its own measure
_ANYWHERE: Box = (120.4, 31.2, 120.7, 31.5)
_NEARER = 15  # zoom of the map of cases that such a sign leads to
_CELLS = 1000  # to a degree: a sign stands somewhere within about a hundred metres of its case
_LIGHTS = (RED, AMBER, GREEN)
_HEADS: dict[str, Promise] = {
    Unit.Kind.DISTRICT: gettext_lazy("Street"),
    Unit.Kind.COMMUNITY: gettext_lazy("Community"),
    Unit.Kind.GRID: gettext_lazy("Grid"),
    Unit.Kind.MICRO_GRID: gettext_lazy("Grid"),
}
_LONG = 15  # halves of a Chinese character: a longer name stands smaller, in two lines
_SIZES = {"bad": 1.0, "warn": 0.8}  # of a sign: a full map still shows what is urgent


@dataclass(frozen=True)
class Cell:
    """A number and the list it is the number of; none for nothing."""

    n: int
    url: str = ""


def in_words(board: Board, found: Numbers, *, all_rows: bool) -> dict[str, Any]:
    """What the piece of the board shows."""
    rows = worst(found.rows, len(found.rows) if all_rows else ROWS)
    stages = [stage for stage in OPEN_STAGES if stage not in RARE or found.together.stages[stage]]
    return {
        "at": found.at,
        "tiles": _tiles(board, found),
        "light_heads": [*(light_badge(Light(one)) for one in _LIGHTS), _no_clock()],
        "stage_heads": [stage_badge(stage) for stage in stages],
        "rows": [_row(board, row, stages) for row in [*([found.together] if len(found.rows) > 1 else []), *rows]],
        "together": len(found.rows) > 1,
        "left_out": len(found.rows) - len(rows),
        "head": _HEADS.get(board.unit.kind, _HEADS[Unit.Kind.COMMUNITY]),
        "all_url": board.url("pages:board", rows="all"),
        "late": _late(found),
        "hot": _hot(board, found),
        "roots_url": reverse("cases:desk-roots") if board.permission == permissions.VIEW else "",
        "late_cell": Cell(found.together.lights[RED], board.queue_url(light=RED)),
        "days": _days(board, found),
        "any_moved": bool(found.moved),
    }


def _no_clock() -> Badge:
    return Badge(_("No clock runs"), "pause", "quiet")


def _cell(n: int, url: str) -> Cell:
    return Cell(n, url) if n else Cell(0)


def _tiles(board: Board, found: Numbers) -> list[dict[str, Any]]:
    lights, (received, closed) = found.together.lights, totals(found.moved, found.days[-1])
    looks = {light.value: look for light, look in LIGHT_LOOKS.items()} | {NONE: ("pause", "quiet")}
    timed = sum(lights[one] for one in _LIGHTS)
    tiles = [{"label": pgettext("board", "Open"), "cell": _cell(found.together.open, board.queue_url()), "shape": "", "tone": ""}]
    for one, badge in zip((*_LIGHTS, NONE), [*(light_badge(Light(each)) for each in _LIGHTS), _no_clock()], strict=True):
        shape, tone = looks[one]
        cell = _cell(lights[one], board.queue_url(light=one))
        tiles.append({"label": badge.label, "cell": cell, "shape": shape, "tone": tone})
    tiles[1]["note"] = (
        _("%(percent)s%% of those timed") % {"percent": round(100 * lights[RED] / timed)} if timed else _("no data")
    )
    if found.shut_until is not None and lights[FALLS_DUE]:
        at, when = (one.astimezone(place(board.unit.subdistrict).zone) for one in (found.at, found.shut_until))
        said = f"{when:%H:%M}" if when.date() == at.date() else f"{when:%m-%d %H:%M}"
        tiles[2]["note"] = _("%(n)s more are due by %(when)s") % {"n": lights[FALLS_DUE], "when": said}
    for label, what, n in ((_("Received today"), RECEIVED, received), (_("Closed today"), CLOSED, closed)):
        tiles.append({"label": label, "cell": _cell(n, board.day_url(what, found.days[-1])), "shape": "", "tone": ""})
    return tiles


def _row(board: Board, row: Row, stages: list[Any]) -> dict[str, Any]:
    """A row that lies in no community has numbers without lists: no filter names it."""

    def cell(n: int, **filters: str) -> Cell:
        return _cell(n, board.queue_url(row.unit, **filters) if row.unit else "")

    own = row.unit == board.unit
    name = unit_name(row.unit) if row.unit else _("In no community")
    return {
        "name": name,
        "long": sum(2 if letter > "\u2e7f" else 1 for letter in name) > _LONG,
        "url": f"{reverse('pages:board')}?under={row.unit.code}" if row.unit and not own else "",
        "open": cell(row.open),
        "lights": [
            {"cell": cell(row.lights[one], light=one), "tone": tone}
            for one, tone in ((RED, "bad"), (AMBER, "warn"), (GREEN, "good"), (NONE, "quiet"))
        ],
        "stages": [cell(row.stages[stage], stage=stage.value) for stage in stages],
    }


def _late(found: Numbers) -> list[dict[str, Any]]:
    rows, dress = [], Dresser(found.at)
    for case in found.late[: LATE - 2 if found.hot else LATE]:  # the line of hot issues takes the room of two
        told = dress(case)
        rows.append(
            {
                "number": told.number,
                "url": told.url,
                "class_name": told.class_name,
                "place": _community(case.place_path),
                "station": in_whose_hands(case, told.station_name),
                "stage": told.stage,
                "late": roughly(found.at - case.due_at),
            }
        )
    return rows


def _hot(board: Board, found: Numbers) -> list[dict[str, Any]]:
    """Hot issues by class and community alone: their words are people's."""
    return [
        {
            "class_name": class_name(catalogue().classes[one.case_class_id]),
            "place": _community(one.place_path),
            "n": one.recent,
            "days": one.days,
            "url": board.queue_url(stage="all", issue=str(one.pk)),
        }
        for one in found.hot
    ]


def _community(path: str) -> str:
    found = units.above(path, Unit.Kind.COMMUNITY)
    return unit_name(found) if found else ""


def _days(board: Board, found: Numbers) -> list[dict[str, Any]]:
    """The trend; `high` are the bars' heights in a hundred."""
    most = max((max(totals(found.moved, day)) for day in found.days), default=0) or 1
    rows = []
    for day in found.days:
        received, closed = totals(found.moved, day)
        rows.append(
            {
                "day": day,
                "name": _("Today") if day == found.days[-1] else "",
                "received": _cell(received, board.day_url(RECEIVED, day)),
                "closed": _cell(closed, board.day_url(CLOSED, day)),
                "received_high": round(100 * received / most),
                "closed_high": round(100 * closed / most),
            }
        )
    return rows


def points(board: Board, now: datetime) -> dict[str, Any]:
    """Open cases as GeoJSON: each by itself, soonest due first, or all of them drawn together where they are many. Two statements."""
    found = open_points(board.ground, POINTS + 1)
    clusters = open_clusters(board.ground, Viewport.fitting(_box_of(board.unit), *_MAP), now)
    if len(found) > POINTS:
        return {"type": "FeatureCollection", "features": [_cluster(board, one) for one in clusters]}
    # What is most urgent is drawn last, and so on top.
    return {"type": "FeatureCollection", "features": [_feature(one, now) for one in reversed(found)]}


def _box_of(unit: UnitRef) -> Box:
    """What the map shows at first: the outlines of the communities, else of the unit; where nobody has drawn any, a town."""
    inside = [shape.bounds for one in units.under(unit.path, Unit.Kind.COMMUNITY) if (shape := shape_of(one.id)) is not None]
    own = shape_of(unit.id)
    boxes = inside or ([own.bounds] if own is not None else [_ANYWHERE])
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _cluster(board: Board, one: Cluster) -> dict[str, Any]:
    """Several as one sign, blurred as each of them would be; it leads to the map of cases."""
    lon, lat = _blurred(one.lon, one.n), _blurred(one.lat, one.n * 31)
    told = [
        ngettext("%(n)s overdue", "%(n)s overdue", one.late) % {"n": one.late} if one.late else "",
        ngettext("%(n)s due soon", "%(n)s due soon", one.soon) % {"n": one.soon} if one.soon else "",
    ]
    properties = {
        "title": ngettext("%(n)s open case", "%(n)s open cases", one.n) % {"n": one.n},
        "note": pgettext("between names", ", ").join(part for part in told if part),
        "url": board.url("cases:desk-map", view=f"{lon},{lat},{_NEARER}"),
        "n": one.n,
        "late": one.late,
        "soon": one.soon,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def _feature(point: Point, now: datetime) -> dict[str, Any]:
    if point.due_at == NEVER:
        badge = _no_clock()
    else:
        badge = light_badge(light(Due(point.amber_at, point.due_at), now))
    number = format_number(point.letters, point.year, point.serial)
    told = [badge.label, class_name(catalogue().classes[point.case_class_id]), _community(point.place_path)]
    properties = {
        "title": number,
        "note": pgettext("between names", ", ").join(part for part in told if part),
        "url": reverse("cases:desk-detail", args=[number]),
        "shape": badge.shape,
        "tone": badge.tone,
        "size": _SIZES.get(badge.tone, 0.5),
    }
    geometry = {"type": "Point", "coordinates": [_blurred(point.lon, point.pk), _blurred(point.lat, point.pk * 31)]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _blurred(degrees: float, seed: int) -> float:
    """Somewhere in its cell, always the same place: a sign on a house would tell the house."""
    return round((degrees * _CELLS // 1 + (seed * 7919 % 9973) / 9973) / _CELLS, 5)
