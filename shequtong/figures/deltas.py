"""What a count is about, as plain values (计数口径): the shape that areas write, sources yield and totals are kept by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from shequtong.core.places import place


class Key(NamedTuple):
    """What is counted. The order is that of the unique key of `Total`."""

    subdistrict_id: int
    measure: str  # e.g. cases.open; named by the area that counts
    day: date
    unit_path: str
    station_id: int  # 0: none
    stage: str
    class_code: str


@dataclass(frozen=True)
class NewDelta:
    """`n` (signed) more of one thing on one day. `day` is a day of the subdistrict's zone: take it from `day_of`."""

    subdistrict_id: int
    measure: str
    day: date
    unit_path: str = ""
    station_id: int | None = None
    stage: str = ""
    class_code: str = ""
    n: int = 1

    @property
    def key(self) -> Key:
        """All but the number."""
        return Key(self.subdistrict_id, self.measure, self.day, self.unit_path, self.station_id or 0, self.stage, self.class_code)


def day_of(subdistrict_id: int, at: datetime) -> date:
    """The day `at` falls on where the subdistrict lies. No statement (places are held in memory)."""
    return at.astimezone(place(subdistrict_id).zone).date()


def merged(deltas: Iterable[NewDelta]) -> dict[Key, int]:
    """Sums by key, zeros dropped, in the order of the keys (all writers then meet the rows of `Total` in the same order)."""
    sums: dict[Key, int] = defaultdict(int)
    for delta in deltas:
        sums[delta.key] += delta.n
    return {key: sums[key] for key in sorted(sums) if sums[key]}
