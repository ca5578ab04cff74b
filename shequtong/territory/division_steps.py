"""Steps of drawing (划分步骤): each makes a new division of the one before, the same from the map and from the lists. Pure but for codes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from shequtong.territory import boundaries, units
from shequtong.territory.cutting import CannotCut, Position, cut, drawn_into, given, merged
from shequtong.territory.division import Division, Piece, Standing
from shequtong.territory.numbered_names import next_name


def split_grid(division: Division, now: Standing, line: Sequence[Position], key: str = "") -> Division:
    """A grid divided by a line; the one the line runs through longest when none is named. The part with most homes stays the grid."""
    if len(line) < 2:
        raise CannotCut(_("A line has two ends that lie apart."))
    way = LineString(line)
    named = [one for one in division.pieces if one.key == key] or list(division.pieces)
    one = max(named, key=lambda piece: piece.shape.intersection(way).length, default=None)
    if one is None or not one.shape.intersects(way):
        raise CannotCut(_("The line runs through no grid."))
    points: Any = shapely.points([home.at for home in now.homes]) if now.homes else []
    parts = sorted(
        cut(one.shape, line), key=lambda part: -int(shapely.contains(part, points).sum()) if len(points) else -part.area
    )
    shapes = {**division.shapes, one.key: parts[0]}
    return division.with_shapes(shapes, _fresh(division, now, parts[1:]))


def merge_grids(division: Division, now: Standing, keys: Sequence[str]) -> Division:
    """Neighbours become one: the one with most homes stays the grid, the others end."""
    chosen = [one for one in division.pieces if one.key in set(keys)]
    if len(chosen) < 2:
        raise CannotCut(_("Choose at least two grids to merge."))
    whole = merged(division.shapes, [one.key for one in chosen])
    homes = {one.key: sum(str(home.grid_id) == one.key for home in now.homes) for one in chosen}
    # A unit that stands goes on before one that was only just drawn.
    stays = max(chosen, key=lambda one: (not one.is_new, homes[one.key], -int(one.key.lstrip("n"))))
    gone = {one.key for one in chosen} - {stays.key}
    return division.with_shapes({key: shape for key, shape in (division.shapes | {stays.key: whole}).items() if key not in gone})


def draw_grid(division: Division, now: Standing, ring: Sequence[Position]) -> Division:
    """A new grid drawn by hand; those under it give up the ground, and one that would lose all of it refuses."""
    rest, piece = drawn_into(division.shapes, now.ground, ring)
    for one in division.pieces:
        if rest[one.key].is_empty:
            raise CannotCut(_("Nothing would be left of %(grid)s: merge it instead.") % {"grid": one.name})
    return division.with_shapes(rest, _fresh(division, now, [piece]))


def fill_gaps(division: Division, now: Standing) -> Division:
    """What belongs to no grid becomes one."""
    pieces = boundaries.gaps(now.ground, list(division.shapes.values())) if now.ground is not None else []
    found = [one.piece for one in pieces if one.piece is not None]
    if now.ground is None or not found:
        raise CannotCut(_("All ground belongs to a grid."))
    rest = now.ground.difference(shapely.union_all(list(division.shapes.values())))
    whole = [part for part in shapely.get_parts(rest).tolist() if any(part.intersects(one) for one in found)]
    return division.with_shapes(division.shapes, _fresh(division, now, [shapely.union_all(whole)]))


def give_buildings(division: Division, now: Standing, key: str, buildings: Collection[int], to: str) -> Division:
    """Buildings of a grid with the ground nearest to them, to another grid or (`to` empty) to a new one."""
    shapes = division.shapes
    if key not in shapes or (to and to not in shapes) or key == to:
        raise CannotCut(_("Choose the grid that gives and the one that takes."))
    points = {home.id: home.at for home in now.homes if shapely.intersects_xy(shapes[key], *home.at)}
    rest, piece = given(shapes[key], points, buildings)
    if not to:
        return division.with_shapes({**shapes, key: rest}, _fresh(division, now, [piece]))
    whole = shapely.union_all([shapes[to], piece])
    return division.with_shapes({**shapes, key: rest, to: whole})


def named(division: Division, names: Mapping[str, str], codes: Mapping[str, str]) -> Division:
    """Names of all, codes of those that are new."""
    return Division(
        division.base,
        tuple(
            one._replace(
                name=" ".join(names.get(one.key, one.name).split())[:60],
                code=codes.get(one.key, one.code).strip()[:32] if one.is_new else one.code,
            )
            for one in division.pieces
        ),
    )


def _fresh(division: Division, now: Standing, shapes: Sequence[BaseGeometry]) -> list[Piece]:
    """New grids with the next free keys, codes and names."""
    found: list[Piece] = []
    for shape in shapes:
        known = [*division.pieces, *found]
        number = max((int(one.key[1:]) for one in known if one.is_new), default=0) + 1
        code = next_code(now.community.code, now.community.path, [one.code for one in known])
        found.append(Piece(f"n{number}", code, next_name([one.name for one in known]), shape))
    return found


def fresh_codes(pieces: Sequence[Piece], now: Standing) -> list[Piece]:
    """The same pieces, the new ones under codes that were never used."""
    found = [one for one in pieces if not one.is_new]
    for one in pieces:
        if one.is_new:
            found.append(one._replace(code=next_code(now.community.code, now.community.path, [each.code for each in found])))
    return found


def next_code(prefix: str, path: str, taken: Collection[str]) -> str:
    """The number after the highest that any grid of the community ever had, in as many digits."""
    ever = {one.code for one in units.tree().by_id.values() if one.path.startswith(path)} | set(taken)
    tails = [code[len(prefix) :] for code in ever if code.startswith(prefix)]
    numbers = [tail for tail in tails if tail.isascii() and tail.isdecimal()]
    width = max(map(len, numbers), default=3)
    number = max(map(int, numbers), default=0) + 1
    while (code := f"{prefix}{number:0{width}d}") in ever or units.with_code(code) is not None:
        number += 1
    return code
