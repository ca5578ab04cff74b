"""Facts about the territory that others may react to (事件)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CalendarChanged:
    """What is counted by `calendar_id` (0: by none) in these places may be due at another time. `asked_by` is who changed it."""

    calendar_id: int
    subdistricts: tuple[int, ...]
    asked_by: str
    at: datetime
