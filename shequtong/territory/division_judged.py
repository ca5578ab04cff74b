"""What a division would do (划分预审): misfits, sizes against the standard, what is formed and ended, every building that moves. It changes nothing."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely
from django.utils.translation import gettext as _

from shequtong.territory import boundaries, units
from shequtong.territory.cutting import pieces_of, same_ground
from shequtong.territory.division import Division, Home, Piece, Standing
from shequtong.territory.fitting import ref
from shequtong.territory.households import FEWEST, MOST, households_by_building
from shequtong.territory.locate import NOWHERE, Layer
from shequtong.territory.models import Unit
from shequtong.territory.redraw_preview import Found
from shequtong.territory.units import UnitRef

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,31}")


@dataclass(frozen=True)
class Told:
    """A grid of the division with what would stand in it, and how it differs from the one that stands."""

    piece: Piece
    buildings: int
    rooms: int
    households: int
    arrived: int
    left: int
    redrawn: bool
    before: str  # its name until now, "" for a new one

    @property
    def renamed(self) -> bool:
        """Under another name than until now."""
        return bool(self.before) and self.before != self.piece.name

    @property
    def few(self) -> bool:
        """Fewer households than a grid should have."""
        return self.households < FEWEST

    @property
    def many(self) -> bool:
        """More than it should have."""
        return self.households > MOST

    @property
    def fits(self) -> bool:
        """Of the size a grid should have."""
        return not (self.few or self.many)

    @property
    def pieces(self) -> int:
        """Of how many separate pieces it consists."""
        return pieces_of(self.piece.shape)


@dataclass(frozen=True)
class Moving:
    """A building that would belong to another grid; `to` is the key of a piece, "" for the community itself."""

    home: Home
    to: str
    households: int


@dataclass
class Judged:
    """`overlaps`, `outside` and `faults` forbid the change; `new_gaps` must be meant; the rest follows from it."""

    overlaps: list[Found] = field(default_factory=list)
    outside: list[Found] = field(default_factory=list)
    gaps: list[Found] = field(default_factory=list)
    new_gaps: int = 0
    faults: list[str] = field(default_factory=list)
    grids: list[Told] = field(default_factory=list)
    ended: list[UnitRef] = field(default_factory=list)
    moves: list[Moving] = field(default_factory=list)
    unplaced: int = 0
    by_households: bool = False  # households are counted, and not rooms in their place

    @property
    def fits(self) -> bool:
        """Whether it may be carried out."""
        return not (self.overlaps or self.outside or self.faults)

    @property
    def changes(self) -> bool:
        """Whether it differs from what stands."""
        return bool(self.ended) or any(one.redrawn or one.renamed or one.piece.is_new for one in self.grids)


def judge(division: Division, now: Standing) -> Judged:
    """No statement but those that count households."""
    found = Judged(ended=[unit for key, (unit, _shape) in now.grids.items() if key not in division.shapes])
    _fit(found, division, now)
    _place(found, division, now)
    found.faults += _faults(found, division, now)
    return found


def _fit(found: Judged, division: Division, now: Standing) -> None:
    pieces = division.pieces
    for n, m, misfit in boundaries.overlaps(dict(enumerate(division.shapes.values()))):
        words = _("%(unit)s and %(other)s overlap") % {"unit": pieces[n].name, "other": pieces[m].name}
        found.overlaps.append(Found(words, misfit))
    for one in pieces:
        if now.ground is not None and (beyond := boundaries.sticking_out(one.shape, now.ground)) is not None:
            words = _("%(unit)s reaches beyond %(outer)s") % {"unit": one.name, "outer": now.community.name}
            found.outside.append(Found(words, beyond))
    for unit, shape in now.below:
        holder = division.shapes.get(str(unit.parent_id))
        if holder is not None and shape is not None and (beyond := boundaries.sticking_out(shape, holder)) is not None:
            words = _("%(unit)s would lie outside %(outer)s") % {"unit": unit.name, "outer": units.unit(unit.parent_id or 0).name}
            found.outside.append(Found(words, beyond))
    had = shapely.union_all([shape for _unit, shape in now.grids.values()]) if now.grids else shapely.Polygon()
    for misfit in boundaries.gaps(now.ground if now.ground is not None else had, list(division.shapes.values())):
        fresh = misfit.piece is not None and boundaries.overlap(misfit.piece, had) is not None
        words = _("Belongs to no grid") if fresh else _("Belongs to no grid, as before")
        found.gaps.append(Found(words, misfit))
        found.new_gaps += fresh


def _place(found: Judged, division: Division, now: Standing) -> None:
    """Each building to the grid it would lie in; a micro-grid's stay with it, since its grid holds it whole."""
    keys = _where(division, now)
    known = households_by_building(now.community.subdistrict_id, [home.id for home in now.homes])
    counted = known if known is not None else {home.id: home.rooms for home in now.homes}
    found.by_households = known is not None
    owner = {str(unit.id): str(unit.parent_id) for unit, _shape in now.below}
    stands = Counter[str]()
    rooms, households, arrived, left = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for home, key in zip(now.homes, keys, strict=True):
        was = owner.get(str(home.grid_id), str(home.grid_id))
        if key is None:  # outside the community's ground: it stays recorded where it is
            found.unplaced += 1
            key = was
        stands[key] += 1
        rooms[key] += home.rooms
        households[key] += counted.get(home.id, 0)
        if key != was:
            found.moves.append(Moving(home, key, counted.get(home.id, 0)))
            arrived[key] += 1
            left[was] += 1
    for piece in division.pieces:
        unit, shape = now.grids.get(piece.key, (None, None))
        found.grids.append(
            Told(
                piece=piece,
                buildings=stands[piece.key],
                rooms=rooms[piece.key],
                households=households[piece.key],
                arrived=arrived[piece.key],
                left=left[piece.key],
                redrawn=shape is not None and not same_ground(shape, piece.shape),
                before=unit.name if unit is not None else "",
            )
        )


def _where(division: Division, now: Standing) -> list[str | None]:
    """The key of each building's grid, "" for ground that belongs to none, None outside the community."""
    if not now.homes:
        return []
    lons, lats = [home.lon for home in now.homes], [home.lat for home in now.homes]
    pieces = [(_as_unit(-n, one, now), one.shape) for n, one in enumerate(division.pieces, start=1)]
    keys = {-n: one.key for n, one in enumerate(division.pieces, start=1)}
    if now.ground is not None:
        pieces.append((ref(now.community), now.ground))
        keys[now.community.pk] = ""
    found = Layer(pieces).each(lons, lats).tolist() if pieces else [NOWHERE] * len(lons)
    return [keys.get(key) for key in found]


def _as_unit(number: int, one: Piece, now: Standing) -> UnitRef:
    """The unit that a piece would be: who wins a point on a border is decided by its code."""
    home = now.community
    return UnitRef(
        *(number, Unit.Kind.GRID.value, one.code, one.name, "", "", f"{home.path}{one.code}/", home.pk),
        *(home.subdistrict_id, None, False),
    )


def _faults(found: Judged, division: Division, now: Standing) -> list[str]:
    faults = []
    if division.base != now.base:
        faults.append(
            _("The grids have changed since this drawing was begun. Please begin again from the grids as they are now.")
        )
    names, codes = Counter(one.name for one in division.pieces), Counter(one.code for one in division.pieces)
    for one in division.pieces:
        if not one.name:
            faults.append(_("The grid with the code %(code)s has no name.") % {"code": one.code or "—"})
        if not one.is_new:
            continue
        if not CODE.fullmatch(one.code):
            faults.append(_("%(grid)s needs a code of letters, digits and hyphens.") % {"grid": one.name})
        elif codes[one.code] > 1 or units.with_code(one.code) is not None:
            faults.append(_("The code %(code)s is taken; codes are never used again.") % {"code": one.code})
    faults += [_("Two grids are called %(name)s.") % {"name": name} for name, n in names.items() if name and n > 1]
    faults += _still_held(found, now)
    return faults


def _still_held(found: Judged, now: Standing) -> list[str]:
    """Grids that cannot end: something below them, or a building that lies in no grid of the division."""
    ended = {unit.id: unit.name for unit in found.ended}
    moving: Mapping[int, str] = {move.home.id: move.to for move in found.moves}
    words = []
    for name in sorted({ended[unit.parent_id] for unit, _shape in now.below if unit.parent_id in ended}):
        words.append(_("%(unit)s still has units below it.") % {"unit": name})
    staying = Counter(home.grid_id for home in now.homes if home.grid_id in ended and home.id not in moving)
    for key, n in staying.items():
        words.append(
            _("%(unit)s cannot end: %(n)s of its buildings lie outside the community on the map.") % {"unit": ended[key], "n": n}
        )
    return words
