"""How the city lies (城市布局): squares of three kilometres side by side, cut into communities and grids. Names and lines are made up.

In metres east and north of the demo's point (`demo.layout`); no real boundary is meant.
"""

from typing import Any, NamedTuple

from shequtong.pages.city.sizes import Size
from shequtong.pages.demo.layout import Corner, inside, polygon

SIDE = 3_000  # metres of a subdistrict
_FIRST = tuple(
    zip("金银玉石龙凤云水松竹", ("Jin", "Yin", "Yu", "Shi", "Long", "Feng", "Yun", "Shui", "Song", "Zhu"), strict=True)
)
_SECOND = tuple(
    zip("山溪桥塘湖泉林湾坪港", ("shan", "xi", "qiao", "tang", "hu", "quan", "lin", "wan", "ping", "gang"), strict=True)
)
_COMMUNITIES = ("春晖", "和平", "新华", "光明", "友谊", "团结", "胜利", "幸福", "建设", "民主", "东风", "向阳", "文昌", "学府", "滨河", "康乐")  # fmt: skip
_ROADS = ("人民路", "解放路", "中山路", "建设路", "文化路", "朝阳路", "新华路", "学院路", "迎宾路", "环城路", "花园路", "长安路")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class Named(NamedTuple):
    """A name in both languages."""

    name: str
    name_en: str


def street_name(number: int) -> Named:
    """金山街道 to 竹港街道; after a hundred, with a number."""
    (first, one), (second, two) = _FIRST[number // 10 % 10], _SECOND[number % 10]
    more = f"{number // 100 + 1}" if number >= 100 else ""
    return Named(f"{first}{second}{more}街道", f"{one}{two}{more} Subdistrict")


def letters(number: int) -> str:
    """The two letters of a subdistrict's case numbers, or three."""
    high, low = divmod(number, len(_LETTERS))
    return f"{_LETTERS[high % len(_LETTERS)]}{_LETTERS[low]}" + ("X" * (high // len(_LETTERS)))


def community_name(number: int) -> str:
    """One of sixteen."""
    return f"{_COMMUNITIES[number]}社区"


def road(number: int) -> str:
    """One of twelve."""
    return _ROADS[number % len(_ROADS)]


def _columns(many: int) -> int:
    return max(n for n in range(1, int(many**0.5) + 1) if many % n == 0)


def _corners(west: float, south: float, east: float, north: float) -> list[Corner]:
    return [(west, south), (east, south), (east, north), (west, north)]


class Square:
    """The ground of a subdistrict: lines are the same numbers wherever two pieces meet, so nothing overlaps."""

    def __init__(self, number: int, subdistricts: int, size: Size) -> None:
        across = -(-int(subdistricts**0.5 * 1000) // 1000) or 1
        self.west, self.south = (number % across) * SIDE - 15_000, (number // across) * SIDE - 15_000
        self._size = size
        self._grid_columns = _columns(size.grids)
        self._columns = _columns(size.communities)
        self._wide = self._columns * self._grid_columns
        self._high = size.communities // self._columns * (size.grids // self._grid_columns)

    def outline(self) -> dict[str, Any]:
        """Of the whole."""
        return polygon(_corners(self.west, self.south, self.west + SIDE, self.south + SIDE))

    def community(self, number: int) -> dict[str, Any]:
        """Of a community."""
        column, row = number % self._columns, number // self._columns
        high = self._size.grids // self._grid_columns
        return polygon(self._cells(column * self._grid_columns, row * high, self._grid_columns, high))

    def grid(self, community: int, number: int) -> dict[str, Any]:
        """Of one of its grids."""
        return polygon(self._cell(community, number))

    def spot(self, community: int, number: int, across: float, up: float) -> Corner:
        """A point of a grid, at shares of its width and height."""
        return inside(self._cell(community, number), across, up)

    def _cell(self, community: int, number: int) -> list[Corner]:
        high = self._size.grids // self._grid_columns
        column = community % self._columns * self._grid_columns + number % self._grid_columns
        row = community // self._columns * high + number // self._grid_columns
        return self._cells(column, row, 1, 1)

    def _cells(self, column: int, row: int, wide: int, high: int) -> list[Corner]:
        def line(start: float, n: int, of: int) -> float:
            return round(start + SIDE * n / of)

        return _corners(
            line(self.west, column, self._wide),
            line(self.south, row, self._high),
            line(self.west, column + wide, self._wide),
            line(self.south, row + high, self._high),
        )


def district_outline(subdistricts: int) -> dict[str, Any]:
    """A square around all."""
    across = -(-int(subdistricts**0.5 * 1000) // 1000) or 1
    end = across * SIDE - 15_000
    return polygon(_corners(-15_000, -15_000, end, end))
