"""How large each subdistrict is (规模): by Zipf, the largest of a hundred with a fifth of all cases. Pure."""

from dataclasses import dataclass

_BEND = 1.017  # of 100 subdistricts the first then has 20 % of all
SPREAD = (50, 2_000, 20_000)  # cases of a subdistrict from which its communities have more grids


@dataclass(frozen=True)
class Size:
    """One subdistrict: its cases, precincts, communities, and grids a community."""

    cases: int
    precincts: int
    communities: int
    grids: int


def sizes(cases: int, subdistricts: int) -> list[Size]:
    """The largest first; their cases are exactly `cases`."""
    weights = [1 / (rank**_BEND) for rank in range(1, subdistricts + 1)]
    whole = sum(weights)
    counts = [int(cases * weight / whole) for weight in weights]
    counts[0] += cases - sum(counts)
    return [_size(count) for count in counts]


def _size(cases: int) -> Size:
    communities = min(16, 2 + round(cases**0.5 / 28))
    grids = 2 + 2 * (cases >= SPREAD[1]) + 2 * (cases >= SPREAD[2])
    return Size(cases, max(1, communities // 4), communities, grids)
