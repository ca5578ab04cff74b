"""The work calendar of 2026 (State Council notice; agrees with the package `holidays`), and moments by the wall clock of Suzhou."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shequtong.core.clock import Calendar, Season, workweek

SUZHOU = ZoneInfo("Asia/Shanghai")
_BREAKS = [  # first and last day off; weekends inside them included
    (date(2026, 1, 1), date(2026, 1, 3)),  # 元旦
    (date(2026, 2, 15), date(2026, 2, 23)),  # 春节
    (date(2026, 4, 4), date(2026, 4, 6)),  # 清明节
    (date(2026, 5, 1), date(2026, 5, 5)),  # 劳动节
    (date(2026, 6, 19), date(2026, 6, 21)),  # 端午节
    (date(2026, 9, 25), date(2026, 9, 27)),  # 中秋节
    (date(2026, 10, 1), date(2026, 10, 7)),  # 国庆节
]
HOLIDAYS = [first + timedelta(days=n) for first, last in _BREAKS for n in range((last - first).days + 1)]
MAKEUP_DAYS = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]
CHINA = Calendar.of(holidays=HOLIDAYS, makeup_days=MAKEUP_DAYS, known_years=[2026])
SUMMER = Calendar.of(
    seasons=[
        Season(workweek("08:00-12:00", "14:30-18:30"), first=(5, 1), last=(9, 30)),
        Season(workweek("08:00-12:00", "14:00-18:00")),
    ],
    holidays=HOLIDAYS,
    makeup_days=MAKEUP_DAYS,
    known_years=[2026],
)


def at(text: str) -> datetime:
    """`"04-13 09:00"` of 2026, or a full ISO time, by the wall clock of Suzhou."""
    full = text if len(text) > 14 else f"2026-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=SUZHOU)
