"""Facts about the territory that others may react to (事件)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CalendarChanged:
    """What is counted by `calendar_id` (0: by none) in these places may be due at another time. `asked_by` is who changed it."""

    calendar_id: int
    subdistricts: tuple[int, ...]
    asked_by: str
    at: datetime


@dataclass(frozen=True)
class GridsRedrawn:
    """Borders are others from `day` on. `moved` are buildings with the path of the unit they were in and are in now, all in `subdistrict`.

    `community_id` is the unit that shares the ground out; `regridding_id` 0 where boundaries were imported or redrawn one by one.
    """

    subdistrict: int
    community_id: int
    moved: tuple[tuple[int, str, str], ...]
    ended: tuple[str, ...]  # paths of grids that are no more
    day: date
    at: datetime
    regridding_id: int = 0
