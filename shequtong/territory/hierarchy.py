"""Which unit may hang where (层级规则). DB6101/T 3185-2024 §5.2 b: a grid belongs to a community, never to a street or district."""

from shequtong.territory.models.unit import Unit

Kind = Unit.Kind

PARENTS: dict[str, tuple[str, ...]] = {
    Kind.DISTRICT: (),
    Kind.SUBDISTRICT: (Kind.DISTRICT,),
    Kind.PRECINCT: (Kind.SUBDISTRICT,),
    Kind.COMMUNITY: (Kind.PRECINCT, Kind.SUBDISTRICT),
    Kind.GRID: (Kind.COMMUNITY,),
    Kind.MICRO_GRID: (Kind.GRID,),
}
FINE = frozenset({Kind.GRID, Kind.MICRO_GRID})  # what a point is looked for in first
HOLDS_BUILDINGS = frozenset({Kind.COMMUNITY, Kind.GRID, Kind.MICRO_GRID})  # a community only until its grids are drawn
_DEPTH = {kind: depth for depth, kind in enumerate(PARENTS, start=1)}


def depth_of(kind: str) -> int:
    """1 for a district, 6 for a micro-grid, whether or not a precinct stands between."""
    return _DEPTH[Kind(kind)]


def may_hang(kind: str, parent_kind: str | None) -> bool:
    """Whether a unit of `kind` may stand right below one of `parent_kind` (None: at the top)."""
    allowed = PARENTS[Kind(kind)]
    return parent_kind in allowed if allowed else parent_kind is None
