"""What a roster leaves open: the daytime of a Sunday between two nights, nothing on a working day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shequtong.core.clock import Calendar
from shequtong.pages.duty_gaps import gaps

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar.of()


def night(day: datetime) -> tuple[datetime, datetime]:
    return day + timedelta(hours=18), day + timedelta(hours=32)


def test_nights_alone_leave_the_daytime_of_a_rest_day() -> None:
    sunday, monday = datetime(2026, 4, 12, tzinfo=ZONE), datetime(2026, 4, 13, tzinfo=ZONE)
    nights = [night(sunday - timedelta(days=1)), night(sunday), night(monday)]
    (gap,) = gaps(sunday, CALENDAR, nights)
    assert [one.astimezone(ZONE).hour for one in gap] == [8, 18]
    assert gaps(monday, CALENDAR, [(one.astimezone(UTC), other.astimezone(UTC)) for one, other in nights]) == []


def test_a_whole_day_is_open_where_nobody_is() -> None:
    sunday = datetime(2026, 4, 12, tzinfo=ZONE)
    assert gaps(sunday, CALENDAR, []) == [(sunday, sunday + timedelta(days=1))]
