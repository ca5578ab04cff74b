"""The explanation names every span of the real calendar, and warns where the calendar is not known."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from shequtong.core.clock import Calendar, ClockKind, Limit, Pause, PauseReason, Season, SpanKind, elapsed, explain, workweek
from shequtong.core.tests.clock.china import CHINA, at

FOUR_HOURS = Limit(4, ClockKind.WORK_HOURS)


def test_names_every_span_over_national_day() -> None:
    asked = [Pause(at("10-09 09:00"), at("10-09 11:00"), PauseReason.REPORTER_ASKED)]
    told = explain(Limit(5, ClockKind.WORK_DAYS), CHINA, at("09-30 17:00"), at("10-12 09:00"), asked)

    assert [(span.starts, span.kind, span.minutes) for span in told.spans] == [
        (at("09-30 17:00"), SpanKind.COUNTED, 60),
        (at("09-30 18:00"), SpanKind.OFF_HOURS, 0),
        (at("10-01 00:00"), SpanKind.HOLIDAY, 0),
        (at("10-08 00:00"), SpanKind.OFF_HOURS, 0),
        (at("10-08 08:00"), SpanKind.COUNTED, 240),
        (at("10-08 12:00"), SpanKind.BREAK, 0),
        (at("10-08 14:00"), SpanKind.COUNTED, 240),
        (at("10-08 18:00"), SpanKind.OFF_HOURS, 0),
        (at("10-09 08:00"), SpanKind.COUNTED, 60),
        (at("10-09 09:00"), SpanKind.PAUSED, 0),
        (at("10-09 11:00"), SpanKind.COUNTED, 60),
        (at("10-09 12:00"), SpanKind.BREAK, 0),
        (at("10-09 14:00"), SpanKind.COUNTED, 240),
        (at("10-09 18:00"), SpanKind.OFF_HOURS, 0),
        (at("10-10 08:00"), SpanKind.MAKEUP, 240),
        (at("10-10 12:00"), SpanKind.BREAK, 0),
        (at("10-10 14:00"), SpanKind.MAKEUP, 240),
        (at("10-10 18:00"), SpanKind.OFF_HOURS, 0),
        (at("10-11 00:00"), SpanKind.REST_DAY, 0),
        (at("10-12 00:00"), SpanKind.OFF_HOURS, 0),
        (at("10-12 08:00"), SpanKind.COUNTED, 60),
    ]
    assert told.used_minutes == 60 + 480 + 120 + 240 + 480 + 60
    assert told.spans[9].reason == PauseReason.REPORTER_ASKED


def test_a_clock_that_never_stops_has_one_span() -> None:
    (span,) = explain(Limit(3, ClockKind.CALENDAR_DAYS), CHINA, at("10-01 09:00"), at("10-03 09:00")).spans
    assert (span.kind, span.minutes) == (SpanKind.COUNTED, 2 * 24 * 60)


def test_of_no_length_or_read_before_the_start_has_no_spans() -> None:
    for end in ("04-13 09:00", "04-13 08:00"):
        told = explain(FOUR_HOURS, CHINA, at("04-13 09:00"), at(end))
        assert (told.spans, told.used, told.overdue, told.left_minutes) == ((), timedelta(), False, 240)
        assert elapsed(FOUR_HOURS.kind, CHINA, at("04-13 09:00"), at(end)) == timedelta()


def test_half_minutes_on_both_sides_of_lunch_make_one_minute() -> None:
    told = explain(FOUR_HOURS, CHINA, at("2026-04-13T11:59:30"), at("2026-04-13T14:00:30"))
    assert [span.minutes for span in told.spans] == [0, 0, 1]
    assert told.used == timedelta(minutes=1)


def test_tells_whether_the_clock_stands_still_and_why() -> None:
    begins, ends = at("04-13 10:00"), at("04-13 11:00")

    def standing(pause: Pause, now: str) -> PauseReason | None:
        return explain(FOUR_HOURS, CHINA, at("04-13 09:00"), at(now), [pause]).paused

    assert standing(Pause(begins, None, PauseReason.SUSPENDED), "04-13 17:00") == PauseReason.SUSPENDED
    assert standing(Pause(begins, ends, PauseReason.SUSPENDED), "04-13 10:59") == PauseReason.SUSPENDED
    assert standing(Pause(begins, ends, PauseReason.SUSPENDED), "04-13 11:00") is None
    assert standing(Pause(begins, ends, PauseReason.SUSPENDED), "04-13 09:59") is None


def test_warns_of_years_whose_holidays_are_not_loaded() -> None:
    late = at("12-31 17:00")
    assert not CHINA.is_known(2027)
    assert explain(FOUR_HOURS, CHINA, late, late).unknown_years == (2027,)  # due on 1 January as far as is known
    assert explain(FOUR_HOURS, CHINA, at("04-13 09:00"), at("04-13 10:00")).unknown_years == ()
    assert explain(Limit(3, ClockKind.CALENDAR_DAYS), CHINA, late, late).unknown_years == ()


def test_summer_time_lengthens_and_shortens_an_office_night() -> None:
    night = Calendar.of(zone="America/New_York", seasons=[Season(workweek("00:00-05:00", weekdays=range(7)))])
    zone = ZoneInfo("America/New_York")
    for day, expected in (("03-08", 4), ("07-01", 5), ("11-01", 6)):
        start = at(f"{day} 00:00").replace(tzinfo=zone)
        end = at(f"{day} 23:00").replace(tzinfo=zone)
        assert elapsed(ClockKind.WORK_HOURS, night, start, end) == timedelta(hours=expected)


def test_hours_inside_the_skipped_hour_never_overlap() -> None:
    odd = Calendar.of(zone="America/New_York", seasons=[Season(workweek("02:15-02:45", "03:00-04:00", weekdays=range(7)))])
    zone = ZoneInfo("America/New_York")
    start, end = (at(f"03-{day} 00:00").replace(tzinfo=zone) for day in ("08", "09"))
    told = explain(FOUR_HOURS, odd, start, end)
    assert told.used == elapsed(ClockKind.WORK_HOURS, odd, start, end) <= timedelta(hours=1)
    assert all(earlier.ends == later.starts for earlier, later in zip(told.spans, told.spans[1:], strict=False))


def test_a_pause_may_cross_the_hour_that_comes_twice() -> None:
    zone = ZoneInfo("America/New_York")
    first, second = (at("11-01 01:30").replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    around = at("11-01 00:00").replace(tzinfo=zone), at("11-01 12:00").replace(tzinfo=zone)
    assert elapsed(ClockKind.URGENT_HOURS, CHINA, *around, [Pause(first, second)]) == timedelta(hours=12)
    assert Pause(second, at("11-01 01:45").replace(tzinfo=zone, fold=1))
