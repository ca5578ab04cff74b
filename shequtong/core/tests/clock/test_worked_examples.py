"""Limits worked out by hand on the real calendar of 2026: what an official with a pencil would get."""

from datetime import timedelta

import pytest

from shequtong.core.clock import Calendar, ClockKind, Due, Light, Limit, Pause, Season, elapsed, light, limits, workweek
from shequtong.core.tests.clock.china import CHINA, SUMMER, at

URGENT, HOURS, DAYS, NATURAL = ClockKind.URGENT_HOURS, ClockKind.WORK_HOURS, ClockKind.WORK_DAYS, ClockKind.CALENDAR_DAYS


def H(amount: int) -> Limit:  # noqa: N802 - reads as "4 H" in the table below
    return Limit(amount, HOURS)


def D(amount: int) -> Limit:  # noqa: N802
    return Limit(amount, DAYS)


EXAMPLES = [
    # Monday 13 April: 3 h before lunch, the fourth after it
    ("over lunch", H(4), "04-13 09:00", "04-13 14:12", "04-13 15:00"),
    ("starts at lunch", H(2), "04-13 12:30", "04-13 15:36", "04-13 16:00"),
    ("ends at closing, not next morning", H(4), "04-13 14:00", "04-13 17:12", "04-13 18:00"),
    ("before opening", H(1), "04-13 03:00", "04-13 08:48", "04-13 09:00"),
    # 5 min on Friday, 235 on Monday
    ("Friday 17:55", H(4), "04-17 17:55", "04-20 11:07", "04-20 11:55"),
    ("at closing on Friday", H(2), "04-17 18:00", "04-20 09:36", "04-20 10:00"),
    ("half a minute before closing", H(1), "2026-04-13T17:59:30", "2026-04-14T08:47:30", "2026-04-14T08:59:30"),
    ("a stage clock over lunch", Limit.of_minutes(15, HOURS), "04-13 11:50", "04-13 14:02", "04-13 14:05"),
    ("starts in National Day week", D(1), "10-03 10:00", "10-08 16:24", "10-08 18:00"),
    # 2 h on 30 September, 6 h on 8 October
    ("over National Day week", D(1), "09-30 16:00", "10-08 14:24", "10-08 16:00"),
    # Saturday 10 October is worked for Wednesday the 7th: 4 h + 8 h + 4 h
    ("make-up Saturday in October", D(2), "10-09 14:00", "10-12 08:48", "10-12 12:00"),
    # Sunday 20 September is worked
    ("make-up Sunday from a Saturday", D(1), "09-19 09:00", "09-20 16:24", "09-20 18:00"),
    # Saturday 14 February is worked: 1 h on Friday, 7 h on Saturday
    ("make-up Saturday before Spring Festival", D(1), "02-13 17:00", "02-14 15:24", "02-14 17:00"),
    # 2 h on the 14th, then nine days off
    ("over Spring Festival", H(4), "02-14 16:00", "02-24 09:12", "02-24 10:00"),
    # 2 h on Friday, 8 h on Saturday the 28th, 6 h on Monday
    ("make-up Saturday after Spring Festival", D(2), "02-27 16:00", "03-02 10:48", "03-02 16:00"),
    ("over New Year to a worked Sunday", H(4), "2025-12-31T17:00", "2026-01-04T10:12", "2026-01-04T11:00"),
    ("urgent in the holiday night", Limit(2, URGENT), "10-01 23:30", "10-02 01:06", "10-02 01:30"),
    ("calendar days over a weekend", Limit(3, NATURAL), "04-17 17:55", "04-20 03:31", "04-20 17:55"),
]


@pytest.mark.parametrize(("limit", "start", "amber", "due"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES])
def test_without_pause(limit: Limit, start: str, amber: str, due: str) -> None:
    assert limits(limit, CHINA, at(start)) == Due(at(amber), at(due))
    assert elapsed(limit.kind, CHINA, at(start), at(due)) == timedelta(minutes=limit.minutes)


PAUSED = [
    # 1 h on Friday, 3 h on Monday from 9:00
    ("over a weekend", "04-17 15:00", [("04-17 16:00", "04-20 09:00")], "04-20 11:12", "04-20 12:00"),
    ("over before the start", "04-13 09:00", [("04-12 08:00", "04-13 08:30")], "04-13 14:12", "04-13 15:00"),
    ("from before the start", "04-13 09:00", [("04-12 08:00", "04-13 10:00")], "04-13 15:12", "04-13 16:00"),
    ("of no length", "04-13 09:00", [("04-13 10:00", "04-13 10:00")], "04-13 14:12", "04-13 15:00"),
    ("in the night only", "04-13 16:00", [("04-13 18:00", "04-14 08:00")], "04-14 09:12", "04-14 10:00"),
    ("after the due time", "04-13 09:00", [("04-13 15:00", "04-14 09:00")], "04-13 14:12", "04-13 15:00"),
    ("between amber and due", "04-13 09:00", [("04-13 14:30", "04-13 16:00")], "04-13 14:12", "04-13 16:30"),
    # together 10:00 to 15:30: 1 h before, 2 h 30 after, 30 min on Tuesday
    (
        "overlapping and unsorted",
        "04-13 09:00",
        [("04-13 14:00", "04-13 15:30"), ("04-13 10:00", "04-13 11:00"), ("04-13 10:30", "04-13 14:30")],
        "04-13 17:42",
        "04-14 08:30",
    ),
]


@pytest.mark.parametrize(("start", "pauses", "amber", "due"), [row[1:] for row in PAUSED], ids=[row[0] for row in PAUSED])
def test_four_office_hours_with_pauses(start: str, pauses: list[tuple[str, str]], amber: str, due: str) -> None:
    stops = [Pause(at(begins), at(ends)) for begins, ends in pauses]
    assert limits(H(4), CHINA, at(start), stops) == Due(at(amber), at(due))
    assert elapsed(HOURS, CHINA, at(start), at(due), stops) == timedelta(hours=4)


def test_a_pause_that_lasts_is_reckoned_as_ending_now() -> None:
    asked = [Pause(at("04-13 11:00"))]
    assert limits(H(4), CHINA, at("04-13 09:00"), asked, now=at("04-13 15:00")) == Due(at("04-13 16:12"), at("04-13 17:00"))
    assert elapsed(HOURS, CHINA, at("04-13 09:00"), at("04-13 15:00"), asked) == timedelta(hours=2)


def test_summer_hours_hold_in_their_season_only() -> None:
    # 1 h on 30 April, 8 h on 6 May (14:30-18:30), 7 h on 7 May
    assert limits(D(2), SUMMER, at("04-30 17:00")) == Due(at("05-07 11:48"), at("05-07 17:30"))


def test_a_working_day_is_eight_hours_even_where_the_office_day_is_shorter() -> None:
    short = Calendar.of(seasons=[Season(workweek("09:00-12:00", "13:30-17:00"))])  # 6 h 30
    assert limits(D(1), short, at("04-13 09:00")).due_at == at("04-14 10:30")


def test_an_extension_adds_one_original_limit() -> None:
    assert H(4).extended() == H(8) == H(4) * 2
    assert Limit.of_minutes(90, HOURS) == Limit(1, HOURS, 30)
    assert limits(H(4).extended(), CHINA, at("04-13 09:00")).due_at == at("04-14 09:00")


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-04-13T09:00:00", Light.GREEN),
        ("2026-04-13T14:12:00", Light.GREEN),
        ("2026-04-13T14:12:01", Light.AMBER),
        ("2026-04-13T15:00:00", Light.AMBER),
        ("2026-04-13T15:00:01", Light.RED),
    ],
)
def test_light_changes_just_after_80_and_100_percent(now: str, shown: Light) -> None:
    assert light(limits(H(4), CHINA, at("04-13 09:00")), at(now)) == shown
